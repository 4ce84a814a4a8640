import assert from "node:assert/strict";
import { cloudsAround } from "../../provider/dist/cli/stackClouds.js";

describe("the clouds of a report without --stack", () => {
    it("are undefined if the preview used an embedded simulator that is not in this folder", () => {
        const elsewhere = { "machine-images:simulator": "embedded", "machine-images:simulatorData": "none/here.db" };
        assert.equal(cloudsAround(elsewhere, {}), undefined);
    });

    it("come from PULUMI_CONFIG, which takes precedence over the configuration in the preview", () => {
        const PULUMI_CONFIG = JSON.stringify({ "machine-images:endpoint": "ftp://nowhere" });
        const shown = { "machine-images:endpoint": "http://127.0.0.1:1" };
        assert.ok(cloudsAround(shown, {}));
        assert.throws(() => cloudsAround(shown, { PULUMI_CONFIG }), /must be an HTTP or HTTPS URL/);
    });
});
