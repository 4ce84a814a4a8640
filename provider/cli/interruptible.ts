import { constants } from "node:os";

/** Runs what may be interrupted at any time: Ctrl-C says what happens to it, and ends with the code of its signal. */
export async function interruptible<T>(said: () => void, work: () => Promise<T>): Promise<T> {
    const interrupt = (signal: "SIGINT" | "SIGTERM") => {
        said();
        process.exit(128 + constants.signals[signal]);
    };
    process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
    try {
        return await work();
    } finally {
        process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
    }
}
