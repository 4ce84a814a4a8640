import assert from "node:assert/strict";
import { cbrRules, csbsRules } from "../../../provider/dist/simulator/huawei/backups/backupRules.js";
import { serverRules } from "../../../provider/dist/simulator/huawei/ecs/serverRules.js";
import { diskRules } from "../../../provider/dist/simulator/huawei/evs/diskRules.js";
import { gatewayRules } from "../../../provider/dist/simulator/huawei/gateway/gatewayRules.js";
import { iamRules } from "../../../provider/dist/simulator/huawei/iam/iamRules.js";
import {
    imageRequestRules,
    imageRules,
    imageSourceRules,
} from "../../../provider/dist/simulator/huawei/ims/imageRules.js";
import { regionCopyRules } from "../../../provider/dist/simulator/huawei/ims/regionCopyRules.js";
import { shareRules } from "../../../provider/dist/simulator/huawei/ims/shareRules.js";
import { huaweiCloud } from "../../../provider/dist/simulator/huawei/index.js";
import { nativeRules } from "../../../provider/dist/simulator/huawei/openstack/nativeRules.js";
import { vpcRules } from "../../../provider/dist/simulator/huawei/vpc/vpcRules.js";
import { bench, closeAll } from "./client.ts";
import { cbrRows } from "./rules/cbrRows.ts";
import { csbsRows } from "./rules/csbsRows.ts";
import { diskRows } from "./rules/diskRows.ts";
import { furtherPlaces } from "./rules/furtherPlaces.ts";
import { gatewayRows, iamRows } from "./rules/gatewayRows.ts";
import { imageRequestRows } from "./rules/imageRequestRows.ts";
import { imageRows } from "./rules/imageRows.ts";
import { imageSourceRows } from "./rules/imageSourceRows.ts";
import { nativeRows } from "./rules/nativeRows.ts";
import { regionCopyRows } from "./rules/regionCopyRows.ts";
import { answerText, type Place, type Row, type Rules } from "./rules/row.ts";
import { serverRows } from "./rules/serverRows.ts";
import { shareRows } from "./rules/shareRows.ts";
import { sourcePlaces } from "./rules/sourcePlaces.ts";
import { vpcRows } from "./rules/vpcRows.ts";

type Table = readonly [name: string, rules: Rules, rows: Readonly<Record<string, Row>>];

const tables: readonly Table[] = [
    ["gateway", gatewayRules, gatewayRows],
    ["iam", iamRules, iamRows],
    ["imageRequest", imageRequestRules, imageRequestRows],
    ["imageSource", imageSourceRules, imageSourceRows],
    ["image", imageRules, imageRows],
    ["regionCopy", regionCopyRules, regionCopyRows],
    ["share", shareRules, shareRows],
    ["cbr", cbrRules, cbrRows],
    ["csbs", csbsRules, csbsRows],
    ["server", serverRules, serverRows],
    ["disk", diskRules, diskRows],
    ["native", nativeRules, nativeRows],
    ["vpc", vpcRules, vpcRows],
];

const places: readonly Place[] = [...furtherPlaces.map(([says, where, by]) => ({ says, where, by })), ...sourcePlaces];

describe("every rule of Huawei", () => {
    afterEach(closeAll);

    it("has a row here, and every row has a rule", () => {
        const withRow = new Set(tables.flatMap(([, rules, rows]) => Object.keys(rows).map((key) => rules[key])));
        assert.deepEqual(
            huaweiCloud.rules.filter((errorRule) => !withRow.has(errorRule)),
            [],
        );
        assert.equal(withRow.size, huaweiCloud.rules.length);
    });

    for (const [name, rules, rows] of tables) {
        for (const [key, { says, options, by }] of Object.entries(rows)) {
            it(`${name}.${key}: ${rules[key]?.errorRule}`, async () => {
                const given = answerText(await by(await bench(options)));
                assert.equal(given.slice(0, says.length), says, given);
                const { status, code, message } = rules[key] ?? {};
                // `machine-images rules` must print what a client reads. Jobs have no status of their own.
                assert.equal(says.replace(/^FAIL/, String(status)), `${status} ${code} ${message}`);
            });
        }
    }

    for (const { says, where, options, by } of places) {
        it(`answers ${says} to ${where}`, async () => {
            const given = answerText(await by(await bench(options)));
            assert.equal(given.slice(0, says.length), says, given);
        });
    }
});
