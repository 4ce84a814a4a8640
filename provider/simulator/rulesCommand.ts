import { alibabaCloud } from "./alibaba";
import type { ErrorRule } from "./core/errorRule";
import { huaweiCloud } from "./huawei";

function line({ status, code, confirmed, errorRule, source, message }: ErrorRule): string {
    const certainty = confirmed ? "confirmed" : "assumed";
    // The message of an error is the cloud's own. A request that succeeds has none, so it says what the simulator does.
    const text = status === 200 ? `${errorRule}: ${message}` : errorRule;
    return [String(status).padEnd(4), code.padEnd(40), certainty.padEnd(10), `${text} [${source}]`].join(" ");
}

/** Prints every error that the simulator can return, with its source. `--json` prints JSON. */
export async function printRules({ json }: { json?: boolean }): Promise<void> {
    const clouds = [alibabaCloud, huaweiCloud];
    if (json) {
        const rules = clouds.flatMap((cloud) => cloud.rules.map((errorRule) => ({ cloud: cloud.name, ...errorRule })));
        return void process.stdout.write(`${JSON.stringify(rules, undefined, 2)}\n`);
    }
    for (const cloud of clouds) {
        const assumed = cloud.rules.filter(({ confirmed }) => !confirmed).length;
        process.stdout.write(
            `${cloud.name}: ${cloud.rules.length} rules; ${assumed} are assumptions without a public source\n`,
        );
        for (const errorRule of cloud.rules) process.stdout.write(`  ${line(errorRule)}\n`);
    }
}
