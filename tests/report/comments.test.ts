import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import type { Comments } from "../../provider/dist/report/comments/commentsApi.js";
import { gitHubComments } from "../../provider/dist/report/comments/github.js";
import { gitLabComments } from "../../provider/dist/report/comments/gitlab.js";
import { postComment } from "../../provider/dist/report/comments/postComment.js";
import { markerOf } from "../../provider/dist/report/render/markdown.js";
import { openProxy } from "../clouds/fakeProxy.ts";
import { type CommentsDouble, commentsDouble } from "./commentsDouble.ts";

const marker = markerOf({ project: "shop", stack: "prod" });
const report = (text: string) => `${marker}\n### Machine images of shop/prod: ${text}\n`;
const token = "secret-token";
const slept: number[] = [];
const time = { sleep: async (ms: number) => void slept.push(ms), now: () => 1_000_000 };

const places = {
    github: {
        open: (apiUrl: string) => gitHubComments({ apiUrl, repository: "acme/shop", request: 12, token }, time),
        list: "/repos/acme/shop/issues/12/comments",
        one: (id: number) => `/repos/acme/shop/issues/comments/${id}`,
        changes: "PATCH",
        shownToken: `Bearer ${token}`,
        permission: /pull-requests: write/,
    },
    gitlab: {
        open: (apiUrl: string) => gitLabComments({ apiUrl, project: "acme/shop", request: 12, token }, time),
        list: "/projects/acme%2Fshop/merge_requests/12/notes",
        one: (id: number) => `/projects/acme%2Fshop/merge_requests/12/notes/${id}`,
        changes: "PUT",
        shownToken: token,
        permission: /scope api/,
    },
};

for (const [name, place] of Object.entries(places)) {
    describe(`the one comment of a report on ${name}`, () => {
        let double: CommentsDouble;
        let comments: Comments;
        beforeEach(async () => {
            slept.length = 0;
            double = await commentsDouble();
            comments = place.open(double.url);
        });
        afterEach(() => double.close());

        const writes = () => double.requests.filter(({ method }) => method !== "GET");

        it("is created once and then updated", async () => {
            assert.equal(await postComment(comments, report("one")), "created");
            assert.equal(await postComment(comments, report("two")), "updated");
            assert.equal(await postComment(comments, report("two")), "unchanged");
            assert.deepEqual(
                double.comments.map(({ body }) => body),
                [report("two")],
            );
            assert.deepEqual(writes(), [
                { method: "POST", path: place.list, token: place.shownToken, body: report("one") },
                { method: place.changes, path: place.one(1), token: place.shownToken, body: report("two") },
            ]);
        });

        it("is found on the third page, and is not confused with a quote of it or with another stack's comment", async () => {
            const others = Array.from({ length: 220 }, (_none, index) => ({ id: index + 1, body: `> ${marker}` }));
            const other = report("old").replace("shop/prod", "shop/dev");
            double.comments.push(...others, { id: 221, body: other }, { id: 222, body: report("old") });
            assert.equal(await postComment(comments, report("new")), "updated");
            assert.equal(double.comments[221]?.body, report("new"));
            assert.equal(double.comments[220]?.body, other);
            assert.equal(double.requests.filter(({ method }) => method === "GET").length, 3);
        });

        it("is not created for an empty report, which turns an existing comment into a note that nothing changes any more", async () => {
            assert.equal(await postComment(comments, ""), "none");
            assert.equal(await postComment(comments, "\n", { marker }), "none");
            assert.deepEqual(writes(), []);
            await postComment(comments, report("one"));
            assert.equal(await postComment(comments, "", { marker }), "updated");
            assert.match(double.comments[0]?.body ?? "", /nothing changes any more/);
        });

        it("is cut if it is too long, and keeps its beginning", async () => {
            const long = `${report("long")}<details>\n${"x".repeat(70_000)}\n</details>\n`;
            assert.equal(await postComment(comments, long), "created");
            const [comment] = double.comments;
            assert.ok(comment?.body.startsWith(report("long")));
            assert.doesNotMatch(comment?.body ?? "", /<details>/);
        });

        it("is written once, after the time that the rate limit demands", async () => {
            double.refusals.push({ status: 429, headers: { "retry-after": "7" } }, { status: 502 });
            double.refusals.push({
                status: 403,
                headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1030" },
            });
            assert.equal(await postComment(comments, report("one")), "created");
            assert.deepEqual(slept, [7000, 4000, 30_000]);
            assert.equal(double.comments.length, 1);
        });

        it("fails if the rate limit lasts too long, and a failed create is not retried", async () => {
            double.refusals.push({ status: 429, headers: { "retry-after": "3600" } });
            await assert.rejects(postComment(comments, report("one")), /run this step later/);
            assert.deepEqual(slept, []);
            double.refusals.push({ status: 200, body: "[]" }, { status: 500, body: "oops" });
            await assert.rejects(postComment(comments, report("one")), /refused with 500: oops/);
            assert.equal(writes().length, 1);
        });

        it("fails with the missing permission, and never shows the token", async () => {
            for (const [status, text] of [
                [403, place.permission],
                [404, /does not exist/],
                [401, /Use another token/],
            ] as const) {
                double.refusals.push({ status, body: '{"message":"Resource not accessible by integration"}' });
                await assert.rejects(postComment(comments, report("one")), (error: Error) => {
                    assert.match(error.message, text);
                    assert.ok(!error.message.includes(token));
                    return true;
                });
            }
        });

        it("accepts only a report", async () => {
            await assert.rejects(postComment(comments, "hello"), /not a report/);
            assert.deepEqual(double.requests, []);
        });
    });
}

