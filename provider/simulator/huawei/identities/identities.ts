import { kind } from "../../core/kinds";

export interface Domain {
    readonly id: string;
    readonly name: string;
}

export interface User {
    readonly id: string;
    readonly name: string;
    readonly password: string;
    readonly accessKeyId: string;
    readonly accessKeySecret: string;
}

/** One for each region of a domain; its name is the region. */
export interface Project {
    readonly id: string;
    readonly region: string;
}

/** Records, so that neither passwords nor secrets appear among what the clouds hold for their customers. */
export const domains = kind<Domain>("huawei.domain", { isRecord: true });
export const users = kind<User>("huawei.user", { isRecord: true });
/** Whose key it is, kept under the key's id: every signed request asks. */
export const accessKeys = kind<{ readonly userId: string }>("huawei.accessKey", { isRecord: true });
export const projects = kind<Project>("huawei.project");
