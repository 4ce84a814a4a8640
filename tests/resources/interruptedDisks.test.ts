import assert from "node:assert/strict";
import { inClouds } from "../guarantees/clouds.ts";
import { output, type Program } from "../guarantees/program.ts";
import { ProgramStack } from "../guarantees/programStack.ts";
import type { Simulated } from "./simulated.ts";

const alibaba = { type: "alibaba", region: "cn-hangzhou" };
const huawei = { type: "huawei", region: "eu-de", profile: "csbs" };
const erp = { server: "94eba8b2-acc9-4d82-badc-127144cc5526" };

const pause: Program = [{ name: "pause", type: "RolloutPause", inputs: { after: {}, pause: "1s" } }];
const replaced = (cloud: object, server: unknown): Program => [
    {
        name: "disk",
        type: "SystemDiskReplacement",
        inputs: { cloud, server, image: output("golden"), confirmWipe: true },
    },
];

/** Power states and tags of all servers. */
const servers = ({ simulator }: Simulated) =>
    simulator.sim.registry
        .objects()
        .filter(({ kind }) => /\.(server|ecsInstance)$/.test(kind))
        .map(({ id, value }) => [id, Object(value).status, Object(value).tags]);

const cases: Record<string, { base: Program; disk: Program }> = {
    "an ECS instance": {
        base: [
            {
                name: "golden",
                type: "CustomImage",
                inputs: { cloud: alibaba, source: { server: "ace0706b2ac4454d984295a942130001" } },
            },
            { name: "share", type: "ImageShare", inputs: { cloud: alibaba, image: output("golden"), with: "ecs" } },
            {
                name: "web",
                type: "EcsInstance",
                inputs: {
                    cloud: alibaba,
                    image: "ubuntu_22_04_x64_20G_alibase_20260101.vhd",
                    instanceType: "ecs.g7.large",
                    securityGroup: "sg-1",
                    vSwitch: "vsw-1",
                },
            },
        ],
        disk: replaced(alibaba, output("web")),
    },
    "a Huawei server": {
        base: [
            {
                name: "golden",
                type: "FullEcsImage",
                inputs: { cloud: huawei, source: erp, guest: { volumesAcrossDisks: false } },
            },
        ],
        disk: replaced(huawei, erp.server),
    },
};

for (const [name, { base, disk }] of Object.entries(cases)) {
    for (const kill of [1, 2]) {
        const interrupted = async (clouds: Simulated) => {
            const stack = new ProgramStack(clouds);
            await stack.up([...base, ...pause]);
            const before = servers(clouds);
            assert.ok(await clouds.killedAfter(kill, () => stack.up([...base, ...pause, ...disk])));
            clouds.simulator.sim.advance(3_600_000);
            assert.notDeepEqual(servers(clouds), before);
            return { stack, before };
        };

        describe(`the disk of ${name}, whose replacement was killed after change ${kill} and is not declared any more`, () => {
            it("restores the server's power state when another resource is deleted", () =>
                inClouds({ profile: "csbs" }, async (clouds) => {
                    const { stack, before } = await interrupted(clouds);
                    await stack.up(base);
                    assert.deepEqual(servers(clouds), before);
                }));

            it("leaves the server to another replacement that declares it", () =>
                inClouds({ profile: "csbs" }, async (clouds) => {
                    const { stack } = await interrupted(clouds);
                    const wanted = disk.map((one) => ({ ...one, name: "renamed" }));
                    await stack.up([...base, ...wanted]);
                    assert.equal((await stack.up([...base, ...wanted])).renamed, "same");
                    assert.equal(
                        clouds.changes().filter((one) => /ReplaceSystemDisk|ChangeServerOs/.test(one)).length,
                        1,
                    );
                }));

            it("names the server in an up that only creates", () =>
                inClouds({ profile: "csbs" }, async (clouds) => {
                    const { stack } = await interrupted(clouds);
                    await stack.up([...base, ...pause, ...pause.map((one) => ({ ...one, name: "another" }))]);
                    assert.match(
                        clouds.warnings.join("\n"),
                        /may have been stopped by an interrupted create of "disk"/,
                    );
                }));
        });
    }
}
