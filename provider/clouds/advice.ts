/** Codes for keys that the cloud does not accept. */
const alibabaKeys =
    /^(InvalidAccessKeyId|SignatureDoesNotMatch|IncompleteSignature|InvalidSecurityToken|MissingAccessKeyId|MissingSecurityToken)/;
const huaweiKeys = /^APIGW?\.0301$/;

/** What a user can do about failures that do not depend on the request, by the cloud's error code. */
const advice: readonly { codes: RegExp; text: string }[] = [
    {
        codes: alibabaKeys,
        text: "check machine-images:alibabaAccessKeyId and alibabaAccessKeySecret, or ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET",
    },
    {
        codes: huaweiKeys,
        text: "check machine-images:huaweiAccessKey and huaweiSecretKey, or HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK",
    },
    {
        codes: /^(IllegalTimestamp|InvalidTimeStamp|APIGW?\.0303)/,
        text: "correct this machine's clock",
    },
    {
        codes: /^(Forbidden|NoPermission|IMG\.0026|IMG\.0161)/,
        text: "grant the account's user the permission for this operation",
    },
    {
        codes: /^(CustomImageQuotaLimit|ExceedAccountQuota|DomainQuotaExceed|QuotaExceed\.\w+|IMG\.0015)$/,
        text: "delete objects that you no longer need, or ask the cloud to raise the quota",
    },
    {
        codes: /^Redirected$/,
        text: "correct machine-images:endpoint, or ask the operator of your network why requests are redirected",
    },
    {
        codes: /^(Unreachable|UnreadableAnswer)$/,
        text: "check the network and machine-images:endpoint",
    },
];

/** The advice for an error code, or undefined. */
export function adviceFor(code: string): string | undefined {
    return advice.find(({ codes }) => codes.test(code))?.text;
}

/** Whether the cloud refused the keys, so that every request would fail. */
export function isAboutKeys(code: string): boolean {
    return alibabaKeys.test(code) || huaweiKeys.test(code);
}
