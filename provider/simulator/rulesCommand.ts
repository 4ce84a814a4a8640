import { alibabaCloud } from "./alibaba";
import type { ErrorRule } from "./core/errorRule";
import { huaweiCloud } from "./huawei";

function line({ status, code, confirmed, errorRule, source }: ErrorRule): string {
    const certainty = confirmed ? "confirmed" : "chosen";
    return [String(status).padEnd(4), code.padEnd(40), certainty.padEnd(10), `${errorRule} [${source}]`].join(" ");
}

/** The command: every reason for which the simulated clouds say no, with its source; `--json` for machines. */
export async function printRules({ json }: { json?: boolean }): Promise<void> {
    const clouds = [alibabaCloud, huaweiCloud];
    if (json) {
        const rules = clouds.flatMap((cloud) => cloud.rules.map((errorRule) => ({ cloud: cloud.name, ...errorRule })));
        return void process.stdout.write(`${JSON.stringify(rules, undefined, 2)}\n`);
    }
    for (const cloud of clouds) {
        const chosen = cloud.rules.filter(({ confirmed }) => !confirmed).length;
        process.stdout.write(
            `${cloud.name}: ${cloud.rules.length} rules, ${chosen} of them chosen for want of a source\n`,
        );
        for (const errorRule of cloud.rules) process.stdout.write(`  ${line(errorRule)}\n`);
    }
}
