import assert from "node:assert/strict";
import { blocksOf, compileErrors, type ProgramBlock, programBlocks } from "./programBlocks.ts";

const imports = `
    import * as pulumi from "@pulumi/pulumi";
    import { alibaba, type AlibabaCloud, CustomImage, EcsImage, EcsInstance, FullEcsImage, huawei, type HuaweiCloud,
        HuaweiServer, ImageCopy, ImageShare, RolloutPause, SimpleServer, SystemDiskReplacement,
    } from "pulumi-machine-images";`;
const hangzhou = "declare const hangzhou: AlibabaCloud;";
const frankfurt = 'declare const frankfurt: HuaweiCloud<"cbr">;';
const golden = "declare const golden: CustomImage;";
const share = "declare const share: ImageShare;";
const erp = 'declare const erp: FullEcsImage<"cbr">;';

const sdks = `
    import { $OpenApiUtil } from "@alicloud/openapi-core";
    import swas from "@alicloud/swas-open20200601";
    import type { ICredential } from "@huaweicloud/huaweicloud-sdk-core/auth/ICredential.js";
    import { HcClient } from "@huaweicloud/huaweicloud-sdk-core/HcClient.js";
    import { type ClientOptions, DefaultHttpClient } from "@huaweicloud/huaweicloud-sdk-core/http/DefaultHttpClient.js";
    declare const Swas: typeof swas.default;
    declare const accessKeyId: string; declare const accessKeySecret: string;
    declare const options: ClientOptions; declare const url: string; declare const credentials: ICredential;`;

/** What the pages leave out; a block with imports of its own leaves out nothing. */
const preambles: Record<string, string> = {
    "provider/docs/guides/sharing.md": imports,
    "provider/docs/resources/CustomImage.md": imports,
    "provider/docs/resources/EcsImage.md": imports + hangzhou + golden,
    "provider/docs/resources/EcsInstance.md": imports + hangzhou + share,
    "provider/docs/resources/FullEcsImage.md": imports,
    "provider/docs/resources/HuaweiServer.md": imports + frankfurt + erp,
    "provider/docs/resources/ImageCopy.md": imports + hangzhou + golden,
    "provider/docs/resources/ImageShare.md": imports + hangzhou + golden + frankfurt + erp,
    "provider/docs/resources/README.md": `${imports + hangzhou}
        declare const config: pulumi.Config; declare const server: string; declare const version: string;`,
    "provider/docs/resources/RolloutPause.md": imports + hangzhou + share,
    "provider/docs/resources/SimpleServer.md": imports + hangzhou + golden,
    "provider/docs/resources/SystemDiskReplacement.md": imports + hangzhou + golden,
    "provider/docs/simulator.md": sdks,
};

const preambleOf = ({ page, text }: ProgramBlock) => (/^import /m.test(text) ? "" : (preambles[page] ?? ""));

describe("the TypeScript programs of the documentation", function () {
    this.timeout(120_000);

    it("compile against the package", () => {
        const blocks = programBlocks();
        assert.ok(blocks.length >= 15, `only ${blocks.length} blocks`);
        assert.deepEqual(compileErrors(blocks, preambleOf), []);
    });

    it("are named with page and line when they do not", () => {
        const blocks = blocksOf(
            "page.md",
            "# Page\n\n```ts\nconst a = 1;\nconst b: string = a;\n```\n\n* list\n\n  ```ts file=x.ts\n  c;\n  ```\n\n```js\nd;\n```\n",
        );
        assert.deepEqual(
            compileErrors(blocks, () => ""),
            ["page.md:5: Type 'number' is not assignable to type 'string'.", "page.md:11: Cannot find name 'c'."],
        );
    });
});
