import assert from "node:assert/strict";
import { type RunningSimulator, startSimulator } from "../../../provider/dist/simulator/index.js";
import { Simulated, web } from "../alibaba/simulated.ts";
import { Client, golden } from "../huawei/client.ts";

const names = ["__proto__", "constructor", "prototype", "constructor.prototype", "__proto__.isOurs", "toString"];

/** JSON.stringify would omit "__proto__". */
const nested = (name: string) =>
    `{"${name}":{"isOurs":true},"a":{"${name}":{"isOurs":true,"prototype":{"isOurs":true}}}}`;

describe("names with a meaning in JavaScript", () => {
    let simulator: RunningSimulator;
    const failures: unknown[] = [];
    beforeEach(async () => {
        simulator = await startSimulator({ clock: "frozen", onError: (error) => failures.push(error) });
    });
    afterEach(async () => {
        await simulator.close();
        assert.deepEqual(failures.splice(0), []);
        assert.equal(Reflect.get({}, "isOurs"), undefined);
        assert.equal(
            Reflect.get(() => {}, "isOurs"),
            undefined,
        );
        assert.equal(String({}), "[object Object]");
    });

    it("are ordinary names of parameters, tags and actions for Alibaba Cloud", async () => {
        const { swas, ecs } = new Simulated(simulator);
        for (const name of names) {
            const strange = { [name]: "isOurs", [`${name}.1.Key`]: "a", [`Tag.1.${name}`]: "b" };
            assert.ok((await swas.call(name, strange)).status < 500, name);
            assert.ok((await swas.call("ListInstances", strange)).status < 500, name);
            assert.ok((await ecs.call("DescribeImages", strange)).status < 500, name);
            const tag = { ResourceType: "instance", "ResourceId.1": web, "Tag.1.Key": name, "Tag.1.Value": name };
            assert.equal((await swas.call("TagResources", tag)).status, 200, name);
            const { TagResources } = await swas.ok("ListTagResources", {
                ResourceType: "instance",
                "ResourceId.1": web,
                "Tag.1.Key": name,
            });
            assert.equal(TagResources.TagResource?.[0]?.TagValue ?? TagResources[0]?.TagValue, name);
        }
    });

    it("are ordinary keys of bodies and queries for Huawei Cloud", async () => {
        const client = new Client(simulator.url, golden.project, golden.key);
        const paths = [
            "/v1/cloudimages/wholeimages/action",
            "/v2/cloudimages/action",
            "/v1/{pid}/cloudservers",
            "/v3/{pid}/checkpoints",
            "/v2/{pid}/cloudvolumes",
        ];
        for (const name of names) {
            for (const path of paths) {
                const { status } = await client.post(path, JSON.parse(nested(name)));
                assert.ok(status >= 400 && status < 500, `${name} ${path} ${status}`);
            }
            assert.ok((await client.get("/v2/cloudimages", { [name]: "isOurs" })).status < 500);
            const login = await fetch(`${simulator.url}/v3/auth/tokens`, { method: "POST", body: nested(name) });
            assert.ok(login.status >= 400 && login.status < 500);
        }
    });

    it("are rejected by the admin API, or stored as plain names", async () => {
        const post = (path: string, body: string) =>
            fetch(`${simulator.url}/_simulator${path}`, {
                method: "POST",
                headers: { authorization: `Bearer ${simulator.adminToken}` },
                body,
            });
        for (const name of names) {
            for (const path of ["/clock", "/faults", "/quotas", "/worlds", "/state"]) {
                assert.equal((await post(path, nested(name))).status, 400, `${name} ${path}`);
            }
            await post("/quotas", `{"${name}":1}`);
            assert.ok(simulator.sim.quotas.list().every(({ isSet }) => !isSet));
            assert.equal((await post("/worlds", `{"name":"${name}"}`)).status, 400, name);
        }
        const scope = { cloud: "alibaba", account: "1", region: "here", kind: "__proto__" };
        const object = { ...scope, id: "__proto__", seq: 1, body: JSON.parse(nested("__proto__")) };
        const dump = JSON.stringify({ objects: [object], jobs: [] });
        assert.equal((await post("/state", dump)).status, 200);
        assert.equal(simulator.sim.registry.objects()[0]?.id, "__proto__");
    });
});
