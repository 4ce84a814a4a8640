import assert from "node:assert/strict";
import { projectIdOf } from "../../../provider/dist/clouds/huawei/iam.js";
import { openWire, type Reply, type Wire } from "../wire.ts";
import { connectionTo } from "./account.ts";

const project = (id: string, name: string, domain = "d1") => ({ id, name, domain_id: domain });
const listed = (...projects: object[]) => ({ body: { projects } });
const own = listed(project("p1", "eu-de"), project("p2", "eu-de_team"), project("p3", "eu-nl"));

describe("the project of a region", () => {
    let wire: Wire;
    beforeEach(async () => {
        wire = await openWire();
    });
    afterEach(() => wire.close());

    type Scope = Parameters<typeof projectIdOf>[2];
    const ask = (scope: Scope, ...replies: Reply[]) => {
        wire.play(...replies);
        return projectIdOf(connectionTo(wire).connection, "eu-de", scope);
    };

    const cases: [what: string, scope: Scope, replies: Reply[], project: string, urls: string[]][] = [
        ["has the region's name", {}, [listed(project("p1", "eu-de"))], "p1", ["/v3/projects?name=eu-de"]],
        ["is the one of the keys", { projectId: "p2" }, [own], "p2", ["/v3/auth/projects"]],
        [
            "is the one of the keys if they have no permission to check it",
            { projectId: "p9" },
            [{ status: 403, body: { error: { message: "no" } } }],
            "p9",
            ["/v3/auth/projects"],
        ],
        [
            "is the region's project if the one of the keys is in another region",
            { projectId: "p3" },
            [own, listed(project("p1", "eu-de"))],
            "p1",
            ["/v3/auth/projects", "/v3/projects?name=eu-de"],
        ],
        [
            "is the one with the project name of the keys",
            { projectName: "eu-de_team" },
            [listed(project("p2", "eu-de_team"))],
            "p2",
            ["/v3/projects?name=eu-de_team"],
        ],
        [
            "is in the account of the keys",
            { domainId: "d1" },
            [listed(project("p1", "eu-de"), project("p9", "eu-de", "d2"))],
            "p1",
            ["/v3/projects?name=eu-de&domain_id=d1"],
        ],
    ];
    for (const [what, scope, replies, expected, urls] of cases) {
        it(what, async () => {
            assert.equal(await ask(scope, ...replies), expected);
            assert.deepEqual(
                wire.requests.map(({ url }) => url),
                urls,
            );
            for (const { headers } of wire.requests) assert.equal(headers["x-project-id"], undefined);
        });
    }

    it("is requested with the account's id in a header, too", async () => {
        await ask({ domainId: "d1" }, listed(project("p1", "eu-de")));
        assert.equal(wire.only().headers["x-domain-id"], "d1");
    });

    const refused: [what: string, scope: Scope, reply: Reply, message: RegExp][] = [
        ["of another account", { domainId: "d2" }, own, /no project is named eu-de in the account \(domain\) d2/],
        ["that the keys have no access to", { projectId: "p9" }, own, /the keys have no access to project p9: /],
        [
            "of the keys, in another account",
            { projectId: "p1", domainId: "d2" },
            own,
            /the keys have no access to project p1 in the account \(domain\) d2/,
        ],
    ];
    for (const [what, scope, reply, message] of refused) {
        it(`is never one ${what}`, () => assert.rejects(ask(scope, reply), { name: "UserError", message }));
    }
});
