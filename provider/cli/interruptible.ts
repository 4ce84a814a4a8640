import { constants } from "node:os";

/** Runs work that may be interrupted at any time. On a signal, calls `onInterrupt` and exits with the signal's code. */
export async function interruptible<T>(onInterrupt: () => void, work: () => Promise<T>): Promise<T> {
    const interrupt = (signal: "SIGINT" | "SIGTERM") => {
        onInterrupt();
        process.exit(128 + constants.signals[signal]);
    };
    process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
    try {
        return await work();
    } finally {
        process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
    }
}
