import type { Surroundings } from "../../dynamic/handler";
import { isAddressable } from "../gone";
import { heldTags } from "../ownership";
import { type Look, waitUntil } from "../waiting";
import type { ServerService } from "./service";

/** Deletes the server, and waits until it does not exist. One that no list shows yet is deleted too. */
export async function releaseServer(
    surroundings: Surroundings,
    service: ServerService,
    id: string,
    { limit, isLeftover }: { limit: number; isLeftover: boolean },
): Promise<void> {
    const { noun, ending, asks } = service;
    let isAsked = false;
    const look = async (): Promise<Look<true>> => {
        const server = (await service.find(id)) ?? (isAsked ? undefined : await unlisted(service, id));
        if (!server) return { done: true };
        isAsked ||= await service.askForDeletion(server, { isLeftover });
        return { pending: isAsked ? ending.doing : `waiting until the ${noun} can be deleted` };
    };
    await waitUntil({ surroundings, what: `the ${ending.noun} of ${noun} ${id}`, look, limit, asks });
}

/** A server that lists hide is still billed: only a call that addresses it tells that it does not exist. */
async function unlisted(service: ServerService, id: string): Promise<{ id: string } | undefined> {
    const isThere = await isAddressable(service.isGone, () => service.tagging(id).set(heldTags));
    return isThere ? { id } : undefined;
}
