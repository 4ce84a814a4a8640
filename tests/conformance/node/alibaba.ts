import { createRequire } from "node:module";
import { $OpenApiUtil } from "@alicloud/openapi-core";
import type { RunningSimulator } from "../../../provider/dist/simulator/index.js";
import { built, differences, type Model, type ModelClass } from "./alibabaModels.ts";
import { type Answer, type Call, Refused, type Step } from "./scenario.ts";

interface Client {
    callApi(params: unknown, request: unknown, runtime: unknown): Promise<{ body: unknown }>;
}

/** Its models are found by name. */
interface Sdk {
    default: { new (config: $OpenApiUtil.Config): Client; prototype: object };
}

const require = createRequire(import.meta.url);
const swas: Sdk = require("@alicloud/swas-open20200601");
const ecs: Sdk = require("@alicloud/ecs20140526");
const products = new Map([
    ["swas", { sdk: swas, version: "2020-06-01" }],
    ["ecs", { sdk: ecs, version: "2014-05-26" }],
]);

const lowerFirst = (text: string): string => text.slice(0, 1).toLowerCase() + text.slice(1);

function productOf(operation: string) {
    const [name = "", action = ""] = operation.split(".");
    const product = products.get(name);
    if (!product) throw new Error(`no SDK for ${operation}`);
    return { ...product, action };
}

/** Every action with a method in the SDKs, like swas.ListDisks. */
export const offered = [...products].flatMap(([name, { sdk }]) =>
    Object.getOwnPropertyNames(sdk.default.prototype)
        .filter((method) => method.endsWith("WithOptions"))
        .map((method) => `${name}.${method.slice(0, 1).toUpperCase()}${method.slice(1, -"WithOptions".length)}`),
);

/** Calls an action with the generic call that all methods of the SDK use. */
async function generic(client: Client, { version, action }: ReturnType<typeof productOf>, send: Step["send"]) {
    const params = new $OpenApiUtil.Params({
        action,
        version,
        protocol: "HTTP",
        pathname: "/",
        method: "POST",
        authType: "AK",
        style: "RPC",
        reqBodyType: "formData",
        bodyType: "json",
    });
    const query = Object.fromEntries(Object.entries(send).map(([name, value]) => [name, String(value)]));
    const { body } = await client.callApi(params, new $OpenApiUtil.OpenApiRequest({ query }), {});
    return { body, differences: [] };
}

async function modelled(client: Client, { sdk, action }: ReturnType<typeof productOf>, send: Step["send"]) {
    let sent: unknown;
    const callApi = client.callApi.bind(client);
    client.callApi = async (...call) => {
        const answer = await callApi(...call);
        sent = structuredClone(answer.body);
        return answer;
    };
    const model: ModelClass = Reflect.get(sdk, `${action}Request`);
    const method: (request: Model) => Promise<{ body: Model }> = Reflect.get(client, lowerFirst(action));
    const { body } = await method.call(client, built(model, send));
    const understood = body.toMap();
    return { body: understood, differences: differences(sent, understood, action) };
}

/** The official SDKs, unmodified: only the endpoint is changed. */
export function alibabaCaller(simulator: RunningSimulator, signature: "ACS3" | "v2"): Call {
    return async (step): Promise<Answer> => {
        const product = productOf(step.operation);
        const account = simulator.accounts.find(({ cloud, name }) => cloud === "alibaba" && name === step.as);
        const client = new product.sdk.default(
            new $OpenApiUtil.Config({
                ...(step.credentials ?? account?.keys[0]),
                endpoint: new URL(simulator.url).host,
                protocol: "http",
                readTimeout: 30_000,
                connectTimeout: 30_000,
                ...(signature === "v2" ? { signatureAlgorithm: "v2" } : {}),
            }),
        );
        try {
            return await (step.generic ? generic : modelled)(client, product, step.send);
        } catch (error) {
            if (!(error instanceof Error) || !("code" in error)) throw error;
            const status = "statusCode" in error ? Number(error.statusCode) : 0;
            throw new Refused(String(error.code), status);
        }
    };
}
