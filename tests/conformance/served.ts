import { z } from "zod";
import type { RunningSimulator } from "../../provider/dist/simulator/index.js";
import { Client, golden } from "../simulator/huawei/client.ts";
import { alibabaCaller, offered as offeredByAlibaba } from "./node/alibaba.ts";
import { Refused, stepsOf } from "./node/scenario.ts";

/** The actions of Alibaba's SDKs that the simulator has: it rejects others by name. */
export async function servedOfAlibaba(simulator: RunningSimulator): Promise<string[]> {
    const call = alibabaCaller(simulator, "ACS3");
    const [step] = stepsOf("swasImages");
    if (!step) throw new Error("the scenario has no steps");
    const served: string[] = [];
    for (const operation of offeredByAlibaba) {
        const answer = await call({ ...step, operation, generic: true, send: {} }).catch((error: unknown) => error);
        if (!(answer instanceof Refused && answer.code === "InvalidAction.NotFound")) served.push(operation);
    }
    return served;
}

export const offer = z.object({ operation: z.string(), method: z.string(), path: z.string() });

/** The operations of Huawei's SDKs whose method and path the simulator has. */
export async function servedOfHuawei(
    simulator: RunningSimulator,
    offers: readonly z.infer<typeof offer>[],
): Promise<string[]> {
    const client = new Client(simulator.url, golden.project, golden.key);
    const answerTo = async (method: string, path: string) => {
        const { status, body } = await client.call(method, path);
        const code = body?.error_code ?? body?.error?.code ?? body?.code ?? "";
        return {
            isKnown: code !== "APIGW.0101" && !/no simulated cloud/.test(body?.message),
            answer: `${status} ${code}`,
        };
    };
    const served: string[] = [];
    for (const { operation, method, path } of offers) {
        if (method === "HEAD") continue;
        const asked = path.replaceAll("{project_id}", golden.project).replace(/\{\w+\}/g, "none");
        const { isKnown, answer } = await answerTo(method, asked);
        // .../vaults/summary could have matched a vault of that name.
        const last = path.split("/").at(-1) ?? "";
        const isTakenForAnId =
            isKnown &&
            !last.startsWith("{") &&
            (await answerTo(method, asked.replace(/[^/]+$/, "another"))).answer === answer;
        if (isKnown && !isTakenForAnId) served.push(operation);
    }
    return served;
}
