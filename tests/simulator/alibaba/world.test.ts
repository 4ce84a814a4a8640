import assert from "node:assert/strict";
import { alibabaWorld } from "../../../provider/dist/simulator/alibaba/index.js";
import { closeAll, simulate, stopped, volumeGroup, web, windows } from "./simulated.ts";

describe("the Alibaba part of a world", () => {
    afterEach(closeAll);

    it("is two accounts with their keys and regions by default", async () => {
        const { simulator } = await simulate();
        assert.deepEqual(
            simulator.accounts.filter(({ cloud }) => cloud === "alibaba"),
            [
                {
                    cloud: "alibaba",
                    id: "1000000000000001",
                    name: "golden",
                    regions: ["cn-hangzhou", "cn-shanghai", "cn-beijing", "cn-shenzhen"],
                    keys: [{ accessKeyId: "SIMULATEDALIBABAKEY1", accessKeySecret: "simulated-alibaba-secret-1" }],
                    temporaryKeys: [
                        {
                            accessKeyId: "STS.SIMULATEDALIBABAKEY1",
                            accessKeySecret: "simulated-alibaba-sts-secret-1",
                            securityToken: "simulated-alibaba-sts-token-1",
                        },
                    ],
                    roles: ["acs:ram::1000000000000001:role/image-maker"],
                },
                {
                    cloud: "alibaba",
                    id: "1000000000000002",
                    name: "partner",
                    regions: ["cn-hangzhou", "cn-shanghai"],
                    keys: [{ accessKeyId: "SIMULATEDALIBABAKEY2", accessKeySecret: "simulated-alibaba-secret-2" }],
                    temporaryKeys: [],
                    roles: [],
                },
            ],
        );
    });

    it("has the same servers and disks with every seed", async () => {
        const disks = async (seed: number) => {
            const cloud = await simulate({ seed });
            const { Disks } = await cloud.swas.ok("ListDisks");
            return Disks.map((disk: Record<string, unknown>) => [disk.DiskId, disk.InstanceId, disk.DiskType]);
        };
        const first = await disks(1);
        assert.deepEqual(await disks(2), first);
        assert.deepEqual(
            first.map(([, ...rest]: string[]) => rest),
            [
                [web, "system"],
                [web, "data"],
                [windows, "system"],
                [volumeGroup, "system"],
                [volumeGroup, "data"],
                [stopped, "system"],
            ],
        );
    });

    const server = { name: "web", os: "Linux", status: "Running", systemDiskGiB: 40 };
    const account = {
        id: "1000000000000001",
        name: "golden",
        accessKeys: [{ id: "a", secret: "s" }],
        regions: { "cn-hangzhou": { servers: [server] } },
    };
    const wrong: Record<string, [unknown, RegExp]> = {
        "an account id of the wrong length": [{ accounts: [{ ...account, id: "1" }] }, /16 digits/],
        "an account twice": [{ accounts: [account, account] }, /account 1000000000000001 is declared more than once/],
        "a key twice": [
            { accounts: [account, { ...account, id: "1000000000000002" }] },
            /access key a is declared more than once/,
        ],
        "an unknown region": [{ accounts: [{ ...account, regions: { mars: { servers: [] } } }] }, /mars/],
        "a server name twice": [
            { accounts: [{ ...account, regions: { "cn-hangzhou": { servers: [server, server] } } }] },
            /server name .*web is declared more than once/,
        ],
        "an unknown key": [{ accounts: [], zones: [] }, /zones/],
        "an unknown duration": [{ accounts: [], durations: { lunch: 1 } }, /lunch/],
    };
    for (const [name, [world, message]] of Object.entries(wrong)) {
        it(`is rejected with ${name}`, () => {
            const parsed = alibabaWorld.safeParse(world);
            assert.equal(parsed.success, false);
            assert.match(JSON.stringify(parsed.error?.issues), message);
        });
    }

    it("is accepted if it is valid", () => {
        assert.equal(alibabaWorld.safeParse({ accounts: [account] }).success, true);
    });
});
