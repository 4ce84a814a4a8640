import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import type { Comments } from "../../provider/dist/report/comments/commentsApi.js";
import { gitHubComments } from "../../provider/dist/report/comments/github.js";
import { gitLabComments } from "../../provider/dist/report/comments/gitlab.js";
import { postComment } from "../../provider/dist/report/comments/postComment.js";
import { markerOf } from "../../provider/dist/report/render/markdown.js";

const report = `${markerOf({ project: "shop", stack: "prod" })}\n### Machine images\n`;
const token = "secret-token";
const waiting = { sleep: async () => {}, now: () => 0 };
const forges: Record<string, (apiUrl: string) => Comments> = {
    github: (apiUrl) => gitHubComments({ apiUrl, repository: "acme/shop", request: 12, token }, waiting),
    gitlab: (apiUrl) => gitLabComments({ apiUrl, project: "acme/shop", request: 12, token }, waiting),
};

interface Seen {
    method: string | undefined;
    url: string;
    headers: string;
}

/** A local server that records its requests. */
async function listen(answer: (request: IncomingMessage, response: ServerResponse, url: string) => void) {
    const seen: Seen[] = [];
    const listener: RequestListener = (request, response) => {
        request.resume().on("end", () => {
            const { method, url = "", headers } = request;
            seen.push({ method, url, headers: JSON.stringify(headers) });
            answer(request, response, addressOf());
        });
    };
    const server = createServer(listener);
    const addressOf = () => {
        const address = server.address();
        return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
    };
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    const close = () => {
        server.closeAllConnections();
        server.close();
    };
    return { seen, url: addressOf(), close };
}

const json = (response: ServerResponse, value: unknown, status = 200, headers = {}) =>
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(value));
const write = ({ method }: IncomingMessage) => method !== "GET";

/** Behaviours of an API, and the resulting errors. */
const answers: [
    name: string,
    error: RegExp,
    answer: (request: IncomingMessage, response: ServerResponse, url: string) => void,
][] = [
    [
        "lists pages without end",
        /more than 100 pages/,
        (request, response) =>
            write(request) ? json(response, { id: 1 }) : json(response, new Array(100).fill({ id: 1, body: "x" })),
    ],
    [
        "lists short pages without end",
        /more than 100 pages/,
        (_request, response, url) => json(response, [{ id: 1, body: "x" }], 200, { link: `<${url}/next>; rel="next"` }),
    ],
    ["answers with another object", /not a list of comments/, (_request, response) => json(response, {})],
    ["answers with null", /not a list of comments/, (_request, response) => json(response, null)],
    ["lists nulls", /not a list of comments/, (_request, response) => json(response, [null])],
    ["lists ids that are strings", /not a list of comments/, (_request, response) => json(response, [{ id: "1" }])],
    ["answers with HTML", /is not JSON/, (_request, response) => response.end("<html>login</html>")],
    ["answers with nothing", /is not JSON/, (_request, response) => response.end()],
    [
        "closes the connection during its answer",
        /did not complete its answer/,
        (_request, response) => {
            response.writeHead(200, { "content-length": "100" }).write("[");
            setImmediate(() => response.destroy());
        },
    ],
    ["closes the connection", /cannot be reached/, (request) => request.socket.destroy()],
    [
        "declares an uncompressed answer as gzip",
        /did not complete its answer/,
        (_request, response) => response.writeHead(200, { "content-encoding": "gzip" }).end("no gzip"),
    ],
    [
        "redirects in a cycle",
        /redirected more than 3 times/,
        ({ url }, response) => response.writeHead(302, { location: url }).end(),
    ],
    ["redirects without a location", /another host/, (_request, response) => response.writeHead(302).end()],
    [
        "redirects to an invalid address",
        /another host/,
        (_request, response) => response.writeHead(307, { location: "http://[" }).end(),
    ],
    [
        "does not confirm what it wrote",
        /not the comment that was written/,
        (request, response) => json(response, write(request) ? {} : []),
    ],
    ...[301, 302, 303, 307, 308].map((status): (typeof answers)[number] => [
        `redirects a write with ${status}`,
        /is redirected, and nothing was written/,
        (request, response) =>
            write(request) ? response.writeHead(status, { location: "/elsewhere" }).end() : json(response, []),
    ]),
    ...[
        (headers: object) => `bad headers: ${JSON.stringify(headers)}`,
        () => JSON.stringify({ message: `no ${token.toUpperCase()}` }),
        () => JSON.stringify({ message: `it is ${[...token].reverse().join("")}` }),
        () => `it is ${[...token].join(" ")}`,
        () => Buffer.from(token).toString("base64"),
        () => Buffer.from(token).toString("hex"),
        () => encodeURIComponent(token),
    ].map((body, index): (typeof answers)[number] => [
        `repeats the token in a refusal, form ${index + 1}`,
        /was refused with 422$/,
        (request, response) => response.writeHead(422).end(body(request.headers)),
    ]),
];

for (const [forge, open] of Object.entries(forges)) {
    describe(`a misbehaving comments API of ${forge}`, () => {
        for (const [name, error, answer] of answers) {
            it(`${name}: results in an error of one line without the token`, async () => {
                const server = await listen(answer);
                try {
                    await assert.rejects(postComment(open(server.url), report), (thrown: Error) => {
                        assert.equal(thrown.name, "UserError", thrown.stack);
                        assert.match(thrown.message, error);
                        assert.doesNotMatch(thrown.message, /secret|\n/i);
                        return true;
                    });
                } finally {
                    server.close();
                }
            });
        }

        for (const status of [301, 302, 303, 307, 308]) {
            it(`does not send the token to another host after a redirect with ${status}`, async () => {
                const other = await listen((_request, response) => json(response, []));
                const server = await listen(({ url }, response) =>
                    response.writeHead(status, { location: other.url + url }).end(),
                );
                try {
                    await assert.rejects(postComment(open(server.url), report), /must not get the token/);
                    assert.deepEqual(other.seen, []);
                } finally {
                    server.close();
                    other.close();
                }
            });
        }

        it("is asked for the next page itself, even if its link names another host", async () => {
            const other = await listen((_request, response) => json(response, []));
            const server = await listen((request, response) => {
                const isFirst = new URL(request.url ?? "", other.url).searchParams.get("page") === "1";
                const link = { link: `<${other.url}/next>; rel="next"` };
                if (write(request)) json(response, { id: 7 });
                else json(response, isFirst ? [{ id: 1, body: "x" }] : [], 200, isFirst ? link : {});
            });
            try {
                assert.equal(await postComment(open(server.url), report), "created");
                assert.deepEqual(other.seen, []);
            } finally {
                server.close();
                other.close();
            }
        });

        it("can redirect a list within its origin", async () => {
            const server = await listen((request, response) => {
                if (write(request)) json(response, { id: 7 });
                else if (request.url?.startsWith("/moved")) json(response, []);
                else response.writeHead(301, { location: "/moved?page=1" }).end();
            });
            try {
                assert.equal(await postComment(open(server.url), report), "created");
                assert.equal(server.seen.filter(({ method }) => method === "POST").length, 1);
            } finally {
                server.close();
            }
        });
    });
}
