import type { stsRules } from "../../../../provider/dist/simulator/alibaba/sts/stsRules.js";
import { defaultWorld } from "../../../../provider/dist/simulator/worlds/world.js";
import { SignedClient } from "../signedClient.ts";
import { golden, partner, type Simulated } from "../simulated.ts";
import type { RowsOf } from "./row.ts";

const assume = ({ simulator }: Simulated, changes: Record<string, string | number>) =>
    new SignedClient(simulator.url, golden, "sts").call("AssumeRole", {
        RoleArn: `acs:ram::${golden.account}:role/image-maker`,
        RoleSessionName: "nightly",
        ...changes,
    });

/** Only the partner can assume the partner's role. */
const accounts = defaultWorld.alibaba.accounts.map((account) =>
    account.id === partner.account ? { ...account, roles: [{ name: "private" }] } : account,
);

export const stsRows: RowsOf<typeof stsRules> = {
    roleArn: {
        says: "400 InvalidParameter.RoleArn The parameter RoleArn is wrongly formed.",
        by: (cloud) => assume(cloud, { RoleArn: "image-maker" }),
    },
    sessionName: {
        says: "400 InvalidParameter.RoleSessionName The parameter RoleSessionName is wrongly formed.",
        by: (cloud) => assume(cloud, { RoleSessionName: "a b" }),
    },
    duration: {
        says: "400 InvalidParameter.DurationSeconds The Min/Max value of DurationSeconds is 15min/1hr.",
        by: (cloud) => assume(cloud, { DurationSeconds: 899 }),
    },
    unknownRole: {
        says: "404 EntityNotExist.Role The specified Role not exists.",
        by: (cloud) => assume(cloud, { RoleArn: `acs:ram::${golden.account}:role/none` }),
    },
    roleTrust: {
        says: "403 NoPermission You are not authorized to do this action.",
        options: { world: { ...defaultWorld, alibaba: { accounts } } },
        by: (cloud) => assume(cloud, { RoleArn: `acs:ram::${partner.account}:role/private` }),
    },
};
