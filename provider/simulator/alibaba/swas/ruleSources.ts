export const errorTable = "SWAS error table (help.aliyun.com, api-swas-open-2020-06-01-errorcodes)";
export const noSource = "no source shows it";
