import type { WireAnswer } from "./wire";

/** The latest answer to each read, for reads that are to answer stale. Of this process only, and bounded. */
export class LastAnswers {
    private readonly answers = new Map<string, WireAnswer>();

    constructor(private readonly most = 1000) {}

    recall(question: string): WireAnswer | undefined {
        return this.answers.get(question);
    }

    remember(question: string, answer: WireAnswer): void {
        this.answers.delete(question);
        this.answers.set(question, answer);
        const [oldest] = this.answers.keys();
        if (this.answers.size > this.most && oldest !== undefined) this.answers.delete(oldest);
    }
}
