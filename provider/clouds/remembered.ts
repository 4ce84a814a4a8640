/** What hardly ever changes is asked once while the process runs; a failure is not kept. */
export function remembered<Key, T>(ask: (key: Key) => Promise<T>): (key: Key) => Promise<T> {
    const answers = new Map<Key, Promise<T>>();
    return (key) => {
        const known = answers.get(key);
        if (known) return known;
        const answer = ask(key);
        answers.set(key, answer);
        answer.catch(() => answers.delete(key));
        return answer;
    };
}
