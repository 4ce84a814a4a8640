import { CloudError } from "../../clouds/errors";

/** The cloud is changing the server's state, perhaps because of an earlier request; the next poll tells. */
function isWrongState(error: unknown): boolean {
    return error instanceof CloudError && error.code.startsWith("IncorrectInstanceStatus");
}

/**
 * Requests a change of a server's state.
 * @returns false if the server's state is different from the state that was read
 */
export async function unlessChanged(ask: () => Promise<unknown>): Promise<boolean> {
    try {
        await ask();
        return true;
    } catch (error) {
        if (isWrongState(error)) return false;
        throw error;
    }
}

export function powerOf(status: string): "running" | "stopped" | "busy" {
    if (status === "Running") return "running";
    return status === "Stopped" ? "stopped" : "busy";
}
