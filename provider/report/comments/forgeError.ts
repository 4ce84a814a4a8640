import { z } from "zod";
import { UserError } from "../../clouds/errors";
import { type Answered, type Request, said } from "./sendOnce";

/** The error of an answer that is no success. @param wasRetried whether the same was sent again without success */
export function refusal(
    asked: Request,
    { status, text }: Answered,
    { token, permission }: { token: string; permission: string },
    wasRetried: boolean,
): UserError {
    const refused = `${said(asked)} was refused with ${status}`;
    if (wasRetried) return new UserError(`${refused} although it was tried again: run this step later`);
    if (status === 401) return new UserError(`${refused}: the token is not valid, give another`);
    if (status === 403) return new UserError(`${refused}: the token may not write comments, give it ${permission}`);
    if (status === 404) {
        return new UserError(
            `${refused}: there is no such request, or the token may not see it: correct the number, or give it ${permission}`,
        );
    }
    const reason = plainReason(text, token);
    return new UserError(`${refused}${reason === undefined ? "" : `: ${reason}`}`);
}

const message = z.object({ message: z.string() }).transform(({ message: text }) => text);
/** A piece of a token that is this long does not come by chance. */
const pieceLength = 5;

/**
 * What an API says of its refusal, when it is a sentence of plain words; undefined otherwise. An answer may repeat the
 * request with its token, in any encoding: digits, long words and pieces of the token are not plain.
 */
function plainReason(text: string, token: string): string | undefined {
    const reason = message.safeParse(jsonOf(text)).data ?? text.trim();
    if (!/^(?=.{1,120}$)[A-Za-z]{1,16}[,.:]?(?: [A-Za-z]{1,16}[,.:]?)*$/.test(reason)) return undefined;
    const [said, secret] = [reason, token].map((each) => each.toLowerCase().replace(/[^a-z]/g, ""));
    if (said === undefined || secret === undefined) return undefined;
    const turned = [...secret].reverse().join("");
    for (let start = 0; start + pieceLength <= secret.length; start++) {
        const ends = [secret, turned].map((whole) => whole.slice(start, start + pieceLength));
        if (ends.some((piece) => said.includes(piece))) return undefined;
    }
    return reason;
}

function jsonOf(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}
