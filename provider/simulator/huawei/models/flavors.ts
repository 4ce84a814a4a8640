/** The properties that the name of a flavor implies. */
export interface Flavor {
    readonly vcpus: number;
    readonly ramMiB: number;
}

const smallSizes: Readonly<Record<string, number>> = { small: 1, medium: 1, large: 2, xlarge: 4 };

/**
 * The series of Open Telekom Cloud and Huawei Cloud (Elastic Cloud Server, ECS Types), including old series and series
 * with accelerators. The list is longer than the offer of any region, so that clients with published flavors work.
 */
const series =
    /^(?:(?:s|c|m|e|d|h|i|g|p|x|t|ai|at|ac|am|ir|kc|km|ki|kr|rc|rm|rs|hl|hc|hm|pi|fp|aC|aM|aS|xl|st|cc|physical)\d{1,2}(?:ne|n|s|v|e|h|t|i|xe|ei|a|nl|ed|r|fs|m|en|hs|se|ht)?)$/;

/** GiB of memory for each vCPU. */
const ratios: readonly number[] = [1, 2, 4, 6, 7, 8, 9, 10, 12, 14, 16, 18, 20, 24, 28, 32];

/**
 * "s3.large.2" is 2 vCPUs with 2 GiB each, "c4.4xlarge.4" is 16 vCPUs with 4 GiB each. Undefined for any other name.
 */
export function flavorOf(name: string): Flavor | undefined {
    const [, family = "", size = "", ratio = ""] =
        /^([a-z\d]+)\.(small|medium|large|xlarge|\d{1,2}xlarge)\.(\d{1,2})$/i.exec(name) ?? [];
    if (!series.test(family) || !ratios.includes(Number(ratio))) return undefined;
    const vcpus = smallSizes[size] ?? Number.parseInt(size, 10) * 4;
    return Number.isNaN(vcpus) ? undefined : { vcpus, ramMiB: vcpus * Number(ratio) * 1024 };
}
