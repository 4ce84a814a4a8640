import type { ErrorRule } from "../../core/errorRule";

const assumeRolePage = "AssumeRole (STS 2015-04-01), its error table, from memory";

/** What the Security Token Service refuses. */
export const stsRules = {
    roleArn: {
        errorRule: "a RoleArn has the form acs:ram::<account>:role/<name>",
        source: assumeRolePage,
        confirmed: false,
        status: 400,
        code: "InvalidParameter.RoleArn",
        message: "The parameter RoleArn is wrongly formed.",
    },
    sessionName: {
        errorRule: "a RoleSessionName has 2 to 64 letters, digits and . @ - _",
        source: assumeRolePage,
        confirmed: false,
        status: 400,
        code: "InvalidParameter.RoleSessionName",
        message: "The parameter RoleSessionName is wrongly formed.",
    },
    duration: {
        errorRule: "a session lasts 900 to 3600 seconds",
        source: assumeRolePage,
        confirmed: false,
        status: 400,
        code: "InvalidParameter.DurationSeconds",
        message: "The Min/Max value of DurationSeconds is 15min/1hr.",
    },
    unknownRole: {
        errorRule: "the account has no such role",
        source: assumeRolePage,
        confirmed: false,
        status: 404,
        code: "EntityNotExist.Role",
        message: "The specified Role not exists.",
    },
    roleTrust: {
        errorRule: "a role is assumed by its own account and by those that it trusts",
        source: assumeRolePage,
        confirmed: false,
        status: 403,
        code: "NoPermission",
        message:
            "You are not authorized to do this action. You should be authorized by RAM, and the role must trust you.",
    },
} as const satisfies Record<string, ErrorRule>;
