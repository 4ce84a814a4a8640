import assert from "node:assert/strict";
import { fullUrn, shortUrn } from "../../../provider/dist/pulumi/dynamic/urn.js";

describe("the stored URN", () => {
    it("is shortened and restored for any resource name", () => {
        for (const name of ["golden", "web~1", "~:~", "a~:b~~c", "pulumi-nodejs:dynamic/machine-images:x", "ünï"]) {
            const urn = `urn:pulumi:dev::shop::pulumi-nodejs:dynamic/machine-images:CustomImage::${name}`;
            assert.equal(fullUrn(shortUrn(urn)), urn);
            assert.ok(shortUrn(urn).length < urn.length - 30);
        }
    });
});
