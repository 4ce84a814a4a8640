import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import {
    CustomImage,
    EcsImage,
    EcsInstance,
    Environment,
    FullEcsImage,
    HuaweiServer,
    ImageCopy,
    ImageShare,
    RolloutPause,
    SimpleServer,
    SystemDiskReplacement,
} from "pulumi-machine-images";
import * as handlers from "../../provider/dist/handlers.js";

const classes = {
    CustomImage,
    ImageCopy,
    FullEcsImage,
    EcsImage,
    ImageShare,
    SimpleServer,
    EcsInstance,
    HuaweiServer,
    SystemDiskReplacement,
    RolloutPause,
    Environment,
};
type Kind = keyof typeof classes;

const cloud = { type: "alibaba", region: "cn-hangzhou" };
const huawei = { type: "huawei", region: "eu-de" };
const source = { server: "s-1" };
const plan = "swas.s2.c2m2s50b4t08";
const instance = { instanceType: "ecs.g7.large", securityGroup: "sg-1", vSwitch: "vsw-1" };
const server = { flavor: "s3.large.2", vpc: "v-1", subnet: "s-1" };
const noCloud = "cloud: must be alibaba({ … }) or huawei({ … })";
const noRecipients = 'with: must be "ecs", { accounts: ["<account id>"] } or { projects: ["<project id>"] }';

/** Arguments that the compiler has not checked, and the errors of the preview. */
const mistakes: [Kind, unknown, string[]][] = [
    ["CustomImage", { source }, [noCloud]],
    ["CustomImage", { cloud: null, source, copies: ["cn-shanghai"] }, [noCloud]],
    ["CustomImage", { cloud: "cn-hangzhou", source }, [noCloud]],
    ["CustomImage", { cloud: { type: "alibaba" }, source }, ["cloud.region: is required"]],
    ["CustomImage", { cloud, source, copies: null, tags: "web" }, ['tags: must be an object, not "web"']],
    ["CustomImage", { cloud, source, tags: ["web"] }, ["tags: must be an object, not a list"]],
    [
        "CustomImage",
        { cloud, source, onDelete: { ifInUse: "nowait" } },
        ['onDelete.ifInUse: must be "block", "wait" or "retain", not "nowait": did you mean "wait"?'],
    ],
    ["ImageCopy", { image: "m-1", to: "cn-shanghai" }, ["cloud: is required"]],
    ["ImageCopy", { cloud, image: 42, to: "cn-shanghai" }, ["image: must be a string, not 42"]],
    ["ImageCopy", { cloud, image: "m-1", to: ["cn-shanghai"] }, ["to: must be a string, not a list"]],
    ["FullEcsImage", { source, vault: "v-1" }, ["cloud: is required"]],
    ["FullEcsImage", { cloud: null, source, vault: "v-1" }, ["cloud: is required"]],
    ["EcsImage", { image: "m-1" }, ["cloud: is required"]],
    ["EcsImage", { cloud, image: [] }, ["image: must be a string, not a list"]],
    ["ImageShare", { image: "m-1", with: "ecs" }, [noCloud]],
    ["ImageShare", { cloud, image: 42, with: "ecs" }, ["image: must be a string, not 42"]],
    ["ImageShare", { cloud, image: "m-1" }, [noRecipients]],
    ["ImageShare", { cloud, image: "m-1", with: "partner" }, [noRecipients]],
    [
        "ImageShare",
        { cloud: huawei, image: "m-1", with: { projects: ["p-1"] }, accept: "partner" },
        ['accept: must be a list, not "partner"'],
    ],
    ["SimpleServer", { cloud, image: "m-1" }, ["plan: is required"]],
    ["SimpleServer", { cloud, image: null, plan }, ["image: is required"]],
    ["EcsInstance", { image: "m-1", ...instance }, ["cloud: is required"]],
    ["EcsInstance", { cloud, image: { id: "m-1" }, ...instance }, ["image: must be a string, not an object"]],
    ["HuaweiServer", { image: "m-1", ...server }, ["cloud: is required"]],
    ["SystemDiskReplacement", { server: "s-1", image: "m-1", confirmWipe: true }, [noCloud]],
    ["RolloutPause", { after: "web-1", pause: "5m" }, ['after: must be an object, not "web-1"']],
    ["RolloutPause", { after: null, pause: "5m" }, ["after: is required"]],
];

