import { z } from "zod";
import { nameOf } from "../report/engineState";
import { pulumiHere } from "./pulumiHere";

const stacks = z.array(z.object({ name: z.string() }));
const exported = z.object({
    deployment: z.object({
        resources: z.array(z.object({ urn: z.string(), id: z.string().optional() })).optional(),
    }),
});

/** Of the servers with these ids, which resource of which stack of the same backend each is: "api of shop/prod". */
export async function ownersElsewhere(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const owners = new Map<string, string>();
    try {
        const all = stacks.parse(await (await pulumiHere(undefined))("stack ls --all"));
        for (const { name } of all) {
            if (ids.every((id) => owners.has(id))) break;
            for (const { urn, id } of await resourcesOf(name)) {
                if (id !== undefined && ids.includes(id)) owners.set(id, ownerText(urn));
            }
        }
    } catch {
        // Whoever may not look into other stacks still learns which servers there are.
    }
    return owners;
}

async function resourcesOf(stack: string) {
    try {
        const found = exported.parse(await (await pulumiHere(stack))("stack export"));
        return found.deployment.resources ?? [];
    } catch {
        return [];
    }
}

function ownerText(urn: string): string {
    const [, , stack = ""] = urn.split(":");
    const [, project = ""] = urn.split("::");
    return `${nameOf(urn)} of ${project}/${stack}`;
}
