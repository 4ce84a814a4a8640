/** The owner and place of an object. Account ids are those of the clouds: an Alibaba UID, a Huawei domain id. */
export interface Scope {
    readonly cloud: "alibaba" | "huawei";
    readonly account: string;
    readonly region: string;
}

/** A kind of object, with the type of its contents. */
export interface Kind<T> {
    readonly name: string;
    /**
     * True for data about requests (finished jobs, client tokens) instead of objects of the customer. Comparisons of
     * worlds ignore it.
     */
    readonly isRecord: boolean;
    /** Never called. It makes kinds with different contents different types. */
    readonly contents?: (value: T) => T;
}

/** Declares a kind of object. `name` begins with the cloud: "alibaba.snapshot". */
export function kind<T>(name: string, options: { isRecord?: boolean } = {}): Kind<T> {
    return { name, isRecord: options.isRecord ?? false };
}

/** An object with its account and region. */
export interface Placed<T> {
    readonly scope: Scope;
    readonly id: string;
    readonly value: T;
}
