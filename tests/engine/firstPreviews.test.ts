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

/** As plain JavaScript makes it, where no compiler refuses anything. */
function make(kind: Class, name: string, args: object, options?: object): object {
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

/** Programs of which nothing exists yet, and what the engine prints of each. */
const refused: Record<string, { program: () => unknown; says: RegExp[] }> = {
    // The first: an image that an earlier program of this process shares with accounts might have any id.
    "an image that does not exist, by its id": {
        program: () => new SimpleServer("web", { cloud: hangzhou, image: "m-123", plan: "swas.s2.c2m2s50b4t08" }),
        says: [/'web' has a problem: image: there is no image m-123 in cn-hangzhou that this account can use/],
    },
    "an instance of an image that is not shared": {
        program: () => make(EcsInstance, "api", { cloud: hangzhou, image: golden(), ...place }),
        says: [unshared],
    },
    "an instance of the id of such an image": {
        program: () => make(EcsInstance, "api", { cloud: hangzhou, image: golden().id, ...place }),
        says: [unshared],
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
            return make(EcsInstance, "api", { cloud, image: image.imageIn("cn-shanghai"), ...shanghai });
        },
        says: [unshared],
    },
    "an instance of an image that is shared with accounts only": {
        program: () => {
            const share = new ImageShare("to-partner", {
                cloud: hangzhou,
                image: golden(),
                with: { accounts: ["1000000000000002"] },
            });
            return make(EcsInstance, "api", { cloud: hangzhou, image: share, ...place });
        },
        says: [unshared],
    },
    "an image of ECS of an image that is not shared": {
        program: () => make(EcsImage, "api", { cloud: hangzhou, image: golden() }),
        says: [unshared],
    },
    "a disk of an image that is not shared": {
        program: () => {
            const on = { cloud: hangzhou, server: "i-bp1none", image: golden(), confirmWipe: true };
            return make(SystemDiskReplacement, "api", on);
        },
        says: [unshared],
    },
    "a type, a security group and a VSwitch that there are not": {
        program: () => {
            const image = new ImageShare("to-ecs", { cloud: hangzhou, image: golden(), with: "ecs" });
            const wrong = { instanceType: "ecs.g7.lage", securityGroup: "sg-none", vSwitch: "vsw-none" };
            return new EcsInstance("api", { cloud: hangzhou, image, ...wrong });
        },
        says: [
            /'api' has a problem: instanceType: no instance type ecs\.g7\.lage is offered in cn-hangzhou: did you mean "ecs\.g7\.large"\?/,
            /'api' has a problem: securityGroup: no security group sg-none in cn-hangzhou/,
            /'api' has a problem: vSwitch: no VSwitch vsw-none in cn-hangzhou/,
        ],
    },
    "a plan that there is not": {
        program: () => new SimpleServer("web", { cloud: hangzhou, image: golden(), plan: "swas.none" }),
        says: [/'web' has a problem: plan: no plan swas\.none is offered in cn-hangzhou: choose one that is offered/],
    },
    "a flavor, a VPC and a subnet that there are not": {
        program: () => {
            const wrong = { flavor: "s3.lage.2", vpc: "none", subnet: "none" };
            return new HuaweiServer("twin", { cloud: frankfurt, image: erpImage(), ...wrong });
        },
        says: [
            /'twin' has a problem: flavor: no flavor s3\.lage\.2 in eu-de: did you mean "s3\.large\.2"\?/,
            /'twin' has a problem: vpc: no VPC none in eu-de/,
            /'twin' has a problem: subnet: no subnet none in eu-de/,
        ],
    },
    "a copy to the own region": {
        program: () => golden({ copies: ["cn-hangzhou"] }),
        says: [
            /'golden-cn-hangzhou' has a problem: copies of golden: must not be cn-hangzhou, the region of the image/,
        ],
    },
    "a copy to a region that there is not": {
        program: () => golden({ copies: ["cn-shangai"] }),
        says: [
            /'golden-cn-shangai' has a problem: copies of golden: .* has no region cn-shangai: did you mean "cn-shanghai"\?/,
        ],
    },
    "a region that there is not": {
        program: () => golden({ cloud: alibaba({ region: "cn-hangzou" }), copies: ["cn-shanghai"] }),
        says: [/'golden' has a problem: cloud\.region: .* has no region cn-hangzou: did you mean "cn-hangzhou"\?/],
    },
    "the adoption of an image that does not exist": {
        program: () => make(EcsInstance, "api", { cloud: hangzhou, image: golden({ adopt: "m-bp1" }), ...place }),
        says: [/'golden' has a problem: adopt: this account has no image m-bp1 in cn-hangzhou/],
    },
    "a server that there is not": {
        program: () => golden({ source: { server: "none" } }),
        says: [/'golden' has a problem: source\.server: no server none in cn-hangzhou/],
    },
    "inputs that are misspelt": {
        program: () => make(CustomImage, "golden", { cloud: hangzhou, source: { sever: "x" }, copys: ["cn-shanghai"] }),
        says: [
            /'golden' has a problem: source: unknown input "sever": did you mean "server"\?/,
            /'golden' has a problem: unknown input "copys": did you mean "copies"\?/,
        ],
    },
};

