import type { Simulation } from "../core/simulation";
import { regionNamed } from "./regions";

/** A VPC of a world with its vSwitches and security groups. */
export interface Network {
    readonly id: string;
    readonly vSwitches: readonly { readonly id: string; readonly zone?: string | undefined }[];
    readonly securityGroups: readonly { readonly id: string }[];
}

/** The networks in a world. */
interface NetworkWorld {
    readonly alibaba?: {
        readonly accounts: readonly {
            readonly id: string;
            readonly regions: Readonly<Record<string, { readonly vpcs?: readonly Network[] } | undefined>>;
        }[];
    };
}

/** A vSwitch or security group with its placement. */
export interface Placement {
    readonly id: string;
    readonly vpcId: string;
    readonly zone: string;
}

interface Place {
    readonly account: string;
    readonly region: string;
}

/** The default network of every region of an account, if the world declares none. */
function defaultNetwork({ account, region }: Place): Network {
    const name = `${regionNamed(region).networkCode}machineimages${account.slice(-4)}`;
    return { id: `vpc-${name}`, vSwitches: [{ id: `vsw-${name}` }], securityGroups: [{ id: `sg-${name}` }] };
}

/**
 * The networks of an account in a region. They come from the world and never change, so data files of earlier versions
 * have them too.
 */
export function networksIn(sim: Simulation, place: Place): readonly Network[] {
    const { accounts = [] } = sim.settings.get<NetworkWorld>("world")?.alibaba ?? {};
    const account = accounts.find(({ id }) => id === place.account);
    return account?.regions[place.region]?.vpcs ?? [defaultNetwork(place)];
}

export function vSwitchesIn(sim: Simulation, place: Place): Placement[] {
    const { zone: usual } = regionNamed(place.region);
    return networksIn(sim, place).flatMap(({ id: vpcId, vSwitches }) =>
        vSwitches.map(({ id, zone = usual }) => ({ id, vpcId, zone })),
    );
}

export function securityGroupsIn(sim: Simulation, place: Place): Placement[] {
    return networksIn(sim, place).flatMap(({ id: vpcId, securityGroups }) =>
        securityGroups.map(({ id }) => ({ id, vpcId, zone: "" })),
    );
}
