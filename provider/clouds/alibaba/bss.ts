import { z } from "zod";
import { flag, optionalText } from "../answerFields";
import { CloudError } from "../errors";
import type { AlibabaConnection } from "./connection";
import { openRpc } from "./rpc";

/**
 * The product code of SWAS servers in billing. UNCONFIRMED: no source documents it
 * (docs/reference/alibaba-api.md#billing-product-codes); only the simulator is known to accept it.
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

/** Billing (BssOpenApi 2017-12-14), in one region. */
export function bssClient(connection: AlibabaConnection, region: string) {
    const rpc = openRpc(connection, "bss", region);
    return {
        /**
         * Refunds a prepaid server at once and returns the id of the refund order. This is the only way to delete a
         * SWAS server before it expires; its snapshots and custom images are deleted with it. For direct customers
         * only.
         *
         * @throws CloudError also if the answer has status 200 but contains `Success: false`
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
