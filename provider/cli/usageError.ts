/** The command was called in a wrong way: its text is one line, and the exit code 2. */
export class UsageError extends Error {
    constructor(message: string, options?: ErrorOptions) {
        super(message, options);
        this.name = "UsageError";
    }
}
