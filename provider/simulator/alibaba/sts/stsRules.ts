import type { ErrorRule } from "../../core/errorRule";

const assumeRolePage = "AssumeRole (STS 2015-04-01), its error table, unverified";

/** Errors of the Security Token Service. */
export const stsRules = {
    roleArn: {
        errorRule: "the RoleArn does not have the form acs:ram::<account>:role/<name>",
        source: assumeRolePage,
        confirmed: false,
        status: 400,
        code: "InvalidParameter.RoleArn",
        message: "The parameter RoleArn is wrongly formed.",
    },
    sessionName: {
        errorRule: "the RoleSessionName does not have 2 to 64 letters, digits and . @ - _",
        source: assumeRolePage,
        confirmed: false,
        status: 400,
        code: "InvalidParameter.RoleSessionName",
        message: "The parameter RoleSessionName is wrongly formed.",
    },
    duration: {
        errorRule: "DurationSeconds is not between 900 and 3600",
        source: assumeRolePage,
        confirmed: false,
        status: 400,
        code: "InvalidParameter.DurationSeconds",
        message: "The Min/Max value of DurationSeconds is 15min/1hr.",
    },
    unknownRole: {
        errorRule: "the account does not have the role",
        source: assumeRolePage,
        confirmed: false,
        status: 404,
        code: "EntityNotExist.Role",
        message: "The specified Role not exists.",
    },
    roleTrust: {
        errorRule: "the role does not trust the caller's account",
        source: assumeRolePage,
        confirmed: false,
        status: 403,
        code: "NoPermission",
        message:
            "You are not authorized to do this action. You should be authorized by RAM, and the role must trust you.",
    },
} as const satisfies Record<string, ErrorRule>;
