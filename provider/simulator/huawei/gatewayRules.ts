import { chosen, documentedIn } from "./rules";

const documented = documentedIn("Huawei API Gateway FAQ 0003 (support.huaweicloud.com)");
const prefix = "Incorrect IAM authentication information: ";

/** Refusals before any service sees the request. */
export const gatewayRules = {
    noSuchApi: chosen(
        "gateway",
        "error of API Gateway for an unknown API",
        "APIGW.0101",
        "The API does not exist or has not been published in the environment.",
        404,
    ),
    notAuthenticated: documented("gateway", "APIGW.0301", `${prefix}x-auth-token not found`, 401),
    malformedSignature: chosen(
        "gateway",
        "same code as a wrong signature",
        "APIGW.0301",
        `${prefix}authorization header is not valid`,
        401,
    ),
    wrongSignature: documented("gateway", "APIGW.0301", `${prefix}verify aksk signature fail`, 401),
    unknownKey: documented("gateway", "APIGW.0301", `${prefix}Get secretKey failed,err:ak not exist`, 401),
    expiredSignature: chosen(
        "gateway",
        "text of app authentication (APIG.0303) with the code of IAM authentication",
        "APIGW.0301",
        `${prefix}signature expired`,
        401,
    ),
    wrongToken: documented("gateway", "APIGW.0301", `${prefix}decrypt token fail`, 401),
    expiredToken: chosen("gateway", "same code as a wrong token", "APIGW.0301", `${prefix}token expires`, 401),
    projectOfAnotherDomain: chosen(
        "gateway",
        "X-Project-Id is checked with the key",
        "APIGW.0301",
        `${prefix}project_id does not belong to the account`,
        401,
    ),
    throttled: chosen(
        "callers that ask too often are refused",
        "terraform-provider-huaweicloud#1335 shows the body",
        "APIGW.0308",
        "The throttling threshold has been reached: policy user over ratelimit",
        429,
    ),
};

/** Refusals of IAM, in Keystone's words. */
export const identityRules = {
    malformedBody: chosen(
        "IAM",
        "Keystone",
        "Bad Request",
        "Expecting to find valid JSON in the request body. The server could not comply with the request.",
        400,
    ),
    wrongPassword: chosen("IAM", "Keystone", "Unauthorized", "The username or password is wrong.", 401),
    scopeUnknown: chosen(
        "IAM",
        "Keystone",
        "Unauthorized",
        "The project or domain of the scope does not exist or is not the user's.",
        401,
    ),
};
