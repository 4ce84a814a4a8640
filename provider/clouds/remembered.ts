import { shareWork } from "./patience";

/** What hardly ever changes is asked once while the process runs; a failure is not kept. */
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
