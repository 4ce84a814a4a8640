import type { WireAnswer, WireRequest } from "./core/wire";

interface Waiting {
    readonly request: WireRequest;
    readonly reply: (answer: WireAnswer) => void;
}

/**
 * Answers requests that arrive in the same turn of the event loop as one group: they share one commit, and none is
 * answered before it. Each request has its own inner transactions, so a failure does not affect the others.
 */
export function grouped(options: {
    answer: (request: WireRequest) => WireAnswer;
    /** Runs the work and makes it durable. */
    commit: <T>(work: () => T) => T;
    /** The answer if the simulator itself fails. */
    failure: WireAnswer;
    onError: (error: unknown) => void;
}): { readonly answer: (request: WireRequest) => Promise<WireAnswer>; readonly end: () => void } {
    const { answer, commit, failure, onError } = options;
    let waiting: Waiting[] = [];
    let isEnded = false;

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
        if (isEnded) return;
        let answered: { readonly answer: WireAnswer; readonly reply: Waiting["reply"] }[];
        try {
            answered = commit(() => group.map(({ request, reply }) => ({ answer: answerOrFail(request), reply })));
        } catch (error) {
            onError(error);
            answered = group.map(({ reply }) => ({ answer: failure, reply }));
        }
        for (const { answer: given, reply } of answered) reply(given);
    }

    return {
        answer: (request) =>
            new Promise((reply) => {
                if (waiting.length === 0) setImmediate(answerGroup);
                waiting.push({ request, reply });
            }),
        /** Call it after the connections are closed. Requests that are not answered by then are dropped. */
        end: () => {
            isEnded = true;
        },
    };
}
