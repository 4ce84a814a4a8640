import { addressOf } from "../gateway/address";
import { type Operation, ok, type Reply, type Route } from "../gateway/operation";
import { iam } from "../iam/service";
import { glance } from "../ims/service";
import { nova } from "./services";

/** openstacksdk, glanceclient and gophercloud read this first, usually without a token. */

const self = (request: Operation["request"], path: string) => ({
    href: `${addressOf(request)}${path}`,
    rel: "self",
});

const imageVersions = ({ request }: Operation) =>
    [
        { id: "v2.2", status: "CURRENT" },
        { id: "v2.1", status: "SUPPORTED" },
        { id: "v2.0", status: "SUPPORTED" },
    ].map((version) => ({ ...version, links: [self(request, "/v2/")] }));

const identityVersion = ({ request }: Operation) => ({
    id: "v3.6",
    status: "stable",
    updated: "2016-04-04T00:00:00Z",
    links: [self(request, "/v3/")],
    "media-types": [{ base: "application/json", type: "application/vnd.openstack.identity-v3+json" }],
});

/** OTC listing_api_versions.rst of elastic-cloud-server: microversions up to 2.60. */
const computeVersion = ({ request }: Operation) => ({
    id: "v2.1",
    status: "CURRENT",
    min_version: "2.1",
    version: "2.60",
    updated: "2013-07-23T11:33:21Z",
    links: [self(request, "/v2.1/"), { rel: "describedby", href: "http://docs.openstack.org/", type: "text/html" }],
    "media-types": [{ base: "application/json", type: "application/vnd.openstack.compute+json;version=2.1" }],
});

/** Multiple choices, status 300, as in Glance and Keystone (OTC querying_api_versions_native_openstack_api.rst). */
const choice = (versions: readonly unknown[]): Reply => ({ status: 300, body: { versions } });

interface VersionRoute {
    readonly path: string;
    readonly service: Route["service"];
    readonly operation: string;
    readonly handler: Route["handler"];
}

/** The root is shared by images and identities, whose clients read it. In the cloud, each has its own host. */
const documents: readonly VersionRoute[] = [
    {
        path: "/",
        service: glance,
        operation: "ListVersions",
        handler: (operation) => choice([...imageVersions(operation), identityVersion(operation)]),
    },
    {
        // The command line of glanceclient requests it.
        path: "/versions",
        service: glance,
        operation: "ListVersions",
        handler: (operation) => ok({ versions: imageVersions(operation) }),
    },
    ...["/v2", "/v2.0"].map((path) => ({
        path,
        service: glance,
        operation: "ShowVersion",
        handler: (operation: Operation) => choice(imageVersions(operation)),
    })),
    {
        path: "/v2.1",
        service: nova,
        operation: "NovaShowVersion",
        handler: (operation) => ok({ version: computeVersion(operation) }),
    },
    {
        path: "/v3",
        service: iam,
        operation: "KeystoneShowVersion",
        handler: (operation) => ok({ version: identityVersion(operation) }),
    },
];

export const versionRoutes: readonly Route[] = documents.map((document) => ({
    ...document,
    method: "GET",
    isOpen: true,
}));
