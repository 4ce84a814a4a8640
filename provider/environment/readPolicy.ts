import { readYaml } from "./document";
import type { Policy, Prices } from "./policy";
import type { EnvironmentProblem } from "./problem";
import { readEnvironment } from "./readEnvironment";
import { environmentFile } from "./schema";
import { schemaFindings } from "./schemaFindings";

/** The policy and prices of a file, or its problems. */
export type PolicyReading =
    | { problems: EnvironmentProblem[]; policy?: never }
    | { problems: []; policy: Policy; prices: Prices | undefined };

/** A file that contains only a policy and prices. */
const policyFile = environmentFile.pick({
    $schema: true,
    apiVersion: true,
    description: true,
    policy: true,
    prices: true,
});

/**
 * Reads the policy and prices from an environment file, or from a file with nothing else.
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