describe("machine-images report and comment", () => {
    const cli = join(import.meta.dirname, "..", "..", "provider", "bin", "machine-images.js");
    const fixture = join(import.meta.dirname, "fixtures", "tag-edit.json");

    function run(
        args: string[],
        env: NodeJS.ProcessEnv = {},
    ): Promise<{ code: number; stdout: string; stderr: string }> {
        return new Promise((resolve) => {
            execFile(
                process.execPath,
                [cli, ...args],
                { env: { ...env, PATH: process.env.PATH } },
                (error, stdout, stderr) => resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
            );
        });
    }

    it("post to the pull request that the CI environment names", async () => {
        const double = await commentsDouble();
        try {
            const input = fixture.replace(".json", ".md");
            const env = {
                GITHUB_ACTIONS: "true",
                GITHUB_API_URL: double.url,
                GITHUB_REPOSITORY: "acme/shop",
                GITHUB_REF: "refs/pull/12/merge",
                GITHUB_TOKEN: token,
            };
            const { code, stdout } = await run(["comment", "--input", input], env);
            assert.deepEqual([code, stdout], [0, "comment on pull request 12 of acme/shop: created\n"]);
            assert.match(double.comments[0]?.body ?? "", /2 to update/);
        } finally {
            await double.close();
        }
    });

    it("exit with 2 for a usage error and with 1 for input that is not a preview, and print one line", async () => {
        for (const [args, code, text] of [
            [["report", "--jsn"], 2, /--jsn/],
            [["comment"], 2, /--on is not given/],
            [["comment", "--on", "github"], 2, /--repository is not given/],
            [["report", "--input", cli], 1, /pulumi preview --json/],
            [["report", "--input", "missing.json"], 2, /cannot be read/],
        ] as const) {
            const run1 = await run([...args]);
            assert.equal(run1.code, code, run1.stderr);
            assert.match(run1.stderr, text);
            assert.equal(run1.stderr.trim().split("\n").length, 1, run1.stderr);
        }
    });

    it("write JSON with the same steps", async () => {
        const { stdout } = await run(["report", "--json", "--input", fixture]);
        const { verdict, steps } = JSON.parse(stdout);
        assert.equal(verdict, "harmless");
        assert.equal(steps.length, 2);
    });
});

describe("a comment behind a proxy", () => {
    it("is sent through the proxy, and the token only to the forge", async () => {
        const double = await commentsDouble();
        const proxy = await openProxy(Number(new URL(double.url).port));
        const command = join(import.meta.dirname, "..", "..", "provider", "bin", "machine-images.js");
        const args = ["comment", "--on", "github", "--repository", "acme/shop", "--request", "12"];
        const env = { ...process.env, GITHUB_TOKEN: token, HTTP_PROXY: proxy.url.replace("//", "//me:Hunter2@") };
        const { stdout, stderr } = await new Promise<{ stdout: string; stderr: string }>((resolve) => {
            const options = { env: { ...env, NO_PROXY: "", no_proxy: "" } };
            const api = ["--api", "http://forge.test"];
            const child = execFile(process.execPath, [command, ...args, ...api], options, (_error, stdout, stderr) =>
                resolve({ stdout, stderr }),
            );
            child.stdin?.end(report("one"));
        });
        assert.deepEqual([stdout, stderr], ["comment on pull request 12 of acme/shop: created\n", ""]);
        assert.deepEqual(
            proxy.requests.map(({ line, user }) => `${line} ${user}`),
            ["GET", "POST"].map(
                (method) => `${method} http://forge.test/repos/acme/shop/issues/12/comments me:Hunter2`,
            ),
        );
        assert.ok(double.requests.every((request) => request.token === `Bearer ${token}`));
        await proxy.close();
        await double.close();
    });
});
