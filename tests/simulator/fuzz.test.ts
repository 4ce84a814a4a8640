import assert from "node:assert/strict";
import fc from "fast-check";
import { bss } from "../../provider/dist/simulator/alibaba/bss/product.js";
import { ecs } from "../../provider/dist/simulator/alibaba/ecs/product.js";
import { alibabaCloud } from "../../provider/dist/simulator/alibaba/index.js";
import { swas } from "../../provider/dist/simulator/alibaba/swas/product.js";
import type { Simulation } from "../../provider/dist/simulator/core/simulation.js";
import type { WireAnswer, WireRequest } from "../../provider/dist/simulator/core/wire.js";
import { backupRoutes } from "../../provider/dist/simulator/huawei/backups/routes.js";
import { ecsRoutes } from "../../provider/dist/simulator/huawei/ecs/routes.js";
import { diskRoutes } from "../../provider/dist/simulator/huawei/evs/routes.js";
import { iamRoutes } from "../../provider/dist/simulator/huawei/iam/routes.js";
import { imsRoutes } from "../../provider/dist/simulator/huawei/ims/routes.js";
import { huaweiCloud } from "../../provider/dist/simulator/huawei/index.js";
import { openSimulation } from "../../provider/dist/simulator/index.js";
import { isClockMoved } from "../clock/movedClocks.ts";
import { SignedClient } from "./alibaba/signedClient.ts";

/** Number of requests for each cloud. */
const runs = isClockMoved ? 1000 : 50_000;
const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);

/** Words with a meaning somewhere, and words that have broken other programs. */
const words = fc.constantFrom(
    ..."Share UnShare true false cn-hangzhou eu-de ALL ecs system data Running Linux SSD active cbr accepted name 0 1 -1 99999999999 1e400 NaN null undefined".split(
        " ",
    ),
    ..."__proto__ constructor prototype toString hasOwnProperty ../../etc/passwd ' OR 1=1; %00 \u0000 \ud800 💥 {{7*7}} <script>".split(
        " ",
    ),
    "",
    " ",
    "[]",
    "{}",
    '["a"]',
    "[1,null,{}]",
    "a".repeat(3000),
    "*".repeat(40),
);

function textFrom(ids: readonly string[]): fc.Arbitrary<string> {
    return fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(...ids) },
        { weight: 3, arbitrary: words },
        { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 40 }) },
        { weight: 1, arbitrary: fc.integer().map(String) },
        { weight: 2, arbitrary: fc.constantFrom(...ids).map((id) => JSON.stringify([id, id])) },
    );
}

const idsOf = (sim: Simulation, cloud: string) =>
    sim.registry
        .objects()
        .filter((held) => held.cloud === cloud)
        .map(({ id }) => id);

/** Never an internal failure of the simulator, never an answer that a client cannot parse. */
function assertAnswered(answer: WireAnswer, asked: unknown): void {
    const shown = () =>
        `seed ${seed}: ${JSON.stringify(asked).slice(0, 2000)} -> ${answer.status} ${answer.body.slice(0, 500)}`;
    assert.ok(answer.status >= 200 && answer.status < 500, shown());
    if (answer.body !== "") assert.doesNotThrow(() => JSON.parse(answer.body), shown());
}

