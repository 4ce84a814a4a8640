import { shareWork } from "./patience";

/** Caches answers that rarely change for the life of the process; failures are not cached. */
export function remembered<Key, T>(ask: (key: Key) => Promise<T>): (key: Key) => Promise<T> {
    const answers = new Map<Key, () => Promise<T>>();
    return async (key) => {
        const answer = answers.get(key) ?? startOf(key);
        return answer();
    };

    function startOf(key: Key): () => Promise<T> {
        const forget = (error: unknown) => {
            answers.delete(key);
            throw error;
        };
        const answer = shareWork(() => ask(key).catch(forget));
        answers.set(key, answer);
        return answer;
    }
}
