import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sentence } from "../../provider/dist/environment/problem.js";
import { readEnvironment } from "../../provider/dist/environment/readEnvironment.js";
import { changed, shop } from "./files.ts";

/** A change to the valid file, and all problems that it causes: "line:column: message". */
const broken: [from: string, to: string, messages: string[]][] = [
    [
        '"${parameters.stage}"',
        '"${parameters.stage"',
        ['17:20: images.golden.tags.stage: a reference must end with "}"'],
    ],
    [
        "default: dev",
        'default: "${parameters.web-count}"',
        [
            '4:54: parameters.stage.default must be "dev" or "prod", not "${parameters.web-count}"',
            "4:54: parameters.stage.default: a parameter cannot contain references",
        ],
    ],
    [
        "  stage: { type: string",
        "  stage {: type: string",
        ["4:12: invalid YAML: nested mappings are not allowed in compact mappings"],
    ],
    [
        "    cloud: hangzhou\n",
        "   cloud: hangzhou\n",
        ["13:1: invalid YAML: all mapping items must start at the same column"],
    ],
    ["policy:", "servers:", ["62:1: invalid YAML: map keys must be unique"]],
    ["apiVersion: machine-images/v1\n", "", ['1:1: the file needs the key "apiVersion"']],
    [
        "machine-images/v1",
        "machine-images/v2",
        ['1:13: apiVersion must be "machine-images/v1", not "machine-images/v2": did you mean "machine-images/v1"?'],
    ],
    [
        "    copies: [",
        "    copys: [",
        [
            '16:5: images.golden has no key "copys": did you mean "copies"?',
            "47:13: servers.edge: golden cannot be used there: it has no copy in cn-shanghai: add cn-shanghai to images.golden.copies",
        ],
    ],
    [
        'source: { server: "${p',
        'source: { sever: "${p',
        ['14:15: images.golden.source has no key "sever": did you mean "server"?'],
    ],
    [
        "kind: FullEcsImage",
        "kind: FullEcs",
        ['27:11: images.erp.kind must be "CustomImage", "FullEcsImage" or "EcsImage", not "FullEcs"'],
    ],
    [
        "onImageChange: reset-system",
        "onImageChange: reset",
        ['41:20: servers.web.onImageChange must be "replace", "reset-system" or "ignore", not "reset"'],
    ],
    ["    plan: swas.s2.c2m2s50b4t08\n    count", "    count", ['35:3: servers.web needs the key "plan"']],
    [
        "pause: 5m",
        "pause: 5 minutes",
        ['43:33: servers.web.rollout.pause must be a duration such as "90s", "45m" or "2h"'],
    ],
    ["default: 2", "default: two", ['5:40: parameters.web-count.default must be a whole number, not "two"']],
    ["pause: 5m", "pause: 5", ['43:33: servers.web.rollout.pause must be a duration such as "90s", "45m" or "2h"']],
    [
        "source: { server: 94eba8b2-acc9-4d82-badc-127144cc5526 }",
        "source: { server: ${parameters.stage} }",
        ['29:23: a reference between braces must be in quotes: "${parameters.stage}"'],
    ],
    ["version: 1.4.0", "version: 1.4", ["15:14: images.golden.version must be a string, not 1.4: put it in quotes"]],
    [
        "with: { projects: [] }",
        "with: { projects: [5] }",
        ["33:37: images.erp.shares.partner.with.projects.0 must be a string, not 5: put it in quotes"],
    ],
    [
        "    plan: swas.s2.c2m2s50b4t08\n    count",
        "    plan: swas.s2.c2m2s50b4t08\n    flavor: s3.large.2\n    count",
        ['39:5: servers.web has no key "flavor": only HuaweiServer has it'],
    ],
    [
        "vSwitch: vsw-1",
        "vSwitch: vsw-1\n    systemDiskGiB: 10",
        ["55:20: servers.api.systemDiskGiB must be at least 20"],
    ],
    [
        "count: ${parameters.web-count}",
        "count: 2\n    dataDiskGiB: 30",
        ["40:18: servers.web.dataDiskGiB must be a multiple of 20"],
    ],
    [
        "accept: [{ cloud: partner, vault: 6f1c2d3e }]",
        "accept: [{ cloud: otc, vault: 6f1c2d3e }]",
        [
            "33:60: images.erp.shares.partner.accept.0.cloud is the image's own account, which needs no share",
            "58:12: servers.erp-clone: erp cannot be used there: it is not shared with account partner: add a share that the account accepts, with accept: [{ cloud: … }]",
        ],
    ],
    [
        "partner: { with: { projects: [] }, accept: [{ cloud: partner, vault: 6f1c2d3e }] }",
        'partner: { with: ecs, accept: [{ cloud: partner, vault: "${parameters.none}" }] }',
        [
            '33:24: images.erp.shares.partner.with must be { projects: ["<project id>"] } for a Huawei Cloud image',
            '33:63: images.erp.shares.partner.accept.0.vault: the file has no parameter "none": declare it under parameters',
        ],
    ],
    [
        "  edge:\n",
        "  web-2:\n",
        ["44:3: servers.web-2: it and servers.web would both create a resource named web-2: rename one of them"],
    ],
    [
        "clouds:\n",
        "cloud:\n",
        ['1:1: the file needs the key "clouds"', '6:1: the file has no key "cloud": did you mean "clouds"?'],
    ],
    ["servers:\n", "server:\n", ['34:1: the file has no key "server": did you mean "servers"?']],
    ["batch: 1, pause", "pause", ['43:5: servers.web.rollout needs the key "batch"']],
    [
        "region: cn-shanghai",
        "region: cn-shanghai\n    imageVersion: previous",
        [
            "48:19: servers.edge.imageVersion: golden keeps no earlier version: set images.golden.keepVersions to at least 1",
        ],
    ],
    [
        "instanceType: ecs.g7.large",
        "instanceType: ecs.g7.large\n    imageVersion: current",
        [
            "53:19: servers.api.imageVersion: recipients of share ecs can use the current version only: add an EcsImage that copies golden with keepVersions: 1, and use that",
        ],
    ],
    [
        "flavor: s3.large.2",
        "flavor: s3.large.2\n    imageVersion: previous",
        [
            "60:19: servers.erp-clone.imageVersion: recipients of share partner can use the current version only: to roll back, set images.erp.source to the source of the earlier version",
        ],
    ],
    [
        "image: ${images.golden}\n    instanceType",
        "image: m-bp1\n    cloud: hangzhou\n    imageVersion: previous\n    instanceType",
        ["53:19: servers.api.imageVersion: an image id has no versions: refer to an image of this file"],
    ],
    [
        "region: cn-shanghai",
        "imageVersion: last",
        ['47:19: servers.edge.imageVersion must be "current" or "previous", not "last"'],
    ],
    [
        "count: ${parameters.web-count}",
        "count: 51",
        [
            "35:3: servers.web: the file declares 51 Simple Application Servers for an account in cn-hangzhou, which can have 50 (docs/reference/swas-images.md#quotas)",
        ],
    ],
    [
        "    region: cn-shanghai\n",
        "    count: 49\n",
        [
            "44:3: servers.edge: the file declares 51 Simple Application Servers for an account in cn-hangzhou, which can have 50 (docs/reference/swas-images.md#quotas)",
        ],
    ],
    [
        "  base:\n",
        `  next: { kind: CustomImage, cloud: hangzhou, source: { server: ace0706b2ac4454d984295a942130001, dataDisk: true } }
  last: { kind: CustomImage, cloud: hangzhou, source: { server: ace0706b2ac4454d984295a942130001 } }
  base:\n`,
        [
            "22:47: images.last.source: the file declares 4 snapshots (one for each disk of each image) for server ace0706b2ac4454d984295a942130001, which can have 3 (docs/reference/swas-images.md#quotas)",
        ],
    ],
    [
        "  base:\n",
        `  other: { kind: CustomImage, cloud: hangzhou, source: { snapshot: s-1 }, copies: [cn-shanghai], keepVersions: 10 }
  third: { kind: CustomImage, cloud: hangzhou, source: { snapshot: s-2 }, keepVersions: 4 }
  base:\n`,
        [
            "22:3: images.third: the file declares 17 custom images (with copies and kept versions) for an account in cn-hangzhou, which can have 15 (docs/reference/swas-images.md#quotas)",
        ],
    ],
    [
        "      ecs: { with: ecs }\n",
        '      ecs: { with: ecs }\n      too: { with: ecs }\n      a: { with: { accounts: ["1", "2"] } }\n      b: { with: { accounts: ["2", "3"] } }\n',
        [
            "20:20: images.golden.shares.too.with: share ecs already includes ECS: remove it from one of the shares",
            "22:12: images.golden.shares.b.with: share a already includes 2: remove it from one of the shares",
        ],
    ],
    [
        "      ecs: { with: ecs }\n",
        `      ecs: { with: ecs }
      a: { with: { accounts: ["1", "2", "3", "4", "5", "6"] } }
      b: { with: { accounts: ["7", "8", "9", "10", "11"] } }\n`,
        [
            "18:5: images.golden.shares: shares of one image can have 10 recipients together, not 11 (docs/reference/swas-images.md#quotas)",
        ],
    ],
    ["rollout: { batch: 1", "rollout: { batch: 0", ["43:23: servers.web.rollout.batch must be at least 1"]],
    [
        "count: ${parameters.web-count}",
        "count: several",
        ['39:12: servers.web.count must be a whole number, not "several"'],
    ],
    ["refund: true", "refund: maybe", ['40:25: servers.web.onDelete.refund must be true or false, not "maybe"']],
    ["default: dev", "default: test", ['4:54: parameters.stage.default must be "dev" or "prod", not "test"']],
    [
        'ace[0-9a-f]+"',
        'bce[0-9a-f]+"',
        ['3:68: parameters.golden-server.default must match bce[0-9a-f]+, not "ace0706b2ac4454d984295a942130001"'],
    ],
    [
        "web-count: { type: integer",
        "web-count: { type: number",
        ['5:22: parameters.web-count.type must be "string", "integer" or "boolean", not "number"'],
    ],
    [
        "${parameters.stage}",
        "${parameters.stag}",
        ['17:20: images.golden.tags.stage: the file has no parameter "stag": did you mean ${parameters.stage}?'],
    ],
    [
        "image: ${images.erp}",
        "image: ${images.epr}",
        ['57:12: servers.erp-clone.image: the file has no image "epr": declare it under images'],
    ],
    [
        "image: ${images.erp}",
        "image: erp",
        ['57:12: servers.erp-clone.image: "erp" is an image of this file: write ${images.erp}'],
    ],
    [
        "securityGroup: sg-1",
        "securityGroup: ${images.golden}",
        [
            "53:20: servers.api.securityGroup: a reference to an image can only be the whole image of a server or of an EcsImage",
        ],
    ],
    [
        "    cloud: otc\n",
        "    cloud: ots\n",
        ['28:12: images.erp.cloud: the file has no cloud "ots": did you mean "otc"?'],
    ],
    [
        "    image: ${images.golden}\n    to:",
        "    image: ${images.base}\n    to:",
        ["24:12: images.base.image: images copy each other in a cycle: base -> base"],
    ],
    [
        "region: cn-shanghai",
        "region: cn-shenzhen",
        [
            "47:13: servers.edge: golden cannot be used there: it has no copy in cn-shenzhen: add cn-shenzhen to images.golden.copies",
        ],
    ],
    [
        "      ecs: { with: ecs }",
        '      shop: { with: { accounts: ["1000000000000002"] } }',
        [
            "24:12: images.base.image: golden cannot be used there: it is not shared with ECS: add shares: { ecs: { with: ecs } } to the image",
            "51:12: servers.api: golden cannot be used there: it is not shared with ECS: add shares: { ecs: { with: ecs } } to the image",
        ],
    ],
    [
        "type: huawei, region: eu-de }",
        "type: huawei, region: eu-de, profile: csbs }",
        [
            '30:12: images.erp.vault is not supported by profile "csbs": remove it, or use profile "cbr"',
            "33:7: images.erp.shares.partner: a full-ECS image created with a CSBS backup cannot be shared with other tenants: use a CBR vault (profile cbr), or share a system image (docs/reference/full-ecs-images.md#limits-of-full-ecs-images; IMS error IMG.0135)",
        ],
    ],
    [
        "accept: [{ cloud: partner, vault: 6f1c2d3e }]",
        "accept: []",
        [
            "33:26: images.erp.shares.partner.with.projects must contain a project, unless accept contains an account",
            "58:12: servers.erp-clone: erp cannot be used there: it is not shared with account partner: add a share that the account accepts, with accept: [{ cloud: … }]",
        ],
    ],
    [
        "    confirmWipe: true\n",
        "",
        [
            "41:20: servers.web.onImageChange: reset-system wipes the servers' system disks: confirm this with confirmWipe: true",
        ],
    ],
    [
        'server: "${parameters.golden-server}"',
        'server: "${parameters.golden-server}", dataDisk: true',
        [
            "41:20: servers.web.onImageChange: a server that was created from an image with a data disk cannot be reset (docs/reference/swas-servers.md#reset)",
        ],
    ],
    [
        "[cn-shanghai]",
        "[cn-shanghai, cn-hangzhou]",
        ["16:27: images.golden.copies: cn-hangzhou is the image's own region"],
    ],
    [
        "version: 1.4.0",
        "keepVersions: 3",
        [
            "15:19: images.golden.keepVersions: a server can have at most 3 snapshots, and each version keeps its own: keep fewer versions, or give each version its own snapshot with source: { snapshot } (docs/reference/swas-images.md#quotas)",
        ],
    ],
    [
        "tags: { stage",
        'tags: { "aliyun:stage"',
        ["17:29: images.golden.tags.aliyun:stage must not have a key that begins with aliyun, which is reserved"],
    ],
    [
        "with: { projects: [] }",
        "with: { projects: [a, b, c, d, e, f, g, h, i, j, j] }",
        ["33:18: images.erp.shares.partner.with must not contain duplicates"],
    ],
    [
        "    vault: 5f1c2d3e\n",
        "",
        ['26:3: images.erp.vault is required with profile "cbr": set it to the id of a CBR vault for server backups'],
    ],
    [
        "    cloud: partner\n",
        "    cloud: hangzhou\n",
        ["58:12: servers.erp-clone.cloud: HuaweiServer cannot be in hangzhou, which is of type alibaba"],
    ],
    [
        "web:\n",
        "web_front:\n",
        ['35:3: servers.web_front: a name must consist of letters, digits and "-", and begin with a letter'],
    ],
    [
        "type: huawei, region: eu-de }",
        "type: huawei, region: eu-nl }",
        [
            "33:53: images.erp.shares.partner.accept.0.cloud.region must name eu-nl: an image is accepted in the region where it is shared (docs/reference/ims.md#shared-images)",
            "58:12: servers.erp-clone: erp cannot be used there: a full-ECS image cannot be replicated: create one from a server in each region that needs it (docs/reference/full-ecs-images.md#limits-of-full-ecs-images)",
        ],
    ],
    ["version: 1.4.0", "minRamMiB: 2048", ["15:5: images.golden.minRamMiB is for images of Huawei Cloud only"]],
    [
        "    cloud: hangzhou\n    image",
        "    cloud: otc\n    image",
        ["23:12: images.base.cloud: EcsImage cannot be in otc, which is of type huawei"],
    ],
    [
        "forbiddenDeletes: [images]",
        "forbiddenDeletes: [image]",
        ['63:22: policy.forbiddenDeletes.0 must be "images" or "servers", not "image": did you mean "images"?'],
    ],
];

