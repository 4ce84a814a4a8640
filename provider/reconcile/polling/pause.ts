import { spoken } from "../../core/time";
import type { HandlerContext } from "../../pulumi/dynamic/handler";

/** Waits by the clouds' clock, and reports how much time is left. */
export async function pause(
    { time, report, clouds }: Pick<HandlerContext, "time" | "report" | "clouds">,
    ms: number,
): Promise<void> {
    const end = time.now() + ms / clouds.speed;
    for (let left = end - time.now(); left > 0; left = end - time.now()) {
        report(`pausing (${spoken(left)} left)`);
        await time.sleep(Math.min(left, clouds.pollMs));
    }
    // Without this, the row would keep showing the last message.
    report("");
}
