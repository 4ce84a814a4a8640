import { hash } from "node:crypto";
import type { WireAnswer } from "./wire";

/** The latest answer to each read, for stale answers. Kept in this process only, and bounded. */
export class LastAnswers {
    /** By the hash of the request, which can be long. Oldest first. */
    private readonly answers = new Map<string, WireAnswer>();
    private characters = 0;

    constructor(
        private readonly maxAnswers = 1000,
        private readonly maxCharacters = 8 * 1024 * 1024,
    ) {}

    recall(question: string): WireAnswer | undefined {
        return this.answers.get(hash("sha256", question));
    }

    remember(question: string, answer: WireAnswer): void {
        const key = hash("sha256", question);
        this.forget(key);
        this.answers.set(key, answer);
        this.characters += answer.body.length;
        for (const oldest of this.answers.keys()) {
            if (this.answers.size <= this.maxAnswers && this.characters <= this.maxCharacters) break;
            this.forget(oldest);
        }
    }

    private forget(key: string): void {
        this.characters -= this.answers.get(key)?.body.length ?? 0;
        this.answers.delete(key);
    }
}
