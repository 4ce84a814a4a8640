import assert from "node:assert/strict";
import { cloudsAround } from "../../provider/dist/cli/stackClouds.js";

describe("the clouds of a report that no stack is named for", () => {
    it("are none when the preview was made against an embedded simulator that is not in this folder", () => {
        const elsewhere = { "machine-images:simulator": "embedded", "machine-images:simulatorData": "none/here.db" };
        assert.equal(cloudsAround(elsewhere, {}), undefined);
    });

    it("are where PULUMI_CONFIG says, before what the preview shows", () => {
        const PULUMI_CONFIG = JSON.stringify({ "machine-images:endpoint": "ftp://nowhere" });
        const shown = { "machine-images:endpoint": "http://127.0.0.1:1" };
        assert.ok(cloudsAround(shown, {}));
        assert.throws(() => cloudsAround(shown, { PULUMI_CONFIG }), /must be an HTTP or HTTPS URL/);
    });
});
