import { z } from "zod";
import { UserError } from "../../clouds/errors";
import { type Answered, type Request, requestText } from "./sendOnce";

/** The error for an unsuccessful answer. @param isTemporary whether a later retry can succeed */
export function refusal(
    asked: Request,
    { status, text }: Answered,
    { token, permission }: { token: string; permission: string },
    isTemporary: boolean,
): UserError {
    const refused = `${requestText(asked)} was refused with ${status}`;
    if (isTemporary) return new UserError(`${refused}, which is temporary: run this step later`);
    if (status === 401) return new UserError(`${refused}: the token is not valid. Use another token`);
    if (status === 403) {
        return new UserError(`${refused}: the token lacks the permission to write comments. Grant it ${permission}`);
    }
    if (status === 404) {
        return new UserError(
            `${refused}: the pull or merge request does not exist, or the token cannot read it. Correct the number, or grant the token ${permission}`,
        );
    }
    const reason = plainReason(text, token);
    return new UserError(`${refused}${reason === undefined ? "" : `: ${reason}`}`);
}

const message = z.object({ message: z.string() }).transform(({ message: text }) => text);
/** Shorter pieces of a token occur in ordinary words. */
const pieceLength = 5;

/**
 * The API's reason if it is a sentence of plain words; otherwise undefined. An answer can repeat the request with its
 * token, in any encoding, so a reason with digits, long words or pieces of the token is not shown.
 */
function plainReason(text: string, token: string): string | undefined {
    const reason = message.safeParse(jsonOf(text)).data ?? text.trim();
    if (!/^(?=.{1,120}$)[A-Za-z]{1,16}[,.:]?(?: [A-Za-z]{1,16}[,.:]?)*$/.test(reason)) return undefined;
    const [letters, secret] = [reason, token].map((each) => each.toLowerCase().replace(/[^a-z]/g, ""));
    if (letters === undefined || secret === undefined) return undefined;
    const reversed = [...secret].reverse().join("");
    for (let start = 0; start + pieceLength <= secret.length; start++) {
        const pieces = [secret, reversed].map((whole) => whole.slice(start, start + pieceLength));
        if (pieces.some((piece) => letters.includes(piece))) return undefined;
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
