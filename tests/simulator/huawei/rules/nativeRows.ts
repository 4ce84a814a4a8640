import type { nativeRules } from "../../../../provider/dist/simulator/huawei/openstack/nativeRules.js";
import type { RowsOf } from "./row.ts";
import { aSystemImage } from "./scene.ts";

export const nativeRows: RowsOf<typeof nativeRules> = {
    administratorsOnly: {
        says: "403 403 Policy does not allow this operation to be performed.",
        by: ({ golden: client }) => client.get("/v2.1/{pid}/os-availability-zone/detail"),
    },
    flavorMissing: {
        says: "404 404 The flavor could not be found.",
        by: ({ golden: client }) => client.get("/v2.1/{pid}/flavors/none"),
    },
    attributeReadOnly: {
        says: "403 403 Forbidden The attribute is read-only.",
        by: ({ golden: client }) => client.post("/v2/images", { name: "image", __image_size: "1" }),
    },
    imageNotQueued: {
        says: "409 409 Conflict The image already has data, or is being given some.",
        by: async (bench) => bench.golden.put(`/v2/images/${await aSystemImage(bench)}/file`, "data"),
    },
};
