import { z } from "zod";
import { optionalText, text } from "../answerFields";
import type { AlibabaConnection } from "./connection";
import { openRpc } from "./rpc";

const identity = z.object({ AccountId: text, Arn: optionalText }).transform(({ AccountId, Arn }) => ({
    id: AccountId,
    arn: Arn,
}));

export type StsClient = ReturnType<typeof stsClient>;

/** Security Token Service (2015-04-01): the identity of the keys. @throws CloudError */
export function stsClient(connection: AlibabaConnection, region: string) {
    const rpc = openRpc(connection, "sts", region);
    return {
        /**
         * The account that the keys belong to, and the identity that uses them: the account itself, a user, or a role.
         */
        getCallerIdentity: () => rpc.ask({ action: "GetCallerIdentity", answer: identity, idempotent: true }),
    };
}
