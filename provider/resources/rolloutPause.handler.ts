import { z } from "zod";
import type { Handler } from "../dynamic/handler";
import { nameIn } from "../dynamic/urn";
import { pause } from "../lifecycle/pause";
import { duration, limitOf } from "../lifecycle/timeouts";

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

    async create({ origin }) {
        return { id: nameIn(origin.urn), state: {} };
    },

    async read() {
        return { inputs: {}, state: {} };
    },

    // When it is killed, the state keeps what was before, so that the next update pauses again.
    async update({ olds, news, ...surroundings }) {
        if (isAnother(olds.after, news.after)) await pause(surroundings, limitOf(news.pause, "0s"));
        return {};
    },

    async delete() {},
};
