import assert from "node:assert/strict";
import { huaweiRoutes } from "../../../provider/dist/simulator/huawei/index.js";
import { publicImages } from "../../../provider/dist/simulator/huawei/models/publicImages.js";
import { worldSecurityGroup, worldSubnet, worldVpc } from "../../../provider/dist/simulator/huawei/networks.js";
import { type Answer, type Bench, bench, Client, closeAll, golden } from "./client.ts";
import { bodies } from "./isolation/bodies.ts";
import { type Ids, kinds, ownIds, unknownIds, victimIds } from "./isolation/ids.ts";

type Route = (typeof huaweiRoutes)[number];

const nameOf = ({ service, operation }: Route) => `${service.name}.${operation}`;
const titleOf = (route: Route) => `${nameOf(route)} (${route.method} ${route.path})`;
const escaped = (text: string) => text.replace(/[.*+?^$(){}|[\]\\]/g, "\\$&");
const isNaming = (body: (ids: Ids) => unknown, ids: Ids) =>
    JSON.stringify(body(ids)) !== JSON.stringify(body(unknownIds()));
const changes = ({ method }: Route) => method !== "GET" && method !== "HEAD";
const words: Readonly<Record<string, string>> = {
    key: "secret-key",
    tag: "secret-key",
    provider_id: "fc4d5750-22e7-4798-8a46-f48f62c4c1da",
    protectable_type: "server",
    flavor_id: "s3.large.2",
    vpc_id: worldVpc({ name: "golden", region: "eu-de" }),
    subnet_id: worldSubnet({ name: "golden", region: "eu-de" }),
    security_group_id: worldSecurityGroup({ name: "golden", region: "eu-de" }),
};

/** The path with these ids, with the caller's own project first. */
function filled(route: Route, ids: Ids, project: string): string {
    const known: Readonly<Record<string, string>> = { ...words, ...ids, project_id: project, member_id: project };
    return route.path.replace(/\{(\w+)\}/g, (_, name: string) => {
        assert.ok(known[name], `${titleOf(route)}: give {${name}} a value in isolation/ids.ts`);
        return known[name];
    });
}

/** Everything that is stored for the golden account, including records of jobs and tokens, and scheduled jobs. */
function stateOf({ simulator }: Bench, regions: readonly string[] = ["", "eu-de"]): string {
    const { database } = simulator.sim;
    const rows = (table: string) =>
        regions.flatMap((region) =>
            database.all(`SELECT * FROM ${table} WHERE account = ? AND region = ? ORDER BY seq`, golden.domain, region),
        );
    return JSON.stringify([rows("objects"), rows("jobs")]);
}

/** Ids and names that only their owner may read. Public images are visible to all. */
function secretsIn(state: string): string[] {
    const found =
        state.match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[0-9a-f]{32}\b|secret-\w+|\w+-golden/g) ?? [];
    const open = new Set(publicImages.map(({ id }) => id));
    return [...new Set(found)].filter((one) => !open.has(one));
}

/** An answer without the requested ids. */
function withoutIds({ status, text = "" }: Answer, ids: Ids): string {
    return kinds.reduce((all, kind) => all.replaceAll(ids[kind], "<id>"), `${status} ${text}`);
}

/** Queries of a list for objects of another account. */
const queriesFor = (ids: Ids): Record<string, string>[] => [
    {},
    ...kinds.map((kind) => ({ id: ids[kind], [kind]: ids[kind] })),
    { owner: ids.project_id },
    { resource_id: ids.server_id },
    { ids: ids.volume_id },
    { own_type: "all_granted" },
    { member_status: "all" },
];

interface Probe {
    /** Ids in the path that belong to the intruder. */
    readonly path?: Partial<Ids>;
    readonly query?: Record<string, string>;
    readonly body?: unknown;
}

interface Intruder {
    readonly who: string;
    readonly client: Client;
    readonly secrets: readonly string[];
    /** Objects of the intruder, to be named in a path with ids of others. */
    readonly own?: Partial<Ids>;
}

