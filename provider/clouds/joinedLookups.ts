import { currentPatience, jointPatience, type Patience, withinPatience, withPatience } from "./patience";

/** Somebody who waits for an answer. */
interface Waiter<Question, Answer> {
    readonly question: Question;
    /** Of the step that asks. */
    readonly patience: Patience | undefined;
    /** Whether its step has given up: it needs no answer any more. */
    hasLeft: boolean;
    answer(answer: Answer): void;
    fail(reason: unknown): void;
}

export interface JoinedCall<Question, Answer> {
    /**
     * Asks the cloud. Calls `take` when its first request leaves, not before: it answers the questions that this call
     * must answer. When that request is sent again, it takes those that came since as well.
     */
    call: (take: () => readonly Question[]) => Promise<(question: Question) => Answer>;
    /** Questions that one call can answer, at most. @default as many as there are */
    most?: number;
    /**
     * Whether a refusal may be due to a single question: the rest is then asked without it.
     * @default none is
     */
    isAboutOne?: (error: unknown) => boolean;
}

/** Asks; the signal ends the asker's waiting, not the call that others wait for. */
export type Ask<Question, Answer> = (question: Question, signal?: AbortSignal) => Promise<Answer>;

/**
 * Joins what many ask at the same time into one call. An answer never comes from a call that began before the question
 * was asked: what was made or deleted in between would be missed. While one call is under way, questions gather for the
 * next.
 */
export function joinCalls<Question, Answer>(options: JoinedCall<Question, Answer>): Ask<Question, Answer> {
    const { call, most = Number.POSITIVE_INFINITY, isAboutOne = () => false } = options;
    type Asker = Waiter<Question, Answer>;
    const waiting = new Set<Asker>();
    let isAsking = false;

    function taker(asked: Set<Asker>, from: Set<Asker>): () => readonly Question[] {
        return () => {
            const questions = new Set([...asked].map(({ question }) => question));
            for (const waiter of from) {
                if (!questions.has(waiter.question) && questions.size >= most) break;
                questions.add(waiter.question);
                asked.add(waiter);
                from.delete(waiter);
            }
            return [...questions];
        };
    }

    /** One call for as many as it takes from these. */
    async function askOnce(from: Set<Asker>): Promise<void> {
        const asked = new Set<Asker>();
        const take = taker(asked, from);
        // The call goes on while one of those who wait for it has time left, or would be asked for next.
        const waitingNow = () => [...(asked.size > 0 ? asked : from)].filter(({ hasLeft }) => !hasLeft);
        const joint = jointPatience(() => waitingNow().map(({ patience }) => patience));
        try {
            const answerOf = await withPatience(joint, () => call(take));
            for (const waiter of asked) waiter.answer(answerOf(waiter.question));
        } catch (error) {
            // It may have failed before it was sent.
            if (asked.size === 0) take();
            const questions = new Set([...asked].map(({ question }) => question));
            if (questions.size > 1 && isAboutOne(error)) return askHalves([...asked], [...questions]);
            for (const waiter of asked) waiter.fail(error);
        }
    }

    async function askHalves(asked: readonly Asker[], questions: readonly Question[]): Promise<void> {
        const first = new Set(questions.slice(0, Math.ceil(questions.length / 2)));
        for (const half of [true, false]) {
            await askOnce(new Set(asked.filter(({ question }) => first.has(question) === half)));
        }
    }

    async function askAll(): Promise<void> {
        if (isAsking) return;
        isAsking = true;
        // Whatever asks in the same turn of the event loop goes along.
        await new Promise(setImmediate);
        while (waiting.size > 0) await askOnce(waiting);
        isAsking = false;
    }

    return async (question, signal) => {
        signal?.throwIfAborted();
        const patience = currentPatience();
        let leave = () => {};
        const answered = new Promise<Answer>((answer, fail) => {
            const waiter: Asker = { question, patience, hasLeft: false, answer, fail };
            const abort = () => fail(signal?.reason);
            signal?.addEventListener("abort", abort, { once: true });
            leave = () => {
                waiter.hasLeft = true;
                waiting.delete(waiter);
                signal?.removeEventListener("abort", abort);
            };
            waiting.add(waiter);
        });
        void askAll();
        return withinPatience(patience, answered).finally(leave);
    };
}

/** Joins lookups of single objects by id; undefined for an object that is not there. */
export function joinLookups<T>(options: {
    /** Finds those with the ids that `take` gives; it may find others too. */
    find: (take: () => readonly string[]) => Promise<readonly T[]>;
    idOf: (found: T) => string;
    most?: number;
    isAboutOne?: (error: unknown) => boolean;
}): Ask<string, T | undefined> {
    const { find, idOf, most, isAboutOne } = options;
    return joinCalls({
        call: async (take) => {
            const byId = new Map((await find(take)).map((found) => [idOf(found), found]));
            return (id) => byId.get(id);
        },
        most,
        isAboutOne,
    });
}

/** Joins equal calls, such as lists of everything. `began` must be called when the first request leaves. */
export function joinEqual<T>(call: (began: () => void) => Promise<T>): (signal?: AbortSignal) => Promise<T> {
    const ask = joinCalls<undefined, T>({
        call: async (take) => {
            const answer = await call(take);
            return () => answer;
        },
    });
    return (signal) => ask(undefined, signal);
}
