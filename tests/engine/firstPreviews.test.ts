import assert from "node:assert/strict";
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import {
    alibaba,
    CustomImage,
    EcsImage,
    EcsInstance,
    FullEcsImage,
    HuaweiServer,
    huawei,
    ImageCopy,
    ImageShare,
    SimpleServer,
    SystemDiskReplacement,
} from "../../provider/dist/index.js";
import { type EngineStack, engineStack } from "./stack.ts";

const hangzhou = alibaba({ region: "cn-hangzhou" });
const frankfurt = huawei({ region: "eu-de" });
const web = { server: "ace0706b2ac4454d984295a942130001" };
const erp = { server: "94eba8b2-acc9-4d82-badc-127144cc5526" };
const network = { securityGroup: "sg-bp1machineimages0001", vSwitch: "vsw-bp1machineimages0001" };
const place = { instanceType: "ecs.g7.large", ...network };
const there = {
    flavor: "s3.large.2",
    vpc: "0dae26c9-9a70-4392-93f3-87d53115d171",
    subnet: "157ee789-03ea-45b1-a698-76c92660dd83",
};

type Class = new (...given: never[]) => object;

/** Creates a resource without types, as plain JavaScript does. */
function create(kind: Class, name: string, args: object, options?: object): object {
    return Reflect.construct(kind, [name, args, options]);
}

const golden = (args: object = {}) => new CustomImage("golden", { cloud: hangzhou, source: web, ...args });
const erpImage = () =>
    new FullEcsImage("full", {
        cloud: frankfurt,
        source: erp,
        vault: "3b5816b5-f29c-4172-9d9a-76c719a659ce",
        guest: { volumesAcrossDisks: false },
    });
const unshared =
    /resource 'api' has a problem: image: the image of a Simple Application Server is not shared with ECS: /;

/** Undeployed programs with mistakes, and the errors that the engine prints. */
const refused: Record<string, { program: () => unknown; errors: RegExp[] }> = {
    // Must be the first: after another program of this process shares an image with accounts, any id might exist.
    "an image that does not exist, by its id": {
        program: () => new SimpleServer("web", { cloud: hangzhou, image: "m-123", plan: "swas.s2.c2m2s50b4t08" }),
        errors: [/'web' has a problem: image: there is no image m-123 in cn-hangzhou that this account can use/],
    },
    "an instance of an image that is not shared": {
        program: () => create(EcsInstance, "api", { cloud: hangzhou, image: golden(), ...place }),
        errors: [unshared],
    },
    "an instance of the id of such an image": {
        program: () => create(EcsInstance, "api", { cloud: hangzhou, image: golden().id, ...place }),
        errors: [unshared],
    },
    "an instance of the copy of such an image": {
        program: () => {
            const image = golden({ copies: ["cn-shanghai"] });
            const cloud = alibaba({ region: "cn-shanghai" });
            const shanghai = {
                securityGroup: "sg-uf6machineimages0001",
                vSwitch: "vsw-uf6machineimages0001",
                instanceType: "ecs.g7.large",
            };
            return create(EcsInstance, "api", { cloud, image: image.imageIn("cn-shanghai"), ...shanghai });
        },
        errors: [unshared],
    },
    "an instance of an image that is shared with accounts only": {
        program: () => {
            const share = new ImageShare("to-partner", {
                cloud: hangzhou,
                image: golden(),
                with: { accounts: ["1000000000000002"] },
            });
            return create(EcsInstance, "api", { cloud: hangzhou, image: share, ...place });
        },
        errors: [unshared],
    },
    "an image of ECS of an image that is not shared": {
        program: () => create(EcsImage, "api", { cloud: hangzhou, image: golden() }),
        errors: [unshared],
    },
    "a disk of an image that is not shared": {
        program: () => {
            const on = { cloud: hangzhou, server: "i-bp1none", image: golden(), confirmWipe: true };
            return create(SystemDiskReplacement, "api", on);
        },
        errors: [unshared],
    },
    "a type, a security group and a VSwitch that there are not": {
        program: () => {
            const image = new ImageShare("to-ecs", { cloud: hangzhou, image: golden(), with: "ecs" });
            const wrong = { instanceType: "ecs.g7.lage", securityGroup: "sg-none", vSwitch: "vsw-none" };
            return new EcsInstance("api", { cloud: hangzhou, image, ...wrong });
        },
        errors: [
            /'api' has a problem: instanceType: no instance type ecs\.g7\.lage is offered in cn-hangzhou: did you mean "ecs\.g7\.large"\?/,
            /'api' has a problem: securityGroup: no security group sg-none in cn-hangzhou/,
            /'api' has a problem: vSwitch: no VSwitch vsw-none in cn-hangzhou/,
        ],
    },
    "a plan that does not exist": {
        program: () => new SimpleServer("web", { cloud: hangzhou, image: golden(), plan: "swas.none" }),
        errors: [
            /'web' has a problem: plan: no plan swas\.none is offered in cn-hangzhou: choose a plan that is offered/,
        ],
    },
    "a flavor, a VPC and a subnet that there are not": {
        program: () => {
            const wrong = { flavor: "s3.lage.2", vpc: "none", subnet: "none" };
            return new HuaweiServer("twin", { cloud: frankfurt, image: erpImage(), ...wrong });
        },
        errors: [
            /'twin' has a problem: flavor: no flavor s3\.lage\.2 in eu-de: did you mean "s3\.large\.2"\?/,
            /'twin' has a problem: vpc: no VPC none in eu-de/,
            /'twin' has a problem: subnet: no subnet none in eu-de/,
        ],
    },
    "a copy to the own region": {
        program: () => golden({ copies: ["cn-hangzhou"] }),
        errors: [
            /'golden-cn-hangzhou' has a problem: copies of golden: must not be cn-hangzhou, the region of the image/,
        ],
    },
    "a copy to a region that does not exist": {
        program: () => golden({ copies: ["cn-shangai"] }),
        errors: [
            /'golden-cn-shangai' has a problem: copies of golden: .* has no region cn-shangai: did you mean "cn-shanghai"\?/,
        ],
    },
    "a region that does not exist": {
        program: () => golden({ cloud: alibaba({ region: "cn-hangzou" }), copies: ["cn-shanghai"] }),
        errors: [/'golden' has a problem: cloud\.region: .* has no region cn-hangzou: did you mean "cn-hangzhou"\?/],
    },
    "the adoption of an image that does not exist": {
        program: () => create(EcsInstance, "api", { cloud: hangzhou, image: golden({ adopt: "m-bp1" }), ...place }),
        errors: [/'golden' has a problem: adopt: this account has no image m-bp1 in cn-hangzhou/],
    },
    "a server that does not exist": {
        program: () => golden({ source: { server: "none" } }),
        errors: [/'golden' has a problem: source\.server: no server none in cn-hangzhou/],
    },
    "inputs that are misspelt": {
        program: () =>
            create(CustomImage, "golden", { cloud: hangzhou, source: { sever: "x" }, copys: ["cn-shanghai"] }),
        errors: [
            /'golden' has a problem: source: unknown input "sever": did you mean "server"\?/,
            /'golden' has a problem: unknown input "copys": did you mean "copies"\?/,
        ],
    },
};