/** Programs of which nothing exists yet, and of which nothing is refused. */
const passing: Record<string, () => unknown> = {
    "an instance of a share": () => {
        const image = new ImageShare("to-ecs", { cloud: hangzhou, image: golden(), with: "ecs" });
        return new EcsInstance("api", { cloud: hangzhou, image, ...place });
    },
    "an instance of an image that a share beside it shares": () => {
        const image = golden();
        const share = new ImageShare("to-ecs", { cloud: hangzhou, image: image.id, with: "ecs" });
        return make(EcsInstance, "api", { cloud: hangzhou, image, ...place }, { dependsOn: [share] });
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

    for (const [what, { program, says }] of Object.entries(refused)) {
        it(`refuses ${what}, each error once, and changes nothing`, async () => {
            stack.use(programOf(program));
            const printed = await stack.preview().then(
                () => assert.fail("the preview passed"),
                (error: Error) => error.message,
            );
            // Before it, the rows as they change while the preview runs.
            const [, output = ""] = printed.split("Diagnostics:");
            for (const pattern of says) {
                const found = output.split("\n").filter((line) => pattern.test(line));
                assert.equal(found.length, 1, `${pattern} in ${output}`);
            }
            const problems = output.split("\n").filter((line) => line.includes("has a problem"));
            assert.equal(problems.length, says.length, output);
            assert.ok(!output.includes("<nil>"), output);
            assert.deepEqual(stack.changes(), []);
        });
    }

    for (const [what, program] of Object.entries(passing)) {
        it(`passes ${what}, without a warning, and stores nothing more than before`, async () => {
            stack.use(programOf(program));
            const { output } = await stack.preview();
            assert.ok(!/warning|has a problem/.test(output), output);
            assert.deepEqual(stack.changes(), []);
        });
    }

    it("is kept by up, whose second preview plans nothing", async () => {
        const program = () => {
            const image = golden();
            const share = new ImageShare("to-ecs", { cloud: hangzhou, image: image.id, with: "ecs" });
            new EcsInstance("api", { cloud: hangzhou, image: share, ...place });
            make(EcsInstance, "beside", { cloud: hangzhou, image, ...place }, { dependsOn: [share] });
            return share;
        };
        stack.use(programOf(program));
        await stack.up();
        const stored = (await stack.stored()).map(({ inputs, outputs }) => JSON.stringify([inputs, outputs]));
        assert.ok(!stored.join().includes("__imageUse"), "what the program says besides is no input");
        assert.deepEqual((await stack.preview()).operations, {
            golden: "same",
            "to-ecs": "same",
            api: "same",
            beside: "same",
        });
        await stack.destroy();
        assert.deepEqual(stack.left(), []);
    });

    it("passes an instance of an image that is adopted and that somebody else may have shared", async () => {
        stack.use(
            programOf(() => new CustomImage("golden", { cloud: hangzhou, source: web }, { retainOnDelete: true })),
        );
        await stack.up();
        const [kept] = (await stack.stored()).filter(({ urn }) => urn.endsWith("::golden"));
        await stack.destroy();
        const adopted = () =>
            make(EcsInstance, "api", { cloud: hangzhou, image: golden({ adopt: kept?.id }), ...place });
        stack.use(programOf(adopted));
        const { output } = await stack.preview();
        assert.ok(!/warning|has a problem/.test(output), output);
    });
});
