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

/** Whether the value of an existing name has changed. */
function hasChanged(olds: Inputs["after"], news: Inputs["after"]): boolean {
    return Object.entries(news).some(([name, id]) => olds[name] !== undefined && olds[name] !== id);
}

export const rolloutPause: Handler<Inputs, object> = {
    inputs,
    // The id is the resource's name, which other stacks can have too.
    hasSharedIds: true,
    replaceOn: [],

    async create({ identity }) {
        return { id: nameIn(identity.urn), state: {} };
    },

    async read() {
        return { inputs: {}, state: {} };
    },

    // If the update is killed, the state keeps the old inputs, so that the next update pauses again.
    async update({ olds, news, ...context }) {
        if (hasChanged(olds.after, news.after)) await pause(context, limitOf(news.pause, "0s"));
        return {};
    },

    async delete() {},
};
