import { apiError, type ErrorRule } from "../../core/errorRule";
import type { Simulation } from "../../core/simulation";
import { durationOf } from "../durations";
import type { Product } from "../gateway/operation";
import { operation } from "../gateway/operation";
import { id, required, text } from "../gateway/parameters";
import { serverKind } from "../swas/models";
import { release, serverReleased } from "../swas/serverRelease";

/** Errors of the billing service. */
export const bssRules = {
    unknownServer: {
        errorRule: "RefundInstance: the server does not exist in the account",
        source: "no source shows the code; the SWAS code is used",
        confirmed: false,
        status: 404,
        code: "InvalidInstanceId.NotFound",
        message: "The specified InstanceId does not exist.",
    },
} as const satisfies Record<string, ErrorRule>;

/** A refund names no region, so all regions of the account are searched. */
function regionOfServer(sim: Simulation, account: string, serverId: string): string | undefined {
    const found = sim.registry.find("alibaba", serverKind, serverId);
    return found?.scope.account === account ? found.scope.region : undefined;
}

/**
 * The only way to delete a server before it expires: SWAS has no action for it. The product code "swas" is UNCONFIRMED
 * (docs/reference/alibaba-api.md#billing-product-codes).
 */
const refundInstance = operation({
    name: "RefundInstance",
    locate: (sim, account, given) => regionOfServer(sim, account, given.get("InstanceId") ?? ""),
    parameters: {
        InstanceId: required(id),
        ProductCode: required(text({ values: ["swas"] })),
        ProductType: text(),
        /** "1": releases the server immediately. "0": releases it later. */
        ImmediatelyRelease: required(text({ values: ["0", "1"] })),
    },
    run: (caller, { InstanceId, ImmediatelyRelease }) => {
        if (!caller.store.get(serverKind, InstanceId)) throw apiError(bssRules.unknownServer);
        if (ImmediatelyRelease === "1") release(caller.store, InstanceId);
        else {
            const after = durationOf(caller.sim, "serverRefund");
            caller.sim.schedule(serverReleased, caller.scope, after, { serverId: InstanceId });
        }
        const orderId = Math.floor(caller.sim.ids.chance(`order ${InstanceId}`) * 1e15);
        return { Code: "Success", Message: "Successful!", Success: true, Data: { HostId: "", OrderId: orderId } };
    },
});

/** The billing service. */
export const bss: Product = {
    name: "bss",
    version: "2017-12-14",
    hostId: () => "business.aliyuncs.com",
    operations: [refundInstance],
};
