import { chosen, documentedIn } from "../rules";

const documented = documentedIn("docs/reference/huawei-api.md#signature-errors");
const prefix = "Incorrect IAM authentication information: ";

/** Refusals before any service sees the request. */
export const gatewayRules = {
    noSuchApi: chosen(
        "the path and method belong to an operation",
        "error of API Gateway for an unknown API",
        "APIGW.0101",
        "The API does not exist or has not been published in the environment.",
        404,
    ),
    notAuthenticated: documented(
        "a request is signed or carries a token",
        "APIGW.0301",
        `${prefix}x-auth-token not found`,
        401,
    ),
    malformedSignature: chosen(
        "the Authorization header has a known form and X-Sdk-Date is a time",
        "same code as a wrong signature",
        "APIGW.0301",
        `${prefix}authorization header is not valid`,
        401,
    ),
    wrongSignature: documented(
        "the signature is that of the key's secret over this request",
        "APIGW.0301",
        `${prefix}verify aksk signature fail`,
        401,
    ),
    unknownKey: documented(
        "the access key exists",
        "APIGW.0301",
        `${prefix}Get secretKey failed,err:ak not exist`,
        401,
    ),
    lockedKey: documented(
        "five wrong signatures in a row lock an access key for five minutes",
        "APIGW.0301",
        `${prefix}AK access failed to reach the limit,forbidden`,
        401,
    ),
    expiredSignature: chosen(
        "a signature is at most 15 minutes off",
        "text of app authentication (APIG.0303) with the code of IAM authentication",
        "APIGW.0301",
        `${prefix}signature expired`,
        401,
    ),
    wrongToken: documented("the token was issued here", "APIGW.0301", `${prefix}decrypt token fail`, 401),
    expiredToken: chosen(
        "a token is valid for 24 hours",
        "same code as a wrong token",
        "APIGW.0301",
        `${prefix}token expires`,
        401,
    ),
    projectOfAnotherDomain: chosen(
        "X-Project-Id is a project of the key's domain",
        "X-Project-Id is checked with the key",
        "APIGW.0301",
        `${prefix}project_id does not belong to the account`,
        401,
    ),
    throttled: chosen(
        "callers that ask too often are refused",
        "docs/reference/huawei-api.md#throttling",
        "APIGW.0308",
        "The throttling threshold has been reached: policy user over ratelimit",
        429,
    ),
};
