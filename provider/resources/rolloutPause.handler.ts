import { z } from "zod";
import type { Handler } from "../pulumi/dynamic/handler";
import { nameIn } from "../pulumi/dynamic/urn";
import { pause } from "../reconcile/polling/pause";
import { duration, limitOf } from "../reconcile/polling/timeouts";

const inputs = z.strictObject({
    after: z.record(z.string(), z.string()),
    pause: duration,
});

type Inputs = z.infer<typeof inputs>;

/** Whether something that was there is another now. */
function isAnother(olds: Inputs["after"], news: Inputs["after"]): boolean {
    return Object.entries(news).some(([name, id]) => olds[name] !== undefined && olds[name] !== id);
}

export const rolloutPause: Handler<Inputs, object> = {
    inputs,
    // The id is the name, which other stacks have, too.
    hasSharedIds: true,
    replaceOn: [],

    async create({ identity }) {
        return { id: nameIn(identity.urn), state: {} };
    },

    async read() {
        return { inputs: {}, state: {} };
    },

    // When it is killed, the state keeps what was before, so that the next update pauses again.
    async update({ olds, news, ...context }) {
        if (isAnother(olds.after, news.after)) await pause(context, limitOf(news.pause, "0s"));
        return {};
    },

    async delete() {},
};
