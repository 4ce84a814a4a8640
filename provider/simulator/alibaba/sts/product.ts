import { apiError } from "../../core/errorRule";
import { global, type Identity, roleKind, temporaryKeyKind } from "../accounts";
import { type Caller, operation, type Product } from "../gateway/operation";
import { integer, required, text, withDefault } from "../gateway/parameters";
import { isoSeconds } from "../times";
import { stsRules } from "./stsRules";

const roleArn = /^acs:ram::(\d{16}):role\/([a-z\d.-]{1,64})$/i;

/** Ids of roles and of their callers are numbers of 18 digits. */
function roleIdOf(caller: Caller, account: string, role: string): string {
    return `3${String(Math.floor(caller.sim.ids.chance(`role ${account}/${role}`) * 1e15)).padStart(17, "0")}`;
}

/** Finds the role that the caller wants to assume. Role names are compared in lower case. */
function assumable(caller: Caller, arn: string): { account: string; role: string } {
    const [, account = "", name = ""] = roleArn.exec(arn) ?? [];
    const store = caller.sim.store({ cloud: "alibaba", account, region: global });
    const role = store.get(roleKind, name.toLowerCase());
    if (!role) throw apiError(stsRules.unknownRole);
    if (account !== caller.account && !role.trusts.includes(caller.account)) throw apiError(stsRules.roleTrust);
    return { account, role: name.toLowerCase() };
}

const assumeRole = operation({
    name: "AssumeRole",
    parameters: {
        RoleArn: required(text({ pattern: roleArn, errorRule: stsRules.roleArn })),
        RoleSessionName: required(text({ pattern: /^[\w.@-]{2,64}$/, errorRule: stsRules.sessionName })),
        DurationSeconds: withDefault(integer({ min: 900, max: 3600, errorRule: stsRules.duration }), 3600),
        // Accepted and ignored: an authenticated caller has all permissions.
        Policy: text(),
        ExternalId: text(),
        SourceIdentity: text(),
    },
    run: (caller, params) => {
        const { sim } = caller;
        const { account, role } = assumable(caller, params.RoleArn);
        const accessKeyId = `STS.${sim.ids.word(24)}`;
        const secret = sim.ids.hex();
        const token = `CAIS${sim.ids.hex()}${sim.ids.hex()}`;
        // Clients renew and use keys according to the machine's clock.
        const expiresAt = sim.wallNow() + params.DurationSeconds * 1000;
        const session = params.RoleSessionName;
        sim.store({ cloud: "alibaba", account, region: global }).put(temporaryKeyKind, accessKeyId, {
            secret,
            token,
            expiresAt,
            assumed: { role, session },
        });
        return {
            Credentials: {
                AccessKeyId: accessKeyId,
                AccessKeySecret: secret,
                SecurityToken: token,
                Expiration: isoSeconds(expiresAt),
            },
            AssumedRoleUser: {
                Arn: `acs:ram::${account}:role/${role}/${session}`,
                AssumedRoleId: `${roleIdOf(caller, account, role)}:${session}`,
            },
        };
    },
});

/** The owner of the request's key, as GetCallerIdentity returns it. */
function shownIdentity(caller: Caller, { account, assumed }: Identity) {
    if (!assumed) {
        return {
            IdentityType: "Account",
            Arn: `acs:ram::${account}:root`,
            UserId: account,
            PrincipalId: account,
        };
    }
    const roleId = roleIdOf(caller, account, assumed.role);
    return {
        IdentityType: "AssumedRoleUser",
        Arn: `acs:ram::${account}:assumed-role/${assumed.role}/${assumed.session}`,
        RoleId: roleId,
        PrincipalId: `${roleId}:${assumed.session}`,
    };
}

const getCallerIdentity = operation({
    name: "GetCallerIdentity",
    reads: true,
    parameters: {},
    run: (caller) => ({ AccountId: caller.account, ...shownIdentity(caller, caller.identity) }),
});

/** The Security Token Service, which issues temporary keys. */
export const sts: Product = {
    name: "sts",
    version: "2015-04-01",
    hostId: () => "sts.aliyuncs.com",
    operations: [assumeRole, getCallerIdentity],
};
