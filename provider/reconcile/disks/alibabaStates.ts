import { CloudError } from "../../clouds/errors";

/** The cloud does something else with the server, perhaps what it was asked for before: another look will tell. */
function isWrongState(error: unknown): boolean {
    return error instanceof CloudError && error.code.startsWith("IncorrectInstanceStatus");
}

/** Asks for a change of a server's state. @returns false when the server is in another state than was seen */
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
