/** What a user can do about failures that have nothing to do with what was asked for, by the code of the cloud. */
const advice: readonly { codes: RegExp; text: string }[] = [
    {
        codes: /^(InvalidAccessKeyId|SignatureDoesNotMatch|IncompleteSignature|InvalidSecurityToken|MissingAccessKeyId|MissingSecurityToken)/,
        text: "check machine-images:alibabaAccessKeyId and alibabaAccessKeySecret, or ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET",
    },
    {
        codes: /^APIGW?\.0301$/,
        text: "check machine-images:huaweiAccessKey and huaweiSecretKey, or HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK",
    },
    {
        codes: /^(IllegalTimestamp|InvalidTimeStamp|APIGW?\.0303)/,
        text: "set this machine's clock",
    },
    {
        codes: /^(Forbidden|NoPermission|IMG\.0026|IMG\.0161)/,
        text: "give the account's user the permission for this operation",
    },
    {
        codes: /^(CustomImageQuotaLimit|ExceedAccountQuota|DomainQuotaExceed|IMG\.0015)$/,
        text: "delete what is not needed any more, or have the cloud raise the quota",
    },
    {
        codes: /^(Unreachable|UnreadableAnswer)$/,
        text: "check the network and machine-images:endpoint",
    },
];

/** Advice for a code of a cloud, or undefined. */
export function adviceFor(code: string): string | undefined {
    return advice.find(({ codes }) => codes.test(code))?.text;
}
