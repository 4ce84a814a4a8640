import type { Simulation } from "../core/simulation";
import { regionNamed } from "./regions";

/** A VPC of a world, with what is in it. */
export interface Network {
    readonly id: string;
    readonly vSwitches: readonly { readonly id: string; readonly zone?: string | undefined }[];
    readonly securityGroups: readonly { readonly id: string }[];
}

/** The part of a world that says which networks there are. */
interface NetworkWorld {
    readonly alibaba?: {
        readonly accounts: readonly {
            readonly id: string;
            readonly regions: Readonly<Record<string, { readonly vpcs?: readonly Network[] } | undefined>>;
        }[];
    };
}

/** A VSwitch or a security group, and where it is. */
export interface Placement {
    readonly id: string;
    readonly vpcId: string;
    readonly zone: string;
}

interface Place {
    readonly account: string;
    readonly region: string;
}

/** What every region of an account has unless the world says otherwise, so that a server has a place to be. */
function defaultNetwork({ account, region }: Place): Network {
    const name = `${regionNamed(region).networkCode}machineimages${account.slice(-4)}`;
    return { id: `vpc-${name}`, vSwitches: [{ id: `vsw-${name}` }], securityGroups: [{ id: `sg-${name}` }] };
}

/**
 * The networks of an account in a region. They are as the world says and never change, so a simulation that an earlier
 * version began has them, too.
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
