import { readYaml } from "./document";
import type { Policy, Prices } from "./policy";
import type { EnvironmentProblem } from "./problem";
import { readEnvironment } from "./readEnvironment";
import { environmentFile } from "./schema";
import { schemaFindings } from "./schemaFindings";

/** What a file says that reports are judged by, or what is wrong with the file. */
export type PolicyReading =
    | { problems: EnvironmentProblem[]; policy?: never }
    | { problems: []; policy: Policy; prices: Prices | undefined };

/** A file with no image and no server in it. */
const policyFile = environmentFile.pick({
    $schema: true,
    apiVersion: true,
    description: true,
    policy: true,
    prices: true,
});

/**
 * Reads policy and prices of an environment file, or of a file that has nothing else.
 *
 * @param file its name, for the problems
 */
export function readPolicy(file: string, text: string): PolicyReading {
    const yaml = readYaml(file, text);
    if (yaml.problems.length > 0) return { problems: yaml.problems };
    const keys = typeof yaml.data === "object" && yaml.data !== null ? Object.keys(yaml.data) : [];
    if (keys.some((key) => ["clouds", "images", "servers", "parameters"].includes(key))) {
        const { problems, model } = readEnvironment(file, text);
        return model ? { problems: [], policy: model.policy, prices: model.prices } : { problems };
    }
    const parsed = policyFile.safeParse(yaml.data);
    if (!parsed.success) return { problems: schemaFindings(parsed.error.issues, yaml).map(yaml.place) };
    const { policy = {}, prices } = parsed.data;
    return { problems: [], policy, prices };
}