describe("the environment of the guide", () => {
    const guide = readFileSync(
        join(import.meta.dirname, "..", "..", "provider", "docs", "guides", "environments.md"),
        "utf8",
    );
    const [, text = ""] = /```yaml\n(# yaml-language-server.*?)```/s.exec(guide) ?? [];

    it("has no problem, and with a misspelled key the problems that the guide shows", () => {
        assert.deepEqual(readEnvironment("environment.yaml", text).problems, []);
        const { problems } = readEnvironment("environment.yaml", text.replace("copies:", "copys:"));
        assert.equal(problems.length, 2);
        for (const problem of problems) assert.ok(guide.includes(`\n${sentence(problem)}\n`), sentence(problem));
    });
});

/** A comparison of every image with every other one takes most of a minute. */
describe("an environment file of 5,000 images", () => {
    const head = "apiVersion: machine-images/v1\nclouds:\n  here: { type: alibaba, region: cn-hangzhou, account: A }\n";
    const file = (clouds: number, image: (index: number) => string) =>
        [
            head.trimEnd(),
            ...Array.from(
                { length: clouds },
                (_, index) => `  c${index}: { type: alibaba, region: cn-hangzhou, account: a${index} }`,
            ),
            "images:",
            ...Array.from(
                { length: 5000 },
                (_, index) => `  i${index}: { cloud: c${index % clouds}, ${image(index)} }`,
            ),
        ].join("\n");
    const custom = "kind: CustomImage, source: { server: s }";
    const problemsOf = (text: string) => readEnvironment("f.yaml", text).problems;

    it("is read within the test timeout if it has no problem", () => {
        assert.deepEqual(problemsOf(file(1000, (index) => custom.replace("server: s", `server: s${index}`))), []);
    });

    it("is read within the test timeout if each image has an unknown key", () => {
        assert.equal(
            problemsOf(file(1000, (index) => `${custom}${index}, verison: a`.replace(/\}\d+/, "}"))).length >= 5000,
            true,
        );
    });

    it("is read within the test timeout if each image refers to an unknown image", () => {
        const text = file(1, (index) => `kind: EcsImage, image: "\${images.x${index}}"`);
        assert.equal(problemsOf(text).length, 5000);
    });

    it("is read within the test timeout if all images copy each other in one cycle", () => {
        const text = file(1, (index) => `kind: EcsImage, image: "\${images.i${(index + 4999) % 5000}}"`);
        assert.match(
            problemsOf(text)
                .map(({ message }) => message)
                .join("\n"),
            /^images\.i0\.image: images copy each other in a cycle: i0 -> i\d+ -> /,
        );
    });
});

