import { isServer, recipientsOf, textAt } from "../plan/facts";
import type { PlannedAction } from "./order";

/** What the earlier steps of a plan do to the servers and recipients of images. */
export class Past {
    readonly #deletedServers = new Set<string>();
    readonly #movedFrom = new Map<string, Set<string>>();
    readonly #unshared = new Map<string, Set<string>>();

    add({ change, operation }: PlannedAction): void {
        const { type, olds, news } = change;
        if (operation === "delete" && isServer(change) && olds?.id !== undefined) this.#deletedServers.add(olds.id);
        const image = textAt(olds?.outputs, "image");
        if (image === undefined) return;
        if (type === "SystemDiskReplacement" && operation !== "delete" && news?.inputs.image !== image) {
            const server = textAt(olds?.outputs, "server");
            if (server !== undefined) addTo(this.#movedFrom, image, server);
        }
        if (type === "ImageShare" && operation === "delete") {
            for (const recipient of recipientsOf(olds?.outputs)) addTo(this.#unshared, image, recipient);
        }
    }

    /** Whether a server such as "instance i-bp1… (api)" is deleted. */
    isDeleted(user: string): boolean {
        return wordsOf(user).some((word) => this.#deletedServers.has(word));
    }

    /** Whether the system disk of a server that used an image gets another image. */
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
