import type { Surroundings } from "../../dynamic/handler";
import { type Look, waitUntil } from "../waiting";
import type { ServerService } from "./service";

/** Lets the server go, and waits until it is gone. */
export async function releaseServer(
    surroundings: Surroundings,
    service: ServerService,
    id: string,
    { limit, isLeftover }: { limit: number; isLeftover: boolean },
): Promise<void> {
    const { noun, ending, asks } = service;
    let isAsked = false;
    const look = async (): Promise<Look<true>> => {
        const server = await service.find(id);
        if (!server) return { done: true };
        isAsked ||= await service.askForDeletion(server, { isLeftover });
        return { pending: isAsked ? ending.doing : `waiting until the ${noun} can be deleted` };
    };
    await waitUntil({ surroundings, what: `the ${ending.noun} of ${noun} ${id}`, look, limit, asks });
}