/** Undeployed programs without mistakes. */
const passing: Record<string, () => unknown> = {
    "an instance of a share": () => {
        const image = new ImageShare("to-ecs", { cloud: hangzhou, image: golden(), with: "ecs" });
        return new EcsInstance("api", { cloud: hangzhou, image, ...place });
    },
    "an instance of an image that another resource shares": () => {
        const image = golden();
        const share = new ImageShare("to-ecs", { cloud: hangzhou, image: image.id, with: "ecs" });
        return create(EcsInstance, "api", { cloud: hangzhou, image, ...place }, { dependsOn: [share] });
    },
    "a twin of a server that does not exist yet": () =>
        new HuaweiServer("twin", { cloud: frankfurt, image: erpImage(), ...there }),
    "a copy of an image by its id": () =>
        new ImageCopy("copy", { cloud: hangzhou, image: golden().id, to: "cn-shanghai" }),
};

const programOf =
    (make: () => unknown): PulumiFn =>
    async () =>
        void make();

describe("the preview of a first deployment, on the engine", function () {
    this.timeout(240_000);
    let stack: EngineStack;
    before(async () => {
        stack = await engineStack("first-previews");
    });
    after(() => stack.close());

    for (const [what, { program, errors }] of Object.entries(refused)) {
        it(`refuses ${what}, shows each error once, and changes nothing`, async () => {
            stack.use(programOf(program));
            const printed = await stack.preview().then(
                () => assert.fail("the preview passed"),
                (error: Error) => error.message,
            );
            // The output before it consists of progress rows.
            const [, output = ""] = printed.split("Diagnostics:");
            for (const pattern of errors) {
                const found = output.split("\n").filter((line) => pattern.test(line));
                assert.equal(found.length, 1, `${pattern} in ${output}`);
            }
            const problems = output.split("\n").filter((line) => line.includes("has a problem"));
            assert.equal(problems.length, errors.length, output);
            assert.ok(!output.includes("<nil>"), output);
            assert.deepEqual(stack.changes(), []);
        });
    }

    for (const [what, program] of Object.entries(passing)) {
        it(`accepts ${what} without a warning, and stores nothing`, async () => {
            stack.use(programOf(program));
            const { output } = await stack.preview();
            assert.ok(!/warning|has a problem/.test(output), output);
            assert.deepEqual(stack.changes(), []);
        });
    }

    it("is followed by up, after which another preview plans nothing", async () => {
        const program = () => {
            const image = golden();
            const share = new ImageShare("to-ecs", { cloud: hangzhou, image: image.id, with: "ecs" });
            new EcsInstance("api", { cloud: hangzhou, image: share, ...place });
            create(EcsInstance, "beside", { cloud: hangzhou, image, ...place }, { dependsOn: [share] });
            return share;
        };
        stack.use(programOf(program));
        await stack.up();
        const stored = (await stack.stored()).map(({ inputs, outputs }) => JSON.stringify([inputs, outputs]));
        assert.ok(!stored.join().includes("__imageUse"), "other options of the program are not stored as inputs");
        assert.deepEqual((await stack.preview()).operations, {
            golden: "same",
            "to-ecs": "same",
            api: "same",
            beside: "same",
        });
        await stack.destroy();
        assert.deepEqual(stack.left(), []);
    });

    it("accepts an instance of an adopted image, which may be shared outside the stack", async () => {
        stack.use(
            programOf(() => new CustomImage("golden", { cloud: hangzhou, source: web }, { retainOnDelete: true })),
        );
        await stack.up();
        const [kept] = (await stack.stored()).filter(({ urn }) => urn.endsWith("::golden"));
        await stack.destroy();
        const adopted = () =>
            create(EcsInstance, "api", { cloud: hangzhou, image: golden({ adopt: kept?.id }), ...place });
        stack.use(programOf(adopted));
        const { output } = await stack.preview();
        assert.ok(!/warning|has a problem/.test(output), output);
    });
});
