/** The options that select an account, its clouds and regions. */
export const whichAccount = {
    cloud: { type: "string", value: "CLOUD", choices: ["alibaba", "huawei"], meaning: "the cloud" },
    region: { type: "string", value: "REGION", multiple: true, meaning: "region id, for example cn-hangzhou or eu-de" },
    account: {
        type: "string",
        value: "NAME",
        meaning: "a name in machine-images:accounts of the stack, or a profile of the cloud's own tools",
    },
    profile: {
        type: "string",
        value: "PROFILE",
        choices: ["csbs", "cbr"],
        meaning: "backup service of Huawei Cloud servers; default: cbr",
    },
    stack: {
        type: "string",
        value: "STACK",
        meaning:
            'use the keys, endpoint, clouds and regions of this stack of the current folder ("." is the selected stack), and show which resource owns each image',
    },
    endpoint: { type: "string", value: "URL", meaning: "URL of a simulator, instead of the real clouds" },
} as const;

export const aboutKeys =
    "Without --stack, --cloud and --region are required, and the keys come from the environment variables, files or " +
    "instance role that the cloud's own tools use, for example ALIBABA_CLOUD_ACCESS_KEY_ID and " +
    "ALIBABA_CLOUD_ACCESS_KEY_SECRET, or HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK.";
