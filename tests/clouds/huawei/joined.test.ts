import assert from "node:assert/strict";
import { imsClient } from "../../../provider/dist/clouds/huawei/ims.js";
import { serversClient } from "../../../provider/dist/clouds/huawei/servers.js";
import { openWire, type Wire } from "../wire.ts";
import { connectionTo, projectId } from "./account.ts";

const image = (id: string) => ({ id, status: "active", __whole_image: "true" });
const server = (id: string) => ({ id, status: "ACTIVE" });

describe("joined lookups of Huawei Cloud", () => {
    let wire: Wire;
    beforeEach(async () => {
        wire = await openWire();
    });
    afterEach(() => wire.close());

    const asked = () =>
        wire.requests.map(({ path, query }) => `${path.split("/").at(-1)} ${query.id ?? query.owner ?? ""}`);

    it("one image is requested by its id; several come from the list of own images, and shared ones by id", async () => {
        const { image: lookUp } = imsClient(connectionTo(wire).connection, "eu-de");
        wire.play(
            { body: { images: [image("a")] } },
            { body: { images: [image("a"), image("b")] } },
            { body: { images: [image("shared")] } },
        );
        assert.equal((await lookUp("a"))?.id, "a");
        const found = await Promise.all(["a", "b", "shared"].map((id) => lookUp(id)));
        assert.deepEqual(
            found.map((one) => one?.id),
            ["a", "b", "shared"],
        );
        assert.deepEqual(asked(), ["cloudimages a", `cloudimages ${projectId}`, "cloudimages shared"]);
    });

    it("several servers come from the list, and one that it does not show yet is requested by its id", async () => {
        const { server: lookUp } = serversClient(connectionTo(wire).connection, "eu-de");
        wire.play(
            { body: { servers: [server("a"), server("b")], count: 2 } },
            { status: 404, body: { error: { code: "Ecs.0114", message: "no such server" } } },
        );
        const found = await Promise.all(["a", "b", "c"].map((id) => lookUp(id)));
        assert.deepEqual(
            found.map((one) => one?.id),
            ["a", "b", undefined],
        );
        assert.deepEqual(asked(), ["detail ", "c "]);
    });

    it("an invalid id fails alone", async () => {
        const { server: lookUp } = serversClient(connectionTo(wire).connection, "eu-de");
        wire.play({ body: { server: server("a") } });
        const [good, bad] = await Promise.allSettled([lookUp("a"), lookUp("../b")]);
        assert.equal(good?.status, "fulfilled");
        assert.match(bad?.status === "rejected" ? String(bad.reason) : "", /is not a valid object id/);
    });
});
