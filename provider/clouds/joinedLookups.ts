import { currentPatience, jointPatience, type Patience, withinPatience, withPatience } from "./patience";

/** A caller that waits for an answer. */
interface Waiter<Question, Answer> {
    readonly question: Question;
    /** The patience of the calling step. */
    readonly patience: Patience | undefined;
    /** Whether its step has given up and needs no answer any more. */
    hasLeft: boolean;
    answer(answer: Answer): void;
    fail(reason: unknown): void;
}

export interface JoinedCall<Question, Answer> {
    /**
     * Calls the cloud. It must call `take` when its first request is sent, not before, and answers the questions that
     * `take` returns. If that request is sent again, `take` also returns the questions that arrived since.
     */
    call: (take: () => readonly Question[]) => Promise<(question: Question) => Answer>;
    /** The largest number of questions in one call. @default no limit */
    most?: number;
    /**
     * Whether a refusal may be caused by a single question: the others are then asked without it.
     * @default never
     */
    isAboutOne?: (error: unknown) => boolean;
}

/** Asks a question. The signal ends the waiting of the caller, not the call that others wait for. */
export type Ask<Question, Answer> = (question: Question, signal?: AbortSignal) => Promise<Answer>;

/**
 * Joins simultaneous questions into one call. An answer never comes from a call that started before the question was
 * asked, because it could miss objects that were created or deleted in between. While one call is running, questions
 * are collected for the next.
 */
export function joinCalls<Question, Answer>(options: JoinedCall<Question, Answer>): Ask<Question, Answer> {
    const { call, most = Number.POSITIVE_INFINITY, isAboutOne = () => false } = options;
    type Asker = Waiter<Question, Answer>;
    const waiting = new Set<Asker>();
    let isAsking = false;

    function createTake(asked: Set<Asker>, from: Set<Asker>): () => readonly Question[] {
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

    /** Runs one call for as many of these questions as it takes. */
    async function askOnce(from: Set<Asker>): Promise<void> {
        const asked = new Set<Asker>();
        const take = createTake(asked, from);
        // The call continues while one of the callers that wait for it, or that would be in the next call, has time
        // left.
        const waitingNow = () => [...(asked.size > 0 ? asked : from)].filter(({ hasLeft }) => !hasLeft);
        const joint = jointPatience(() => waitingNow().map(({ patience }) => patience));
        try {
            const answerOf = await withPatience(joint, () => call(take));
            for (const waiter of asked) waiter.answer(answerOf(waiter.question));
        } catch (error) {
            // The call may have failed before its request was sent.
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
        // Questions of the same turn of the event loop are included.
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

/** Joins lookups of single objects by id; the answer is undefined for an object that does not exist. */
export function joinLookups<T>(options: {
    /** Finds the objects with the ids that `take` returns; it may find others too. */
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

/** Joins equal calls, such as complete lists. `began` must be called when the first request is sent. */
export function joinEqual<T>(call: (began: () => void) => Promise<T>): (signal?: AbortSignal) => Promise<T> {
    const ask = joinCalls<undefined, T>({
        call: async (take) => {
            const answer = await call(take);
            return () => answer;
        },
    });
    return (signal) => ask(undefined, signal);
}