describe("an environment file", () => {
    it("is read completely if it has no problem", () => {
        const { problems, model } = readEnvironment("shop.yaml", shop);
        assert.deepEqual(problems, []);
        assert.deepEqual([...(model?.servers.keys() ?? [])], ["web", "edge", "api", "erp-clone"]);
    });
    for (const [from, to, messages] of broken) {
        it(`with ${to.trim()} is refused with the position of the problem`, () => {
            const { problems } = readEnvironment("shop.yaml", changed(from, to));
            assert.deepEqual(
                problems.map(({ line, column, message }) => `${line}:${column}: ${message}`),
                messages,
            );
        });
    }

    describe("with numbers where strings are required", () => {
        const head = "apiVersion: machine-images/v1\nclouds:\n  here: { type: alibaba, region: cn-hangzhou }\n";
        const images = "images:\n  golden: { kind: CustomImage, cloud: here, source: { server: s } ";
        const read = (more: string, text = head) => readEnvironment("f.yaml", `${text}${images}${more} }\n`);
        const messages = (more: string, text?: string) => read(more, text).problems.map(({ message }) => message);

        for (const written of ["1.10", "0123", "1e3", "123", "true", "0x1F", "1234567890123456"]) {
            it(`shows ${written} as written in the file, and asks for quotes`, () => {
                assert.deepEqual(messages(`, version: ${written}`), [
                    `images.golden.version must be a string, not ${written}: put it in quotes`,
                ]);
                assert.deepEqual(messages(`, version: "${written}"`), []);
            });
        }

        it("keeps all digits of an integer that a number cannot hold", () => {
            const { model } = read(
                ", version: 9123456789012347, shares: { a: { with: { accounts: [9123456789012347] } } }",
            );
            const { version, shares } = model?.images.get("golden") ?? {};
            assert.deepEqual([version, shares?.a?.with], ["9123456789012347", { accounts: ["9123456789012347"] }]);
        });

        it("keeps keys as written", () => {
            const { model } = read(", tags: { 1.10: a, 0123: b, 9123456789012347: c, true: d }");
            assert.deepEqual(model?.images.get("golden")?.tags, {
                "1.10": "a",
                "0123": "b",
                "9123456789012347": "c",
                true: "d",
            });
        });

        it("refuses such an integer where a number is required", () => {
            assert.deepEqual(messages(", keepVersions: 9123456789012347"), [
                "images.golden.keepVersions must be a whole number, not 9123456789012347",
            ]);
        });

        it("shows a parameter's default as written in the file", () => {
            const parameter = (declared: string) => `${head}parameters:\n  p: ${declared}\n`;
            assert.deepEqual(messages("", parameter("{ type: string, default: 1.10 }")), [
                "parameters.p.default must be a string, not 1.10",
            ]);
            assert.deepEqual(messages("", parameter("{ type: string, enum: [1.10] }")), [
                "parameters.p.enum contains 1.10, which is not of type string",
            ]);
            assert.deepEqual(messages("", parameter("{ type: string, default: 9123456789012347 }")), []);
            assert.deepEqual(messages("", parameter("{ type: integer, default: 9123456789012347 }")), [
                "parameters.p.default must be a whole number from -9007199254740991 to 9007199254740991, not 9123456789012347",
            ]);
        });

        for (const value of ["9007199254740992", "-9123456789012347", "20251130123456789"]) {
            it(`refuses ${value} as the value of an integer parameter`, () => {
                const text = `${head}parameters:\n  p: { type: integer }\n`;
                const { problems } = readEnvironment("f.yaml", text, { given: { p: value }, asTexts: true });
                assert.match(problems[0]?.message ?? "", /^the value of parameter p must be a whole number from -9007/);
            });
        }
    });

    for (const [text, messages] of [
        ["", "1:1: the file must be a map of keys and values, not nothing"],
        ["just words", '1:1: the file must be a map of keys and values, not "just words"'],
        ["a: &a [*a]", "1:1: invalid YAML: an alias is inside the value that it refers to"],
        ["a: *b", "1:1: invalid YAML: unresolved alias (the anchor must be set before the alias): b"],
        ["\ta: 1", "1:1: invalid YAML: tabs are not allowed as indentation"],
    ] as const) {
        it(`that is ${JSON.stringify(text)} is refused`, () => {
            const { problems } = readEnvironment("shop.yaml", text);
            assert.deepEqual(
                problems.map(({ line, column, message }) => `${line}:${column}: ${message}`),
                [messages],
            );
        });
    }
});
