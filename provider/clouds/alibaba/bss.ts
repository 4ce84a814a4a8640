import { z } from "zod";
import { flag, optionalText } from "../answerFields";
import { CloudError } from "../errors";
import type { AlibabaConnection } from "./connection";
import { openRpc } from "./rpc";

/**
 * The product code of SWAS servers in billing. UNCONFIRMED: no source names it
 * (docs/reference/alibaba-api.md#billing-product-codes); only the simulator is known to take it.
 */
export const SWAS_PRODUCT_CODE = "swas";

const refund = z
    .object({
        Success: flag,
        Code: optionalText,
        Message: optionalText,
        RequestId: optionalText,
        Data: z.object({ OrderId: optionalText }).nullish(),
    })
    .transform(({ Success, Code, Message, RequestId, Data }) => ({
        success: Success,
        code: Code,
        message: Message,
        requestId: RequestId,
        orderId: Data?.OrderId,
    }));

export type BssClient = ReturnType<typeof bssClient>;

/** Billing (BssOpenApi 2017-12-14), as seen from one region. */
export function bssClient(connection: AlibabaConnection, region: string) {
    const rpc = openRpc(connection, "bss", region);
    return {
        /**
         * Gives a prepaid server back at once and answers the refund order's id. The only way a SWAS server goes
         * away before it expires; its snapshots and custom images go with it. For direct customers only.
         *
         * @throws CloudError also when the answer has status 200 but says `Success: false`
         */
        async refundInstance(request: {
            instanceId: string;
            productCode: string;
            clientToken: string;
        }): Promise<string | undefined> {
            const answer = await rpc.ask({
                action: "RefundInstance",
                query: {
                    InstanceId: request.instanceId,
                    ProductCode: request.productCode,
                    // Required, and empty for every product without sub-types (help.aliyun.com, RefundInstance).
                    ProductType: "",
                    ImmediatelyRelease: "1",
                    ClientToken: request.clientToken,
                },
                answer: refund,
                idempotent: true,
            });
            if (!answer.success) {
                throw new CloudError(`${answer.message ?? "refused"}: server ${request.instanceId} was not refunded`, {
                    cloud: "BSS",
                    operation: "RefundInstance",
                    code: answer.code ?? "RefundRefused",
                    status: 200,
                    requestId: answer.requestId,
                    retryable: false,
                });
            }
            return answer.orderId;
        },
    };
}
