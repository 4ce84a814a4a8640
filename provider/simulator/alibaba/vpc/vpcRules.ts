import type { ErrorRule } from "../../core/errorRule";

/** Errors of Virtual Private Cloud. */
export const vpcRules = {
    unknownVSwitch: {
        errorRule: "DescribeVSwitchAttributes: the vSwitch does not exist",
        source: "docs/reference/ecs.md#ecs-errors; the code that terraform-provider-alicloud expects",
        confirmed: true,
        status: 404,
        code: "InvalidVswitchID.NotFound",
        message: "Specified virtual switch does not exist.",
    },
} as const satisfies Record<string, ErrorRule>;
