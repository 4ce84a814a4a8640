import { isServer, recipientsOf, textAt } from "../plan/facts";
import type { PlannedAction } from "./order";

/** What the acts up to now have done to the users and recipients of images. */
export class Past {
    readonly #deletedServers = new Set<string>();
    readonly #movedFrom = new Map<string, Set<string>>();
    readonly #unshared = new Map<string, Set<string>>();

    add({ change, does }: PlannedAction): void {
        const { type, olds, news } = change;
        if (does === "delete" && isServer(change) && olds?.id !== undefined) this.#deletedServers.add(olds.id);
        const image = textAt(olds?.outputs, "image");
        if (image === undefined) return;
        if (type === "SystemDiskReplacement" && does !== "delete" && news?.inputs.image !== image) {
            const server = textAt(olds?.outputs, "server");
            if (server !== undefined) addTo(this.#movedFrom, image, server);
        }
        if (type === "ImageShare" && does === "delete") {
            for (const recipient of recipientsOf(olds?.outputs)) addTo(this.#unshared, image, recipient);
        }
    }

    /** Whether a user such as "instance i-bp1… (api)" is a server that is deleted. */
    isDeleted(user: string): boolean {
        return wordsOf(user).some((word) => this.#deletedServers.has(word));
    }

    /** Whether a user of an image is a server whose disk has got another one. */
    hasMoved(user: string, image: string | undefined): boolean {
        const moved = this.#movedFrom.get(image ?? "");
        return moved !== undefined && wordsOf(user).some((word) => moved.has(word));
    }

    isUnshared(recipient: string, image: string | undefined): boolean {
        return this.#unshared.get(image ?? "")?.has(recipient) === true;
    }
}

const wordsOf = (user: string): string[] => user.split(/[\s(),:]+/);

function addTo(sets: Map<string, Set<string>>, key: string, value: string): void {
    const set = sets.get(key) ?? new Set();
    set.add(value);
    sets.set(key, set);
}
