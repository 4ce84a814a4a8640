/** What a flavor's name says about it. */
export interface Flavor {
    readonly vcpus: number;
    readonly ramMiB: number;
}

const smallSizes: Record<string, number> = { small: 1, medium: 1, large: 2, xlarge: 4 };

/** "s3.large.2" is 2 vCPUs with 2 GiB each, "c4.4xlarge.4" 16 with 4 GiB each; undefined for anything else. */
export function flavorOf(name: string): Flavor | undefined {
    const [, size = "", ratio = ""] =
        /^[a-z]+[a-z0-9]*\.(small|medium|large|xlarge|\d{1,2}xlarge)\.(\d{1,2})$/.exec(name) ?? [];
    const vcpus = smallSizes[size] ?? Number.parseInt(size, 10) * 4;
    return Number.isNaN(vcpus) ? undefined : { vcpus, ramMiB: vcpus * Number(ratio) * 1024 };
}
