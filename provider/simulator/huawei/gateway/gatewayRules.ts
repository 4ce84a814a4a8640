import { assumed, documentedIn } from "../rules";

const documented = documentedIn("docs/reference/huawei-api.md#signature-errors");
const prefix = "Incorrect IAM authentication information: ";

/** Errors of the gateway, before a service handles the request. */
export const gatewayRules = {
    noSuchApi: assumed(
        "no operation has the path and method",
        "API Gateway error for an unknown API",
        "APIGW.0101",
        "The API does not exist or has not been published in the environment.",
        404,
    ),
    notAuthenticated: documented(
        "the request is not signed and has no token",
        "APIGW.0301",
        `${prefix}x-auth-token not found`,
        401,
    ),
    malformedSignature: assumed(
        "the Authorization header has an unknown form, or X-Sdk-Date is not a time",
        "same code as for a wrong signature",
        "APIGW.0301",
        `${prefix}authorization header is not valid`,
        401,
    ),
    wrongSignature: documented(
        "the signature does not match the request and the secret of the key",
        "APIGW.0301",
        `${prefix}verify aksk signature fail`,
        401,
    ),
    unknownKey: documented(
        "the access key does not exist",
        "APIGW.0301",
        `${prefix}Get secretKey failed,err:ak not exist`,
        401,
    ),
    lockedKey: documented(
        "the access key is locked for five minutes after five consecutive wrong signatures",
        "APIGW.0301",
        `${prefix}AK access failed to reach the limit,forbidden`,
        401,
    ),
    expiredSignature: assumed(
        "the signature time is more than 15 minutes from the current time",
        "message of app authentication (APIG.0303) with the code of IAM authentication",
        "APIGW.0301",
        `${prefix}signature expired`,
        401,
    ),
    wrongToken: documented(
        "the token was not issued by this simulator",
        "APIGW.0301",
        `${prefix}decrypt token fail`,
        401,
    ),
    expiredToken: assumed(
        "the token is older than 24 hours",
        "same code as for a wrong token",
        "APIGW.0301",
        `${prefix}token expires`,
        401,
    ),
    projectOfAnotherDomain: assumed(
        "X-Project-Id is not a project of the key's domain",
        "X-Project-Id is checked together with the key",
        "APIGW.0301",
        `${prefix}project_id does not belong to the account`,
        401,
    ),
    throttled: assumed(
        "the caller sends requests too often",
        "docs/reference/huawei-api.md#throttling",
        "APIGW.0308",
        "The throttling threshold has been reached: policy user over ratelimit",
        429,
    ),
};