describe(`valid and invalid requests of every kind (seed ${seed})`, () => {
    it("Alibaba Cloud answers every operation with any parameters", () => {
        const sim = openSimulation({ clock: "auto" });
        const key = { id: "SIMULATEDALIBABAKEY1", secret: "simulated-alibaba-secret-1" };
        const [ids, client] = [idsOf(sim, "alibaba"), "http://127.0.0.1:1"];
        const text = textFrom(ids);
        const operations = Object.entries({ swas, ecs, bss }).flatMap(([product, { operations }]) =>
            operations.map((operation) => ({
                product,
                name: operation.name,
                parameters: Object.keys(operation.parameters),
            })),
        );
        const region = fc.oneof({ weight: 9, arbitrary: fc.constant("cn-hangzhou") }, { weight: 1, arbitrary: text });
        const strange = fc.dictionary(words, text, { maxKeys: 2, noNullPrototype: true });
        const requests = fc.constantFrom(...operations).chain(({ product, name, parameters }) => {
            const known = Object.fromEntries(parameters.map((parameter) => [parameter, text]));
            const some = fc.record({ ...known, RegionId: region, "Tag.1.Key": text }, { requiredKeys: ["RegionId"] });
            return fc
                .tuple(some, strange)
                .map(([given, more]) => ({ product, name, parameters: { ...more, ...given } }));
        });
        const property = fc.property(requests, ({ product, name, parameters }) => {
            const signing = new SignedClient(
                client,
                key,
                product === "ecs" ? "ecs" : product === "bss" ? "bss" : "swas",
            );
            const { url, method, headers, body = "" } = signing.prepare(name, parameters);
            const { pathname, search } = new URL(url);
            const wire: WireRequest = {
                method,
                path: pathname,
                query: search.slice(1),
                headers,
                body: Buffer.from(body),
            };
            sim.catchUp();
            assertAnswered(alibabaCloud.answer(sim, wire), { product, name, parameters });
        });
        fc.assert(property, { numRuns: runs, seed, endOnFailure: true });
        sim.close();
    }).timeout(180_000);

    it("Huawei Cloud answers every route with any body and query", () => {
        const sim = openSimulation({ clock: "auto" });
        const ids = idsOf(sim, "huawei");
        const text = textFrom(ids);
        const token = tokenOf(sim);
        const routes = [...iamRoutes, ...imsRoutes, ...ecsRoutes, ...diskRoutes, ...backupRoutes];
        const bodyWords =
            "server image name volume vault checkpoint images projects member servers id instance_id backup_id vault_id resources delete_volume os-stop os-start action tags key value status size".split(
                " ",
            );
        const keys = fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...bodyWords) }, { weight: 1, arbitrary: words });
        const { json } = fc.letrec<{ json: unknown }>((tie) => ({
            json: fc.oneof(
                { maxDepth: 4 },
                text,
                fc.integer(),
                fc.boolean(),
                fc.constant(null),
                fc.array(tie("json"), { maxLength: 3 }),
                fc.dictionary(keys, tie("json"), { maxKeys: 5, noNullPrototype: true }),
            ),
        }));
        const requests = fc.constantFrom(...routes).chain((route) =>
            fc.record({
                method: fc.constant(route.method),
                path: fc.array(text, { minLength: 6, maxLength: 6 }).map((values) => fill(route.path, values)),
                query: fc.dictionary(
                    fc.constantFrom("id", "name", "limit", "marker", "offset", "status", "tag"),
                    text,
                    {
                        maxKeys: 3,
                        noNullPrototype: true,
                    },
                ),
                body: fc.oneof(
                    { weight: 6, arbitrary: json.map((value) => JSON.stringify(value)) },
                    { weight: 1, arbitrary: fc.string() },
                ),
            }),
        );
        const property = fc.property(requests, ({ method, path, query, body }) => {
            const wire: WireRequest = {
                method,
                path,
                query: new URLSearchParams(query).toString(),
                headers: { host: "127.0.0.1:1", "content-type": "application/json", "x-auth-token": token },
                body: Buffer.from(body),
            };
            sim.catchUp();
            assertAnswered(huaweiCloud.answer(sim, wire), { method, path, query, body });
        });
        fc.assert(property, { numRuns: runs, seed, endOnFailure: true });
        sim.close();
    }).timeout(180_000);

    it("bytes that are not a request are answered or rejected", () => {
        const sim = openSimulation({ clock: "frozen" });
        const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array));
        const line = fc.string({ unit: "binary", maxLength: 60 });
        const requests = fc.record({
            method: fc.constantFrom("GET", "POST", "PUT", "PATCH", "DELETE", "X"),
            path: line,
            query: line,
            authorization: line,
            body: bytes,
        });
        const property = fc.property(requests, ({ method, path, query, authorization, body }) => {
            for (const cloud of [alibabaCloud, huaweiCloud]) {
                const at = cloud === alibabaCloud ? "/" : `/${path}`;
                const wire: WireRequest = { method, path: at, query, headers: { authorization, host: "h" }, body };
                if (cloud.claims(wire)) assertAnswered(cloud.answer(sim, wire), { method, path, query, authorization });
            }
        });
        fc.assert(property, { numRuns: 5_000, seed, endOnFailure: true });
        sim.close();
    }).timeout(60_000);
});

function tokenOf(sim: Simulation): string {
    const user = { name: "golden-admin", password: "simulated-huawei-password-1", domain: { name: "golden" } };
    const identity = { methods: ["password"], password: { user } };
    const body = Buffer.from(JSON.stringify({ auth: { identity, scope: { project: { name: "eu-de" } } } }));
    const headers = { host: "127.0.0.1:1", "content-type": "application/json" };
    const answer = huaweiCloud.answer(sim, { method: "POST", path: "/v3/auth/tokens", query: "", headers, body });
    assert.equal(answer.status, 201, answer.body);
    return answer.headers["X-Subject-Token"] ?? answer.headers["x-subject-token"] ?? "";
}

/** The route's path with these values as parameters and the right project. */
function fill(path: string, values: readonly string[]): string {
    let next = 0;
    return path.replace(/\{(\w+)\}/g, (_whole, name: string) =>
        name === "project_id" ? "a0000000000000000000000000000001" : encodeURIComponent(safe(values[next++] ?? "")),
    );
}

/** Half of a surrogate pair cannot be percent-encoded, so no client can send it in a path. */
const safe = (text: string) => text.replace(/[\ud800-\udfff]/g, "?");
