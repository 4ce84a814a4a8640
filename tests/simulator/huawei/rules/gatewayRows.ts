import type { gatewayRules } from "../../../../provider/dist/simulator/huawei/gateway/gatewayRules.js";
import type { iamRules } from "../../../../provider/dist/simulator/huawei/iam/iamRules.js";
import { type Bench, Client, golden, partner, send } from "../client.ts";
import type { RowsOf } from "./row.ts";

const day = 24 * 3600;

const withHeaders = ({ simulator }: Bench, headers: Record<string, string>) =>
    send(simulator.url, "GET", "/v2/cloudimages", headers);

const withKey = ({ simulator }: Bench, key: { accessKeyId?: string; accessKeySecret?: string }) =>
    new Client(simulator.url, golden.project, { ...golden.key, ...key }).get("/v2/cloudimages");

function logIn({ simulator }: Bench, password: string, scope: unknown) {
    const user = { name: "golden-admin", password, domain: { name: "golden" } };
    const body = { auth: { identity: { methods: ["password"], password: { user } }, scope } };
    return send(simulator.url, "POST", "/v3/auth/tokens", {}, JSON.stringify(body));
}

const password = "simulated-huawei-password-1";
const ofProject = { project: { id: golden.project } };

export const gatewayRows: RowsOf<typeof gatewayRules> = {
    noSuchApi: {
        says: "404 APIGW.0101 The API does not exist or has not been published in the environment.",
        by: ({ golden: client }) => client.get("/v9/nothing"),
    },
    notAuthenticated: {
        says: "401 APIGW.0301 Incorrect IAM authentication information: x-auth-token not found",
        by: (bench) => withHeaders(bench, {}),
    },
    malformedSignature: {
        says: "401 APIGW.0301 Incorrect IAM authentication information: authorization header is not valid",
        by: (bench) => withHeaders(bench, { authorization: "Basic abc" }),
    },
    wrongSignature: {
        says: "401 APIGW.0301 Incorrect IAM authentication information: verify aksk signature fail",
        by: (bench) => withKey(bench, { accessKeySecret: "wrong" }),
    },
    unknownKey: {
        says: "401 APIGW.0301 Incorrect IAM authentication information: Get secretKey failed,err:ak not exist",
        by: (bench) => withKey(bench, { accessKeyId: "NOBODY" }),
    },
    lockedKey: {
        says: "401 APIGW.0301 Incorrect IAM authentication information: AK access failed to reach the limit,forbidden",
        options: { quotas: { "huawei.iam.wrongSignatures": 1 } },
        by: async (bench) => {
            await withKey(bench, { accessKeySecret: "wrong" });
            return withKey(bench, {});
        },
    },
    expiredSignature: {
        says: "401 APIGW.0301 Incorrect IAM authentication information: signature expired",
        by: ({ golden: client }) => client.call("GET", "/v2/cloudimages", { time: new Date(Date.now() - 16 * 60_000) }),
    },
    wrongToken: {
        says: "401 APIGW.0301 Incorrect IAM authentication information: decrypt token fail",
        by: (bench) => withHeaders(bench, { "x-auth-token": "nothing" }),
    },
    expiredToken: {
        says: "401 APIGW.0301 Incorrect IAM authentication information: token expires",
        by: async (bench) => {
            const { headers } = await logIn(bench, password, ofProject);
            bench.seconds(day);
            return withHeaders(bench, { "x-auth-token": headers["x-subject-token"] ?? "" });
        },
    },
    projectOfAnotherDomain: {
        says: "401 APIGW.0301 Incorrect IAM authentication information: project_id does not belong to the account",
        by: ({ golden: client }) =>
            client.call("GET", "/v2/cloudimages", { headers: { "x-project-id": partner.project } }),
    },
    throttled: {
        says: "429 APIGW.0308 The throttling threshold has been reached: policy user over ratelimit",
        options: { quotas: { "huawei.callsPerMinute": 1 } },
        by: async ({ golden: client }) => {
            await client.get("/v2/cloudimages");
            return client.get("/v2/cloudimages");
        },
    },
};

export const iamRows: RowsOf<typeof iamRules> = {
    malformedBody: {
        says: "400 Bad Request Expecting to find valid JSON in the request body. The server could not comply with the request.",
        by: ({ simulator }) => send(simulator.url, "POST", "/v3/auth/tokens", {}, "{}"),
    },
    wrongPassword: {
        says: "401 Unauthorized The username or password is wrong.",
        by: (bench) => logIn(bench, "wrong", ofProject),
    },
    scopeUnknown: {
        says: "401 Unauthorized The project or domain of the scope does not exist or is not the user's.",
        by: (bench) => logIn(bench, password, { project: { id: partner.project } }),
    },
    projectMissing: {
        says: "404 Not Found Could not find project.",
        by: ({ golden: client }) => client.get(`/v3/projects/${partner.project}`),
    },
    tokenMissing: {
        says: "404 Not Found Could not find token.",
        by: ({ golden: client }) => client.get("/v3/auth/tokens"),
    },
};
