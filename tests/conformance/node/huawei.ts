import { createRequire } from "node:module";
import type { RunningSimulator } from "../../../provider/dist/simulator/index.js";
import { type Call, Refused, type Step } from "./scenario.ts";

interface HcClient {
    withEndpoints(endpoints: readonly string[]): HcClient;
    withCredential(credential: unknown): HcClient;
    sendRequest(request: Record<string, unknown>): Promise<Record<string, unknown>>;
}

interface Credentials {
    withAk(id: string): Credentials;
    withSk(secret: string): Credentials;
    withProjectId(id: string): Credentials;
}

const require = createRequire(import.meta.url);
const core: {
    HcClient: new (http: unknown, options: unknown) => HcClient;
} = require("@huaweicloud/huaweicloud-sdk-core/HcClient");
const http: {
    DefaultHttpClient: new (options: unknown, endpoints: readonly string[]) => unknown;
} = require("@huaweicloud/huaweicloud-sdk-core/http/DefaultHttpClient");
const auth: {
    BasicCredentials: new () => Credentials;
} = require("@huaweicloud/huaweicloud-sdk-core/auth/BasicCredentials");
const exceptions: {
    ServiceResponseException: new () => Error;
} = require("@huaweicloud/huaweicloud-sdk-core/exception/ServiceResponseException");

const silent = Object.fromEntries(
    ["debug", "info", "warn", "error", "setLevel", "setName"].map((name) => [name, () => {}]),
);

/**
 * The SDK's core, configured manually (docs/reference/huawei-api.md#official-node-sdk): only endpoint, key and project.
 */
function clientFor(simulator: RunningSimulator, name: string): HcClient {
    const account = simulator.accounts.find((one) => one.cloud === "huawei" && one.name === name);
    const [key] = account?.keys ?? [];
    const [project] = account?.projects ?? [];
    const credential = new auth.BasicCredentials()
        .withAk(key?.accessKeyId ?? "")
        .withSk(key?.accessKeySecret ?? "")
        .withProjectId(project?.id ?? "");
    const options = { logger: silent, headers: {}, axiosRequestConfig: { timeout: 30_000 } };
    return new core.HcClient(new http.DefaultHttpClient(options, [simulator.url]), options)
        .withEndpoints([simulator.url])
        .withCredential(credential);
}

function requestOf(step: Step): Record<string, unknown> {
    const [method, url] = step.http.split(" ");
    const isJson = step.contentType === "application/json";
    return {
        method,
        url,
        contentType: step.contentType,
        queryParams: step.query,
        pathParams: step.path,
        headers: { ...step.header, ...(isJson ? {} : { "X-Sdk-Content-Sha256": "UNSIGNED-PAYLOAD" }) },
        ...(step.body === undefined ? {} : { data: step.body }),
        responseHeaders: ["X-Subject-Token"],
    };
}

export function huaweiCaller(simulator: RunningSimulator): Call {
    return async (step) => {
        try {
            const body = await clientFor(simulator, step.as).sendRequest(requestOf(step));
            // Lists have an additional property: only their items are the answer.
            return { body: JSON.parse(JSON.stringify(body)), differences: [] };
        } catch (error) {
            if (!(error instanceof exceptions.ServiceResponseException)) throw error;
            const code = Reflect.get(error, "errorCode");
            throw new Refused(code, Number(Reflect.get(error, "httpStatusCode")));
        }
    };
}