/** Arguments that the constructor refuses. */
const refusals: [Kind, unknown, RegExp][] = [
    [
        "CustomImage",
        { cloud, source, copies: "cn-shanghai" },
        /"it": copies must be a list of region ids such as \["cn-shanghai"\], not "cn-shanghai"$/,
    ],
    ["CustomImage", { cloud, source, copies: { region: "cn-shanghai" } }, /copies must be .*, not an object$/],
    ["CustomImage", { cloud, source, copies: ["cn-shanghai", 1] }, /copies must be .*, not a list with 1$/],
    ["CustomImage", { cloud, source, copies: [""] }, /copies must be .*, not a list with ""$/],
    ["CustomImage", { cloud, source, copies: pulumi.output(["cn-shanghai"]) }, /copies must be .*, not an output$/],
    ["CustomImage", { cloud: huawei, source, copies: "eu-nl" }, /copies must be .*, not "eu-nl"$/],
    ["Environment", {}, /file must be the path of a file, not undefined$/],
    ["Environment", { file: ["environment.yaml"] }, /file must be the path of a file, not a list$/],
    [
        "Environment",
        { file: "environment.yaml", parameters: "stage=prod" },
        /parameters must be an object, not "stage=prod"$/,
    ],
];

describe("a program that bypasses the compiler", () => {
    let registered: Record<string, unknown>[];
    before(() =>
        pulumi.runtime.setMocks({
            newResource: ({ name, inputs }) => {
                registered.push(inputs);
                return { id: `id of ${name}`, state: inputs };
            },
            call: () => ({}),
        }),
    );
    beforeEach(() => {
        registered = [];
    });
    after(() => pulumi.runtime.disconnect());

    /** Declares a resource as a JavaScript program does. */
    function declare(kind: string, ...args: unknown[]): void {
        const found = Object.entries(classes).find(([name]) => name === kind)?.[1];
        if (found) Reflect.construct(found, ["it", ...args]);
    }

    /** The problems that the plugin finds in the resource. */
    async function findings(kind: Kind): Promise<string[]> {
        for (let turn = 0; registered.length === 0 && turn < 100; turn++) await new Promise(setImmediate);
        const [inputs = {}] = registered;
        const served = Object.entries(handlers).find(([name]) => name === kind)?.[1];
        if (!served || !("check" in served)) return [];
        const { failures } = await served.check({}, inputs);
        return failures.map(({ reason }) => reason);
    }

    for (const [kind, args, expected] of mistakes) {
        it(`${kind} ${JSON.stringify(args)}: ${expected}`, async () => {
            declare(kind, args);
            assert.deepEqual(await findings(kind), expected);
        });
    }

    for (const [kind, args, expected] of refusals) {
        it(`${kind} ${JSON.stringify(args)}: the constructor throws`, () => {
            assert.throws(
                () => declare(kind, args),
                (error: Error) => pulumi.RunError.isInstance(error) && expected.test(error.message),
            );
        });
    }

    for (const kind of Object.keys(classes)) {
        it(`${kind} without an object of arguments: the constructor throws`, () => {
            for (const args of [undefined, null, 42, "golden", ["golden"]]) {
                assert.throws(
                    () => declare(kind, args),
                    (error: Error) =>
                        pulumi.RunError.isInstance(error) &&
                        error.message.startsWith(`${kind} "it": the second argument must be an object`),
                );
            }
        });
    }

    it("may pass null as the options of a resource", () => {
        declare("CustomImage", { cloud, source }, null);
    });
});
