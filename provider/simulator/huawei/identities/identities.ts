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

/** One project for each region of a domain, named like the region. */
export interface Project {
    readonly id: string;
    readonly region: string;
}

/** Records, so that dumps contain neither passwords nor secrets. */
export const domains = kind<Domain>("huawei.domain", { isRecord: true });
export const users = kind<User>("huawei.user", { isRecord: true });
/** The owner of a key, stored by the key's id, because every signed request looks it up. */
export const accessKeys = kind<{ readonly userId: string }>("huawei.accessKey", { isRecord: true });
export const projects = kind<Project>("huawei.project");
