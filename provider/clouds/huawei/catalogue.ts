import { z } from "zod";
import { list, text } from "../answerFields";
import { remembered } from "../remembered";
import { isGone } from "./failures";
import { path, type Rest } from "./rest";
import { flavor as flavorAnswer, type HuaweiFlavor } from "./serverAnswers";

const flavorNames = z
    .object({ flavors: list(z.object({ id: text })) })
    .transform(({ flavors }) => flavors.map(({ id }) => id));

/** What a region offers for servers, as of the first request of this process. */
export function catalogueQueries(rest: Rest) {
    const flavor = async (id: string): Promise<HuaweiFlavor | undefined> => {
        try {
            return await rest.ask({
                operation: "NovaShowFlavor",
                method: "GET",
                path: path`/v2.1/{project_id}/flavors/${id}`,
                answer: flavorAnswer,
                idempotent: true,
            });
        } catch (error) {
            if (isGone(error)) return undefined;
            throw error;
        }
    };

    return {
        /** A flavor by its id, which is its name; undefined if it does not exist. */
        flavor: remembered(flavor),

        /** The names of the flavors. */
        flavorNames: remembered<undefined, string[]>(() =>
            rest.ask({
                operation: "NovaListFlavors",
                method: "GET",
                path: path`/v2.1/{project_id}/flavors`,
                answer: flavorNames,
                idempotent: true,
            }),
        ),
    };
}
