/** Invalid arguments or an unreadable file: printed as one line, with exit code 2. */
export class UsageError extends Error {
    constructor(message: string, options?: ErrorOptions) {
        super(message, options);
        this.name = "UsageError";
    }
}
