import assert from "node:assert/strict";
import { bench, closeAll, golden, partner, send } from "./client.ts";

const login = (password: string, scope: unknown = { project: { name: "eu-de" } }) =>
    JSON.stringify({
        auth: {
            identity: {
                methods: ["password"],
                password: { user: { name: "golden-admin", password, domain: { name: "golden" } } },
            },
            scope,
        },
    });

const json = { "content-type": "application/json" };
const password = "simulated-huawei-password-1";

describe("huawei tokens", () => {
    afterEach(closeAll);

    it("are issued for a project, with a catalog of this address", async () => {
        const { simulator } = await bench();
        const issued = await send(simulator.url, "POST", "/v3/auth/tokens", json, login(password));
        assert.equal(issued.status, 201);
        assert.equal(issued.body.token.project.id, golden.project);
        assert.equal(issued.body.token.expires_at, "2026-01-02T00:00:00.000000Z");
        const image = issued.body.token.catalog.find(({ type }: { type: string }) => type === "image");
        assert.equal(image.endpoints[0].url, simulator.url);
        const token = issued.headers["x-subject-token"] ?? "";
        const listed = await send(simulator.url, "GET", "/v2/cloudimages", { "x-auth-token": token });
        assert.equal(listed.status, 200);
        const [call] = simulator.sim.calls.list();
        assert.deepEqual([call?.action, call?.account], ["iam.CreateToken", golden.domain]);
        assert.ok(!JSON.stringify(simulator.sim.calls.list()).includes(token));
        assert.ok(!JSON.stringify(simulator.sim.calls.list()).includes(password));
    });

    it("omit the catalog on request, and can have the domain as scope", async () => {
        const { simulator } = await bench();
        const scope = { domain: { name: "golden" } };
        const issued = await send(
            simulator.url,
            "POST",
            "/v3/auth/tokens?nocatalog=true",
            json,
            login(password, scope),
        );
        assert.deepEqual(issued.body.token.catalog, []);
        assert.equal(issued.body.token.domain.id, golden.domain);
        const headers = { "x-auth-token": issued.headers["x-subject-token"] ?? "" };
        const projects = await send(simulator.url, "GET", "/v3/projects?name=eu-nl", headers);
        assert.deepEqual(
            projects.body.projects.map(({ id }: { id: string }) => id),
            [golden.projectNl],
        );
        const domains = await send(simulator.url, "GET", "/v3/auth/domains", headers);
        assert.equal(domains.body.domains[0].name, "golden");
        const regions = await send(simulator.url, "GET", "/v3/regions", headers);
        assert.equal(regions.body.regions.length, 2);
        const images = await send(simulator.url, "GET", "/v2/cloudimages", headers);
        assert.equal(images.body.error.code, "IMG.0030", "a domain token has no project");
    });

    it("are refused for a wrong password and another domain's project, with Keystone's errors", async () => {
        const { simulator } = await bench();
        const wrong = await send(simulator.url, "POST", "/v3/auth/tokens", json, login("nope"));
        assert.deepEqual([wrong.status, wrong.body.error.code, wrong.body.error.title], [401, 401, "Unauthorized"]);
        const scope = { project: { id: partner.project } };
        const foreign = await send(simulator.url, "POST", "/v3/auth/tokens", json, login(password, scope));
        assert.equal(foreign.status, 401);
        const malformed = await send(simulator.url, "POST", "/v3/auth/tokens", json, "{");
        assert.equal(malformed.status, 400);
    });

    it("are rejected after 24 hours, if invented, and for another project", async () => {
        const { simulator, seconds } = await bench();
        const issued = await send(simulator.url, "POST", "/v3/auth/tokens", json, login(password));
        const headers = { "x-auth-token": issued.headers["x-subject-token"] ?? "" };
        const other = `/v1/${golden.projectNl}/cloudservers/detail`;
        assert.equal((await send(simulator.url, "GET", other, headers)).body.error.code, "Ecs.0023");
        seconds(24 * 3600 - 1);
        assert.equal((await send(simulator.url, "GET", "/v2/cloudimages", headers)).status, 200);
        seconds(1);
        const expired = await send(simulator.url, "GET", "/v2/cloudimages", headers);
        assert.deepEqual([expired.status, expired.body.error_code], [401, "APIGW.0301"]);
        const invented = await send(simulator.url, "GET", "/v2/cloudimages", { "x-auth-token": "x" });
        assert.match(invented.body.error_msg, /decrypt token fail/);
    });
});
