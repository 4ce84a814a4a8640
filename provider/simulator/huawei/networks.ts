import type { Simulation } from "../core/simulation";
import { namedUuid } from "./namedIdentifiers";

/** A VPC of a world with its subnets. */
export interface Network {
    readonly id: string;
    readonly subnets: readonly { readonly id: string }[];
}

/** The networks in a world. */
interface NetworkWorld {
    readonly huawei?: {
        readonly domains: readonly {
            readonly id: string;
            readonly vpcs?: readonly (Network & { readonly region: string })[];
        }[];
    };
}

interface Place {
    readonly domain: { readonly id: string; readonly name: string };
    readonly region: string;
}

/** The VPC of the servers of a world. */
export const worldVpc = ({ name, region }: { name: string; region: string }): string =>
    namedUuid(`${name}/vpc/${region}`);
export const worldSubnet = ({ name, region }: { name: string; region: string }): string =>
    namedUuid(`${name}/subnet/${region}`);
export const worldSecurityGroup = ({ name, region }: { name: string; region: string }): string =>
    namedUuid(`${name}/security-group/${region}`);

/**
 * The networks of an account in a region: those of the world, and the one of its servers. They never change, so data
 * files of earlier versions have them too.
 */
export function networksIn(sim: Simulation, { domain, region }: Place): Network[] {
    const { domains = [] } = sim.settings.get<NetworkWorld>("world")?.huawei ?? {};
    const named = domains.find(({ id }) => id === domain.id)?.vpcs ?? [];
    const place = { name: domain.name, region };
    return [
        ...named.filter((network) => network.region === region),
        { id: worldVpc(place), subnets: [{ id: worldSubnet(place) }] },
    ];
}
