import { z } from "zod";
import { nameOf } from "../report/plan/engineState";
import { stacksHere } from "./stacksHere";

const exported = z.object({
    deployment: z.object({
        resources: z.array(z.object({ urn: z.string(), id: z.string().optional() })).optional(),
    }),
});

/** The resource and the stack of the same backend that hold each of these servers: "api of shop/prod". */
export async function ownersElsewhere(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const owners = new Map<string, string>();
    for await (const stack of stacksHere()) {
        for (const { urn, id } of exported.safeParse(stack).data?.deployment.resources ?? []) {
            if (id !== undefined && ids.includes(id)) owners.set(id, ownerText(urn));
        }
        if (ids.every((id) => owners.has(id))) break;
    }
    return owners;
}

function ownerText(urn: string): string {
    const [, , stack = ""] = urn.split(":");
    const [, project = ""] = urn.split("::");
    return `${nameOf(urn)} of ${project}/${stack}`;
}
