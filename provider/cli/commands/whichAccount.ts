/** The options that say which account is meant, and where. */
export const whichAccount = {
    cloud: { type: "string", value: "CLOUD", choices: ["alibaba", "huawei"], meaning: "whose cloud" },
    region: { type: "string", value: "REGION", multiple: true, meaning: "where, for example cn-hangzhou or eu-de" },
    account: {
        type: "string",
        value: "NAME",
        meaning: "a name in machine-images:accounts of the stack, or a profile of the cloud's own tools",
    },
    profile: {
        type: "string",
        value: "PROFILE",
        choices: ["csbs", "cbr"],
        meaning: "which service keeps the backups of Huawei Cloud's servers; cbr when it is left out",
    },
    stack: {
        type: "string",
        value: "STACK",
        meaning:
            'keys and endpoint of this stack of the folder ("." is the selected one), the clouds and regions that its resources name, and whose image is whose',
    },
    endpoint: { type: "string", value: "URL", meaning: "a simulator, instead of the real clouds" },
} as const;

export const aboutKeys =
    "Without --stack, --cloud and --region say where to look. The keys come from the environment variables, files or " +
    "instance role that the cloud's own tools use, for example ALIBABA_CLOUD_ACCESS_KEY_ID and " +
    "ALIBABA_CLOUD_ACCESS_KEY_SECRET, or HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK.";
