import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bss } from "../../../provider/dist/simulator/alibaba/bss/product.js";
import { ecs } from "../../../provider/dist/simulator/alibaba/ecs/product.js";
import { swas } from "../../../provider/dist/simulator/alibaba/swas/product.js";
import { backupRoutes } from "../../../provider/dist/simulator/huawei/backups/routes.js";
import { ecsRoutes } from "../../../provider/dist/simulator/huawei/ecs/routes.js";
import { diskRoutes } from "../../../provider/dist/simulator/huawei/evs/routes.js";
import { iamRoutes } from "../../../provider/dist/simulator/huawei/iam/routes.js";
import { imsRoutes } from "../../../provider/dist/simulator/huawei/ims/routes.js";
import { type RunningSimulator, startSimulator } from "../../../provider/dist/simulator/index.js";
import { SignedClient } from "../alibaba/signedClient.ts";
import { golden as alibabaKey, web } from "../alibaba/simulated.ts";
import { Client, golden, serverRequest } from "../huawei/client.ts";

/** What a client sends and nobody else may read. */
const marks = {
    password: "Marked-Password-1x",
    userData: Buffer.from("#!/bin/sh marked-user-data").toString("base64"),
    token: "MARKEDTOKEN7f3a9c",
    privateKey: "-----BEGIN MARKED KEY-----",
};

