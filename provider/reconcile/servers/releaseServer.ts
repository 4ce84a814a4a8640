import type { HandlerContext } from "../../pulumi/dynamic/handler";
import { isAddressable } from "../notFound";
import { heldTags } from "../ownership/ownership";
import { type PollResult, waitUntil } from "../polling/waiting";
import type { ServerService } from "./service";

/** Deletes the server, and waits until it does not exist. A server that no list shows yet is deleted too. */
export async function releaseServer(
    context: HandlerContext,
    service: ServerService,
    id: string,
    { limit, isOrphan }: { limit: number; isOrphan: boolean },
): Promise<void> {
    const { noun, ending, asks } = service;
    let isAsked = false;
    const poll = async (): Promise<PollResult<true>> => {
        const server = (await service.find(id)) ?? (isAsked ? undefined : await unlisted(service, id));
        if (!server) return { done: true };
        isAsked ||= await service.askForDeletion(server, { isOrphan });
        return { pending: isAsked ? ending.doing : `waiting until the ${noun} can be deleted` };
    };
    await waitUntil({ context, what: `the ${ending.noun} of ${noun} ${id}`, poll, limit, asks });
}

/** A server that lists do not show is still billed. Only a call that addresses it tells that it does not exist. */
async function unlisted(service: ServerService, id: string): Promise<{ id: string } | undefined> {
    const exists = await isAddressable(service.isGone, () => service.tagging(id).set(heldTags));
    return exists ? { id } : undefined;
}
