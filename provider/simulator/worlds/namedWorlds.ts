import { UserError } from "../core/apiError";
import { defaultWorld, type World } from "./world";

interface NamedWorld {
    readonly name: string;
    readonly what: string;
    readonly world: World;
}

/** The accounts of the default world without servers and vaults. */
const emptyWorld: World = {
    alibaba: {
        ...defaultWorld.alibaba,
        accounts: defaultWorld.alibaba.accounts.map((account) => ({
            ...account,
            regions: Object.fromEntries(Object.keys(account.regions).map((region) => [region, { servers: [] }])),
        })),
    },
    huawei: {
        ...defaultWorld.huawei,
        domains: defaultWorld.huawei.domains.map((domain) => ({ ...domain, servers: [], vaults: [] })),
    },
};

/** Built-in worlds. */
export const namedWorlds: readonly NamedWorld[] = [
    { name: "default", what: "two accounts in each cloud, with servers to create images from", world: defaultWorld },
    { name: "empty", what: "the accounts of the default world, without servers and vaults", world: emptyWorld },
];

/** @throws UserError for a name that is not in `namedWorlds` */
export function worldNamed(name: string): World {
    const found = namedWorlds.find((candidate) => candidate.name === name);
    if (found) return found.world;
    throw new UserError(`unknown world ${name}: use one of ${namedWorlds.map((known) => known.name).join(", ")}`);
}
