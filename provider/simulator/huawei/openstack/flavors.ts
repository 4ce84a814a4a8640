import { equal, type Filters, select } from "../gateway/filters";
import { type Operation, ok, type Reply, type Route } from "../gateway/operation";
import { flavorOf } from "../models/flavors";
import { servers } from "../models/server";
import { refuse } from "../rules";
import { linksOf } from "./links";
import { nativeRules } from "./nativeRules";
import { nova } from "./services";

/** The flavors that lists show. Every name of the same form can be queried and used (flavorOf). */
const offered = ["s3", "c4"].flatMap((series) =>
    ["medium", "large", "xlarge", "2xlarge", "4xlarge"].flatMap((size) =>
        [1, 2, 4].map((ratio) => `${series}.${size}.${ratio}`),
    ),
);

const namesFor = ({ store }: Operation): string[] => [
    ...new Set([...offered, ...store.list(servers).map(({ value }) => value.flavor)]),
];

/** A flavor as Nova returns it (OTC querying_details_about_an_ecs_flavor.rst). */
function document(operation: Operation, id: string): Record<string, unknown> {
    const flavor = flavorOf(id);
    return {
        id,
        name: id,
        vcpus: flavor?.vcpus ?? 0,
        ram: flavor?.ramMiB ?? 0,
        disk: 0,
        swap: "",
        rxtx_factor: 1,
        "OS-FLV-DISABLED:disabled": false,
        "OS-FLV-EXT-DATA:ephemeral": 0,
        "os-flavor-access:is_public": true,
        extra_specs: {},
        links: linksOf(operation, "v2.1", "flavors", id),
    };
}

const filters: Filters<string> = {
    minRam: (name, wanted) => (flavorOf(name)?.ramMiB ?? 0) >= Number(wanted),
    is_public: equal(() => "True"),
};

function listWith(operation: Operation, view: (id: string) => Record<string, unknown>): Reply {
    const { query } = operation;
    if (query.get("is_public") === "None") query.delete("is_public");
    const marker = query.get("marker");
    const found = select(namesFor(operation), query, filters).slice().sort();
    const start = marker === null ? 0 : found.indexOf(marker) + 1;
    const limit = Number(query.get("limit") ?? 1000);
    return ok({ flavors: found.slice(start, start + (limit > 0 ? limit : 1000)).map(view) });
}

function requestedFlavor(operation: Operation): string {
    const id = operation.param("flavor_id");
    if (!flavorOf(id)) throw refuse(nativeRules.flavorMissing, id);
    return id;
}

const all = "/v2.1/{project_id}/flavors";

const queries = [
    {
        path: all,
        operation: "NovaListFlavors",
        handler: (operation: Operation) =>
            listWith(operation, (id) => ({ id, name: id, links: linksOf(operation, "v2.1", "flavors", id) })),
    },
    {
        path: `${all}/detail`,
        operation: "NovaListFlavorsDetails",
        handler: (operation: Operation) => listWith(operation, (id) => document(operation, id)),
    },
    {
        path: `${all}/{flavor_id}`,
        operation: "NovaShowFlavor",
        handler: (operation: Operation) => ok({ flavor: document(operation, requestedFlavor(operation)) }),
    },
    {
        path: `${all}/{flavor_id}/os-extra_specs`,
        operation: "NovaShowFlavorExtraSpecs",
        handler: (operation: Operation) => {
            requestedFlavor(operation);
            return ok({ extra_specs: {} });
        },
    },
] as const;

export const flavorRoutes: readonly Route[] = queries.map((query) => ({
    ...query,
    method: "GET",
    service: nova,
    isRead: true,
}));
