import assert from "node:assert/strict";
import { readContracts } from "./contracts.ts";
import { editorService } from "./editorService.ts";

const start = `
import {
    alibaba, CustomImage, EcsImage, EcsInstance, FullEcsImage, HuaweiServer, huawei, ImageCopy, ImageShare, RolloutPause,
    SimpleServer, SystemDiskReplacement,
} from "pulumi-machine-images";
const hangzhou = alibaba({ region: "cn-hangzhou" });
const frankfurt = huawei({ region: "eu-de" });
const older = huawei({ region: "eu-de", profile: "csbs" });
`;

/** Every form of the arguments of each class. A cursor in an object lists all its keys. */
const forms: Record<string, readonly string[]> = {
    CustomImage: [
        "{ /*|*/ cloud: hangzhou, source: { /*|*/ server: 's' }, onDelete: { /*|*/ }, timeouts: { /*|*/ } }",
        "{ /*|*/ cloud: hangzhou, source: { /*|*/ snapshot: 's' } }",
        "{ /*|*/ cloud: frankfurt, source: { /*|*/ } }",
    ],
    ImageCopy: ["{ /*|*/ }"],
    FullEcsImage: [
        "{ /*|*/ cloud: frankfurt, source: { /*|*/ server: 's' }, guest: { /*|*/ } }",
        "{ /*|*/ cloud: older, source: { /*|*/ server: 's' } }",
        "{ /*|*/ cloud: frankfurt, source: { /*|*/ backup: 'b' } }",
    ],
    EcsImage: ["{ /*|*/ }"],
    ImageShare: [
        "{ /*|*/ cloud: hangzhou, image: 'm', with: { /*|*/ } }",
        "{ /*|*/ cloud: frankfurt, image: 'm', with: { /*|*/ }, accept: [{ /*|*/ }] }",
        "{ /*|*/ cloud: older, image: 'm', with: { /*|*/ } }",
    ],
    SimpleServer: ["{ /*|*/ onDelete: { /*|*/ } }"],
    EcsInstance: ["{ /*|*/ }"],
    HuaweiServer: ["{ /*|*/ systemDisk: { /*|*/ }, onDelete: { /*|*/ } }"],
    SystemDiskReplacement: ["{ /*|*/ cloud: hangzhou, server: 's' }", "{ /*|*/ cloud: frankfurt, server: 's' }"],
    RolloutPause: ["{ /*|*/ }"],
};

/** A mistake, and the compile error for it. */
const mistakes: readonly [program: string, message: RegExp][] = [
    [
        "new FullEcsImage('x', { cloud: frankfurt, source: { server: 's' } })",
        /\nProperty 'vault' is missing in type|\n +Property 'vault' is missing in type/,
    ],
    ["new FullEcsImage('x', { cloud: older, source: { server: 's' }, vault: 'v' })", /CSBS has no vaults/],
    ["new FullEcsImage('x', { cloud: frankfurt, source: { backup: 'b' }, vault: 'v' })", /already stored in a vault/],
    ["new FullEcsImage('x', { cloud: frankfurt, vault: 'v' })", /Property 'source' is missing/],
    ["new FullEcsImage('x', { cloud: frankfurt, source: { serve: 's' }, vault: 'v' })", /'serve' does not exist/],
    [
        "new FullEcsImage('x', { cloud: hangzhou, source: { server: 's' } })",
        /'AlibabaCloud' is not assignable to type 'HuaweiCloud/,
    ],
    [
        "new CustomImage('x', { cloud: frankfurt, source: { server: 's' }, copies: ['eu-nl'] })",
        /create the image in each region/,
    ],
    [
        "new CustomImage('x', { cloud: frankfurt, source: { snapshot: 's' } })",
        /creates system images from servers only/,
    ],
    ["new CustomImage('x', { cloud: hangzhou, source: { server: 's' }, minRamMiB: 1 })", /have no memory range/],
    ["new CustomImage('x', { cloud: hangzhou, source: { server: 's' }, maxRamMiB: 1 })", /have no memory range/],
    ["new CustomImage('x', { cloud: hangzhou })", /Property 'source' is missing/],
    ["new CustomImage('x', { cloud: hangzhou, source: { server: 's' }, copys: [] })", /'copys' does not exist/],
    [
        "new ImageShare('x', { cloud: hangzhou, image: 'm', with: { projects: ['p'] } })",
        /'projects' does not exist in type 'AccountRecipients'/,
    ],
    [
        "new ImageShare('x', { cloud: frankfurt, image: 'm', with: { accounts: ['a'] } })",
        /'accounts' does not exist in type 'ProjectRecipients'/,
    ],
    [
        "new ImageShare('x', { cloud: frankfurt, image: 'm', with: 'ecs' })",
        /'string' is not assignable to type 'ProjectRecipients'/,
    ],
    ["new ImageShare('x', { cloud: frankfurt, image: 'm' })", /Property 'with' is missing/],
    [
        "new SystemDiskReplacement('x', { cloud: hangzhou, server: 's', image: 'm' })",
        /Property 'confirmWipe' is missing/,
    ],
    [
        "new SystemDiskReplacement('x', { cloud: frankfurt, server: 's', image: 'm' })",
        /Property 'confirmWipe' is missing/,
    ],
    ["new HuaweiServer('x', { cloud: frankfurt, image: 'm', flavor: 'f', vpc: 'v' })", /Property 'subnet' is missing/],
    [
        "new SimpleServer('x', { cloud: frankfurt, image: 'm', plan: 'p' })",
        /'HuaweiCloud<"cbr">' is not assignable to type 'AlibabaCloud'/,
    ],
];

describe("an editor", function () {
    this.timeout(60_000);

    it("shows a text for every argument of every resource, at every depth", () => {
        const programs = Object.entries(forms).flatMap(([name, args]) =>
            args.map((form) => `new ${name}("x", ${form});`),
        );
        const places = ["alibaba({ /*|*/ });", "huawei({ /*|*/ });", ...programs];
        const offered = editorService(start + places.join("\n")).offered();
        const before = start.split("\n").length - 1;
        const undocumented = offered
            .filter(({ text }) => text === "")
            .map(({ name, line }) => `${places[line - before - 1]}: ${name}`);
        assert.deepEqual(undocumented, []);

        const contracts = readContracts();
        assert.deepEqual(contracts.map(({ name }) => name).sort(), Object.keys(forms).sort());
        for (const { name, inputs } of contracts) {
            const lines = places.flatMap((place, index) =>
                place.startsWith(`new ${name}(`) ? [index + before + 1] : [],
            );
            const shown = new Set(offered.filter(({ line }) => lines.includes(line)).map((one) => one.name));
            const written = forms[name]?.join() ?? "";
            assert.deepEqual(
                inputs
                    .map((input) => input.name)
                    .filter((input) => !shown.has(input) && !written.includes(`${input}:`)),
                [],
                name,
            );
        }
    });

    it("shows one compile error for each mistake, and none for a valid program", () => {
        const valid = "new CustomImage('x', { cloud: frankfurt, source: { server: 's' }, minRamMiB: 1 })";
        const programs = [valid, ...mistakes.map(([program]) => program)];
        const errors = editorService(start + programs.join(";\n")).errors();
        const before = start.split("\n").length;
        assert.deepEqual(
            errors.filter(({ line }) => line <= before),
            [],
        );
        for (const [index, [program, message]] of mistakes.entries()) {
            const texts = errors.filter(({ line }) => line === before + 1 + index).map(({ text }) => text);
            assert.equal(texts.length, 1, `${program}\n${texts.join("\n")}`);
            assert.match(texts[0] ?? "", message, program);
        }
    });
});