for (const profile of ["cbr", "csbs"] as const) {
    describe(`every route of Huawei in profile ${profile}`, () => {
        let world: Bench;
        let ids: Ids;
        let untouched: string;
        let intruders: readonly Intruder[];

        before(async () => {
            world = await bench({ profile });
            ids = await victimIds(world, profile);
            const { url } = world.simulator;
            const own = await ownIds(world);
            untouched = stateOf(world);
            const neighbour = new Client(url, golden.projectNl, golden.key);
            intruders = [
                { who: "another domain", client: world.partner, secrets: secretsIn(untouched), own },
                { who: "another project", client: neighbour, secrets: secretsIn(stateOf(world, ["eu-de"])) },
            ];
        });
        after(closeAll);
        afterEach(() => assert.ok(stateOf(world) === untouched, "the victim's state has changed"));

        /** Requests the victim's ids and unknown ids: the answers must be the same, and reveal nothing. */
        async function probe({ who, client, secrets }: Intruder, route: Route, ask: (ids: Ids) => Probe) {
            const asks = [ids, unknownIds()].map((asked) => {
                const { path, body, query } = ask(asked);
                const target = filled(route, { ...asked, ...path }, client.project);
                return { asked, target, body, query, sent: JSON.stringify([target, body, query]) };
            });
            const isNamed = asks[0]?.sent !== asks[1]?.sent;
            const answers: string[] = [];
            for (const { asked, target, body, query, sent } of asks) {
                const headers = { "x-subject-token": asked.token };
                const answer = await client.call(route.method, target, { body, query, headers });
                const said = JSON.stringify([answer.headers, answer.text]);
                const leaked = secrets.filter((secret) => said.includes(secret) && !sent.includes(secret));
                assert.deepEqual(leaked, [], `${who} reads ${said}`);
                assert.ok(answer.status < 500, answer.text);
                assert.doesNotMatch(answer.text, new RegExp(escaped(route.service.malformedBody.message)));
                // A request that names no object creates an object of the intruder.
                if (changes(route) && !route.isRead && isNamed)
                    assert.ok(answer.status >= 400, `${who}: ${sent} was done`);
                answers.push(withoutIds(answer, asked));
            }
            const isOwn = changes(route) && !isNamed;
            if (!isOwn) assert.equal(answers[0], answers[1], `${who} can tell what is there from what is not`);
        }

        it("has test objects of every kind", () => {
            const missing = kinds.filter((kind) => !untouched.includes(ids[kind]) && kind !== "token");
            // The id of a task is derived from its backup, and each profile has backups of its own service.
            const follow = { cbr: ["checkpoint_item_id", "operation_log_id"], csbs: ["backup_id", "operation_log_id"] };
            assert.deepEqual(missing, follow[profile]);
        });

        for (const route of huaweiRoutes) {
            it(`isolates ${titleOf(route)}`, async () => {
                const asked = bodies[nameOf(route)] ?? (changes(route) ? [] : [() => undefined]);
                assert.ok(asked.length > 0, `give ${nameOf(route)} a body in isolation/bodies.ts`);
                for (const intruder of intruders) {
                    // A project's own domain is not secret.
                    if (intruder.own === undefined && route.service.name === "iam") continue;
                    for (const body of asked) await probe(intruder, route, (given) => ({ body: body(given) }));
                    if (changes(route)) {
                        const naming = asked.filter((body) => isNaming(body, ids));
                        const { own } = intruder;
                        if (!own || !/\{(server|vault|image|instance)_id\}/.test(route.path)) continue;
                        for (const body of naming) {
                            await probe(intruder, route, (given) => ({ path: own, body: body(given) }));
                        }
                    } else {
                        for (const index of queriesFor(ids).keys()) {
                            await probe(intruder, route, (given) => ({ query: queriesFor(given)[index] }));
                        }
                    }
                }
            });

            if (route.isOpen) continue;
            it(`rejects ${titleOf(route)} with another project's path`, async () => {
                const { client } = intruders[0] ?? assert.fail();
                const said = async (path: string, headers: Record<string, string>) => {
                    const { status, text } = await client.call(route.method, path, { headers });
                    return `${status} ${text}`;
                };
                const inHeader = { "x-project-id": golden.project };
                assert.match(await said(filled(route, ids, client.project), inHeader), /^401 (.*APIGW\.0301.*|)$/);
                if (!route.path.includes("{project_id}")) return;
                const { status, message } = route.service.projectMismatch;
                const inPath = await said(filled(route, ids, golden.project), {});
                assert.ok(inPath.startsWith(`${status} `) && inPath.includes(message), inPath);
            });
        }
    });
}
