/** Whose object it is and where it lives. Account ids are the cloud's own: an Alibaba UID, a Huawei domain id. */
export interface Scope {
    readonly cloud: "alibaba" | "huawei";
    readonly account: string;
    readonly region: string;
}

/** A kind of object, tied to the type of its contents. */
export interface Kind<T> {
    readonly name: string;
    /**
     * True for what a cloud remembers of requests (finished jobs, client tokens) rather than something it holds for
     * the customer. Such objects are left out when worlds are compared.
     */
    readonly isRecord: boolean;
    /** Never called: it makes kinds of different contents different types. */
    readonly contents?: (value: T) => T;
}

/** Declares a kind of object; `name` carries its cloud: "alibaba.snapshot". */
export function kind<T>(name: string, options: { isRecord?: boolean } = {}): Kind<T> {
    return { name, isRecord: options.isRecord ?? false };
}

/** An object together with the place where it was found. */
export interface Placed<T> {
    readonly scope: Scope;
    readonly id: string;
    readonly value: T;
}
