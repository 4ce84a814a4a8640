import type { WireAnswer, WireRequest } from "./core/wire";

interface Waiting {
    readonly request: WireRequest;
    readonly reply: (answer: WireAnswer) => void;
}

/**
 * Answers together the requests that arrive in one turn of the event loop: they cost one commit, and none is answered
 * before it. Each keeps to transactions of its own inside, so that one that breaks takes nothing of the others with it.
 */
export function grouped(options: {
    answer: (request: WireRequest) => WireAnswer;
    /** Runs the work and makes it durable. */
    commit: <T>(work: () => T) => T;
    /** For requests that the simulator itself fails at. */
    failure: WireAnswer;
    onError: (error: unknown) => void;
}): (request: WireRequest) => Promise<WireAnswer> {
    const { answer, commit, failure, onError } = options;
    let waiting: Waiting[] = [];

    function answerOrFail(request: WireRequest): WireAnswer {
        try {
            return answer(request);
        } catch (error) {
            onError(error);
            return failure;
        }
    }

    function answerGroup(): void {
        const group = waiting;
        waiting = [];
        let answered: { readonly answer: WireAnswer; readonly reply: Waiting["reply"] }[];
        try {
            answered = commit(() => group.map(({ request, reply }) => ({ answer: answerOrFail(request), reply })));
        } catch (error) {
            onError(error);
            answered = group.map(({ reply }) => ({ answer: failure, reply }));
        }
        for (const { answer: given, reply } of answered) reply(given);
    }

    return (request) =>
        new Promise((reply) => {
            if (waiting.length === 0) setImmediate(answerGroup);
            waiting.push({ request, reply });
        });
}
