import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { Environment, type EnvironmentArgs, SimpleServer } from "pulumi-machine-images";
import { changed, shop } from "./files.ts";

interface Registered {
    type: string;
    name: string;
    inputs: Record<string, unknown>;
}

describe("an Environment", () => {
    let folder: string;
    let registered: Registered[];
    /** Of all images. */
    let previousVersions: string[] | undefined;
    before(async () => {
        folder = mkdtempSync(join(tmpdir(), "machine-images-environment-"));
        await pulumi.runtime.setMocks({
            newResource: ({ type, name, inputs }) => {
                registered.push({ type: type.split(":").at(-1) ?? "", name, inputs });
                return { id: `id of ${name}`, state: { ...inputs, previousVersions } };
            },
            call: () => ({}),
        });
    });
    beforeEach(() => {
        registered = [];
        previousVersions = undefined;
    });
    after(async () => {
        await pulumi.runtime.disconnect();
        rmSync(folder, { recursive: true, force: true });
    });

    async function make(text: string, parameters: EnvironmentArgs["parameters"] = {}) {
        const file = join(folder, "environment.yaml");
        writeFileSync(file, text);
        const environment = new Environment("shop", { file, parameters });
        const servers = Object.values(environment.servers).flat();
        await settled([...Object.values(environment.images), ...servers]);
        return environment;
    }
    const settled = async (resources: pulumi.CustomResource[]) => {
        for (const resource of resources) await known(resource.id);
        await new Promise((resolve) => setTimeout(resolve, 20));
    };
    const inputsOf = (name: string) => registered.find((resource) => resource.name === name)?.inputs ?? {};

    it("makes every image, copy, share, server and wipe of the file, with names that begin with its own", async () => {
        await make(shop);
        assert.deepEqual(registered.map(({ type, name }) => `${type} ${name}`).sort(), [
            "CustomImage shop-golden",
            "EcsImage shop-base",
            "EcsInstance shop-api",
            "Environment shop",
            "FullEcsImage shop-erp",
            "HuaweiServer shop-erp-clone",
            "ImageCopy shop-golden-cn-shanghai",
            "ImageShare shop-erp-partner",
            "ImageShare shop-golden-ecs",
            "RolloutPause shop-web-pause-1",
            "SimpleServer shop-edge",
            "SimpleServer shop-web-1",
            "SimpleServer shop-web-2",
            "SystemDiskReplacement shop-web-1-system",
            "SystemDiskReplacement shop-web-2-system",
        ]);
    });

    it("gives each server the image as it sees it: itself, its copy, or its share", async () => {
        const { servers } = await make(shop);
        assert.deepEqual(
            ["shop-web-1", "shop-edge"].map((name) => [inputsOf(name).image, inputsOf(name).cloud]),
            [
                ["id of shop-golden", { type: "alibaba", region: "cn-hangzhou" }],
                ["id of shop-golden-cn-shanghai", { type: "alibaba", region: "cn-shanghai" }],
            ],
        );
        assert.equal(inputsOf("shop-golden-cn-shanghai").__copiesOf, "shop-golden");
        assert.equal(inputsOf("shop-web-2-system").server, "id of shop-web-2");
        assert.equal(inputsOf("shop-web-2-system").confirmWipe, true);
        assert.deepEqual(inputsOf("shop-api").imageFacts, { kind: "custom", cloud: "alibaba", region: "cn-hangzhou" });
        assert.deepEqual(inputsOf("shop-erp-clone").cloud, { type: "huawei", region: "eu-de", account: "partner" });
        assert.deepEqual(inputsOf("shop-golden").onDelete, { ifInUse: "retain" });
        assert.ok(servers.web?.length === 2 && servers.web.every((server) => server instanceof SimpleServer));
    });

    it("gives the version before the last one of an image or of its copy, or the only one", async () => {
        const kept = changed("onImageChange: reset-system", "imageVersion: previous\n    onImageChange: reset-system")
            .replace("version: 1.4.0", "keepVersions: 1")
            .replace("region: cn-shanghai", "region: cn-shanghai\n    imageVersion: previous");
        await make(kept);
        assert.equal(inputsOf("shop-web-1").image, "id of shop-golden");
        previousVersions = ["the one before", "an older one"];
        registered = [];
        await make(kept);
        for (const name of ["shop-web-1", "shop-web-2-system", "shop-edge"]) {
            assert.equal(inputsOf(name).image, "the one before");
        }
        assert.deepEqual(inputsOf("shop-edge").imageFacts, { kind: "custom", cloud: "alibaba", region: "cn-shanghai" });
        assert.equal(inputsOf("shop-golden-ecs").image, "id of shop-golden");
    });

    it("puts a pause between two batches, and after each what its servers have", async () => {
        const paused = (text: string) => text.replace("batch: 1", "batch: 2");
        await make(paused(shop), { "web-count": 5 });
        assert.deepEqual(
            registered.flatMap(({ type, name }) => (type === "RolloutPause" ? [name] : [])),
            ["shop-web-pause-1", "shop-web-pause-2"],
        );
        const { after, pause } = inputsOf("shop-web-pause-2");
        assert.equal(pause, "5m");
        assert.deepEqual(after, {
            "shop-web-3": "id of shop-web-3",
            "shop-web-3-system": "id of shop-golden",
            "shop-web-4": "id of shop-web-4",
            "shop-web-4-system": "id of shop-golden",
        });
        registered = [];
        await make(paused(changed("    onImageChange: reset-system\n    confirmWipe: true\n", "")), { "web-count": 3 });
        assert.deepEqual(inputsOf("shop-web-pause-1").after, {
            "shop-web-1": "id of shop-web-1",
            "shop-web-2": "id of shop-web-2",
        });
        registered = [];
        await make(paused(shop), { "web-count": 2 });
        assert.ok(!registered.some(({ type }) => type === "RolloutPause"), "nothing comes after the last batch");
    });

    it("takes parameters as they are or as outputs, and protects what its policy names", async () => {
        await make(shop, {
            stage: "prod",
            "web-count": 1,
            "golden-server": pulumi.output("ace0706b2ac4454d984295a942130004"),
        });
        assert.deepEqual(inputsOf("shop-golden").source, { server: "ace0706b2ac4454d984295a942130004" });
        assert.deepEqual(inputsOf("shop-golden").tags, { stage: "prod" });
        assert.equal(registered.filter(({ name }) => /^shop-web-\d$/.test(name)).length, 1);
        assert.deepEqual(
            ["shop-golden", "shop-golden-cn-shanghai", "shop-erp", "shop-web-1"].map(
                (name) => inputsOf(name).deleteProtection,
            ),
            [true, true, true, undefined],
        );
    });

    it("keeps a secret parameter a secret", async () => {
        const text = changed("stage: { type: string", "stage: { secret: true, type: string");
        const { images } = await make(text, { stage: "prod" });
        const tags = images.golden && "tags" in images.golden ? images.golden.tags : undefined;
        assert.ok(pulumi.Output.isInstance(tags) && (await pulumi.isSecret(tags)));
    });

    it("is refused with every problem and its line, before anything is made", async () => {
        const refused = (text: string, parameters: EnvironmentArgs["parameters"], ...said: string[]) =>
            assert.rejects(make(text, parameters), (error: Error) => {
                const file = join(folder, "environment.yaml");
                assert.deepEqual(
                    error.message.split("\n"),
                    said.map((line) => `${file}:${line}`),
                );
                return true;
            });
        await refused(
            changed("copies: [", "copys: ["),
            { stage: "test" },
            '4:3: the value of parameter stage must be "dev" or "prod", not "test"',
            '16:5: images.golden has no key "copys": did you mean "copies"?',
            "47:13: servers.edge: golden cannot be used there: it has no copy in cn-shanghai: add cn-shanghai to images.golden.copies",
        );
        await refused(shop, { stag: "dev" }, '2:1: the file has no parameter "stag": did you mean "stage"?');
        await refused(changed(", default: 2", ""), {}, "5:3: parameter web-count has no default: give a value");
        await refused(
            shop,
            { "web-count": pulumi.output(2) },
            "39:12: servers.web.count must be a whole number, not a value that is known later",
        );
        assert.deepEqual(registered, []);
    });
});

/** The value of an output that is known. */
function known(output: pulumi.Output<string>): Promise<string> {
    return new Promise((resolve) => output.apply(resolve));
}