describe("secrets", () => {
    const folder = mkdtempSync(join(tmpdir(), "machine-images-"));
    let simulator: RunningSimulator;
    const told: string[] = [];
    before(async () => {
        simulator = await startSimulator({
            clock: "auto",
            data: join(folder, "clouds.db"),
            onError: (error) => told.push(String(error instanceof Error ? error.stack : error)),
        });
    });
    after(async () => {
        await simulator.close();
        rmSync(folder, { recursive: true, force: true });
    });

    /** The secrets of the world, of this run and of the clients' requests. */
    function secrets(issued: readonly string[]): string[] {
        const kept = simulator.accounts.flatMap(({ keys, users = [] }) => [
            ...keys.map(({ accessKeySecret }) => accessKeySecret),
            ...users.map(({ password }) => password),
        ]);
        const all = [...kept, ...issued, simulator.adminToken, ...Object.values(marks), "marked-user-data"];
        assert.ok(all.every((secret) => secret.length > 8));
        return all;
    }

    const inBody = {
        adminPass: marks.password,
        admin_pass: marks.password,
        user_data: marks.userData,
        userdata: marks.userData,
        key_name: "a-key",
        private_key: marks.privateKey,
        password: marks.password,
    };

    /**
     * Every operation of Alibaba Cloud, with a secret in each parameter that can contain one, and in additional
     * parameters.
     */
    async function driveAlibaba(apiErrors: string[]): Promise<void> {
        for (const [product, { operations }] of Object.entries({ swas, ecs, bss })) {
            const name = product === "swas" ? "swas" : product === "ecs" ? "ecs" : "bss";
            const client = new SignedClient(simulator.url, alibabaKey, name);
            const stranger = new SignedClient(simulator.url, { ...alibabaKey, secret: marks.privateKey }, name);
            for (const { name: action, parameters } of operations) {
                const given = Object.fromEntries(
                    Object.keys(parameters).flatMap((parameter) =>
                        /password/i.test(parameter)
                            ? [[parameter, marks.password]]
                            : /InstanceId$/.test(parameter)
                              ? [[parameter, web]]
                              : [],
                    ),
                );
                const secret = {
                    ...given,
                    Password: marks.password,
                    UserData: marks.userData,
                    PrivateKey: marks.privateKey,
                    "LoginCredentials.Password": marks.password,
                };
                for (const sent of [given, secret]) {
                    const { status, text } = await client.call(action, sent);
                    if (status >= 400) apiErrors.push(text);
                }
                apiErrors.push((await stranger.call(action, secret)).text);
            }
        }
    }

    async function driveHuawei(apiErrors: string[], issued: string[]): Promise<void> {
        const client = new Client(simulator.url, golden.project, golden.key);
        const stranger = new Client(simulator.url, golden.project, {
            ...golden.key,
            accessKeySecret: marks.privateKey,
        });
        const routes = [...imsRoutes, ...ecsRoutes, ...diskRoutes, ...backupRoutes, ...iamRoutes];
        for (const [n, { method, path }] of routes.entries()) {
            const filled = path.replace(/\{(\w+)\}/g, (_whole, name: string) =>
                name === "project_id" ? golden.project : name === "server_id" ? golden.server : "none",
            );
            const body = method === "GET" ? undefined : { ...inBody, server: inBody, "os-start": inBody };
            const sent = { body, headers: { "x-security-token": marks.token } };
            const answer = await client.call(method, filled, sent);
            if (answer.status >= 400) apiErrors.push(answer.text);
            // At most four consecutive wrong signatures: five lock the key.
            if (n % 4 === 0) apiErrors.push((await stranger.call(method, filled, sent)).text);
            const byToken = await fetch(simulator.url + filled, { method, headers: { "x-auth-token": marks.token } });
            apiErrors.push(await byToken.text());
        }
        const images = await client.get("/v2/cloudimages", { __imagetype: "gold" });
        const creation = serverRequest(images.body.images[0].id, inBody);
        assert.equal((await client.post("/v1/{pid}/cloudservers", creation)).status, 200);
        for (const password of ["simulated-huawei-password-1", marks.password]) {
            const user = { name: "golden-admin", password, domain: { name: "golden" } };
            const auth = {
                identity: { methods: ["password"], password: { user } },
                scope: { project: { name: "eu-de" } },
            };
            const login = await fetch(`${simulator.url}/v3/auth/tokens`, {
                method: "POST",
                body: JSON.stringify({ auth }),
            });
            const token = login.headers.get("x-subject-token");
            if (token) issued.push(token);
            else apiErrors.push(await login.text());
        }
    }

    it("appear in no log, error, dump, metric or event after every operation of both clouds", async () => {
        const issued: string[] = [];
        const apiErrors: string[] = [];
        const authorization = `Bearer ${simulator.adminToken}`;
        const stop = new AbortController();
        const follow = await fetch(`${simulator.url}/_simulator/calls/follow`, {
            headers: { authorization },
            signal: stop.signal,
        });
        const events: string[] = [];
        const reading = (async () => {
            for await (const chunk of follow.body ?? []) events.push(Buffer.from(chunk).toString());
        })().catch(() => {});
        await driveAlibaba(apiErrors);
        await driveHuawei(apiErrors, issued);
        assert.equal(issued.length, 1);
        const shown = new Map<string, string>([
            ["refusals", apiErrors.join("\n")],
            ["reported errors", told.join("\n")],
        ]);
        const { paths }: { paths: Record<string, Record<string, object>> } = JSON.parse(
            await (await fetch(`${simulator.url}/_simulator/openapi.json`, { headers: { authorization } })).text(),
        );
        for (const [path, methods] of Object.entries(paths)) {
            if (!("get" in methods) || path.endsWith("/follow")) continue;
            shown.set(path, await (await fetch(simulator.url + path, { headers: { authorization } })).text());
        }
        stop.abort();
        await reading;
        shown.set("events", events.join(""));
        assert.ok((shown.get("events")?.length ?? 0) > 10_000 && apiErrors.length > 100);
        for (const [where, text] of shown) {
            for (const secret of secrets(issued)) assert.ok(!text.includes(secret), `${where} shows ${secret}`);
        }
        assert.deepEqual(told, []);
        // The data file contains no secret of the clients. It does contain the keys, so only its owner can read it.
        const { database } = simulator.sim;
        const sent = [...issued, ...Object.values(marks), "marked-user-data", simulator.adminToken];
        for (const [table, column] of [
            ["objects", "body"],
            ["jobs", "body"],
            ["calls", "ids"],
            ["settings", "value"],
        ]) {
            const text = database
                .all(`SELECT ${column} AS text FROM ${table}`)
                .map((row) => String(row.text))
                .join("\n");
            for (const secret of sent) assert.ok(!text.includes(secret), `the table ${table} holds ${secret}`);
        }
    }).timeout(60_000);
});
