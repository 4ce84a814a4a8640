import type { DynamicProvider } from "./adapter";

/** The text of an error of this provider. The plugin prints the text, a colon and the stack. */
const marker = "pulumi-machine-images: the engine shows this error";

/**
 * A provider whose errors are shown only once. If check, diff, read or delete fails, Pulumi's plugin calls
 * `console.error(`${error}: ${error.stack}`)` and then returns the message, which the engine shows
 * (@pulumi/pulumi 3.150 to 3.259). These errors print as a marker, and `dropShownErrors` drops that line.
 */
export function shownOnce(provider: DynamicProvider): DynamicProvider {
    return {
        ...provider,
        check: (olds, news) => shown(() => provider.check(olds, news)),
        diff: (id, olds, news) => shown(() => provider.diff(id, olds, news)),
        read: (id, olds) => shown(() => provider.read(id, olds)),
        delete: (id, olds) => shown(() => provider.delete(id, olds)),
    };
}

async function shown<Result>(step: () => Promise<Result>): Promise<Result> {
    try {
        return await step();
    } catch (error) {
        if (!(error instanceof Error)) throw error;
        error.stack = "";
        Object.defineProperty(error, "toString", { value: () => marker, configurable: true });
        throw error;
    }
}

/** Drops the lines that the plugin prints for these errors. Prints everything else unchanged. */
export function dropShownErrors(output: Pick<Console, "error">): void {
    const print = output.error;
    output.error = (...parts: unknown[]) => {
        if (parts.length === 1 && parts[0] === `${marker}: `) return;
        print.apply(output, parts);
    };
}
