import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { configuredParameters } from "../../provider/dist/environment/configuredParameters.js";
import { shop as file } from "./files.ts";

const shop = file.replace("parameters:\n", "parameters:\n  is-new: { type: boolean, default: true }\n");

describe("parameters from the stack's configuration", () => {
    const read = (values: object | string, { isSecret = false, text = shop } = {}) =>
        configuredParameters({
            file: "environment.yaml",
            text,
            values: typeof values === "string" ? values : JSON.stringify(values),
            secret: isSecret ? (value) => pulumi.secret(value) : undefined,
        });

    it("have the declared type, however they are written in the configuration", () => {
        assert.deepEqual(read({ stage: "prod", "web-count": "3", "is-new": "false" }), {
            stage: "prod",
            "web-count": 3,
            "is-new": false,
        });
        const text = shop.replace(
            "stage: { type: string, enum: [dev, prod], default: dev }",
            "stage: { type: string }",
        );
        assert.deepEqual(read({ stage: 7 }, { text }), { stage: "7" });
    });

    it("keep their digits, although Pulumi stores them as numbers", () => {
        const text = `apiVersion: machine-images/v1\nclouds: {}\nparameters: { partner: { type: string } }\n`;
        for (const digits of ["9123456789012347", "1.10", "1e3", "true"]) {
            assert.deepEqual(read(`{"partner":${digits}}`, { text }), { partner: digits });
        }
        assert.deepEqual(read('{"web-count":20251130123456789}'), { "web-count": "20251130123456789" });
    });

    it("are not converted if they have another type or no declaration, so that the checks of the file report them", () => {
        const given = { "web-count": "many", "is-new": "perhaps", unheard: "of" };
        assert.deepEqual(read(given), given);
    });

    it("all become secret, except those that decide which resources exist or where they are", async () => {
        const text = shop
            .replace("region: cn-shanghai", 'region: "${parameters.stage}"')
            .replace("[dev, prod]", "[dev, cn-shanghai]");
        const given = { "golden-server": "ace01", stage: "cn-shanghai", "web-count": 3 };
        const { "golden-server": server, ...rest } = read(given, { isSecret: true, text });
        assert.ok(pulumi.Output.isInstance(server) && (await pulumi.isSecret(server)));
        assert.deepEqual(rest, { stage: "cn-shanghai", "web-count": 3 });
    });

    it("are passed to the checks of the file if one of them is invalid", () => {
        const given = { "golden-server": "no id", stage: "prod" };
        assert.deepEqual(read(given, { isSecret: true }), given);
    });

    for (const values of ["7", '["a"]', '{ "stage": ["dev"] }', "no JSON"]) {
        it(`are refused if they are ${values}`, () => {
            assert.throws(
                () => read(values),
                /^Error: machine-images:parameters must be a map of strings.*config set --path/,
            );
        });
    }
});
