import assert from "node:assert/strict";
import { bssRules } from "../../../provider/dist/simulator/alibaba/bss/product.js";
import { choices } from "../../../provider/dist/simulator/alibaba/choices.js";
import { ecsRules } from "../../../provider/dist/simulator/alibaba/ecs/ecsRules.js";
import { gatewayRules } from "../../../provider/dist/simulator/alibaba/gateway/gatewayRules.js";
import { alibabaCloud } from "../../../provider/dist/simulator/alibaba/index.js";
import { stsRules } from "../../../provider/dist/simulator/alibaba/sts/stsRules.js";
import { imageRules } from "../../../provider/dist/simulator/alibaba/swas/imageRules.js";
import { serverRules } from "../../../provider/dist/simulator/alibaba/swas/serverRules.js";
import { snapshotRules } from "../../../provider/dist/simulator/alibaba/swas/snapshotRules.js";
import { vpcRules } from "../../../provider/dist/simulator/alibaba/vpc/vpcRules.js";
import { choiceRows } from "./rules/choiceRows.ts";
import { ecsRows } from "./rules/ecsRows.ts";
import { bssRows, gatewayRows } from "./rules/gatewayRows.ts";
import { imageRows } from "./rules/imageRows.ts";
import { answerText, pattern, type Row, type Rules } from "./rules/row.ts";
import { serverRows } from "./rules/serverRows.ts";
import { snapshotRows } from "./rules/snapshotRows.ts";
import { stsRows } from "./rules/stsRows.ts";
import { vpcRows } from "./rules/vpcRows.ts";
import { closeAll, simulate } from "./simulated.ts";

type Table = readonly [name: string, rules: Rules, rows: Readonly<Record<string, Row>>];

const tables: readonly Table[] = [
    ["gateway", gatewayRules, gatewayRows],
    ["server", serverRules, serverRows],
    ["snapshot", snapshotRules, snapshotRows],
    ["image", imageRules, imageRows],
    ["ecs", ecsRules, ecsRows],
    ["bss", bssRules, bssRows],
    ["sts", stsRules, stsRows],
    ["vpc", vpcRules, vpcRows],
];

describe("every rule of Alibaba", () => {
    afterEach(closeAll);

    it("has a row here, and every row has a rule", () => {
        const refusing = tables.flatMap(([, rules, rows]) => Object.keys(rows).map((key) => rules[key]));
        const chosen = Object.keys(choiceRows).map((words) => choices.find(({ errorRule }) => errorRule === words));
        const withRow = new Set([...refusing, ...chosen]);
        assert.deepEqual(
            alibabaCloud.rules.filter((errorRule) => !withRow.has(errorRule)),
            [],
        );
        assert.equal(withRow.size, alibabaCloud.rules.length);
    });

    for (const [name, rules, rows] of tables) {
        for (const [key, { says, options, by }] of Object.entries(rows)) {
            const errorRule = rules[key];
            it(`${name}.${key}: ${errorRule?.errorRule}`, async () => {
                assert.ok(errorRule);
                const given = answerText(await by(await simulate(options)));
                assert.equal(given.slice(0, says.length), says, given);
                // `machine-images rules` must print what a client reads.
                assert.match(given, pattern(errorRule));
            });
        }
    }

    for (const [words, { options, shows, is }] of Object.entries(choiceRows)) {
        it(`choice: ${words}`, async () => {
            assert.deepEqual(await shows(await simulate(options)), is);
        });
    }
});
