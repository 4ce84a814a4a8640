import type { WireRequest } from "../../core/wire";
import { addressOf } from "../gateway/address";
import type { Project } from "../identities/identities";
import { namedHex } from "../namedIdentifiers";

/**
 * The service types that gophertelekomcloud (openstack/client.go), otcextensions and openstacksdk look for, with the
 * base path that each expects.
 */
const services: readonly { readonly type: string; readonly name: string; readonly path: (pid: string) => string }[] = [
    { type: "identity", name: "iam", path: () => "/v3" },
    { type: "image", name: "ims", path: () => "" },
    { type: "imsv1", name: "imsv1", path: () => "/v1" },
    { type: "imsv2", name: "imsv2", path: () => "/v2" },
    { type: "ecs", name: "ecs", path: (projectId) => `/v1/${projectId}` },
    { type: "compute", name: "nova", path: (projectId) => `/v2.1/${projectId}` },
    { type: "volumev2", name: "evsv2", path: (projectId) => `/v2/${projectId}` },
    { type: "volumev3", name: "evsv3", path: (projectId) => `/v3/${projectId}` },
    { type: "evs", name: "evs", path: (projectId) => `/v2/${projectId}` },
    { type: "cbr", name: "cbr", path: (projectId) => `/v3/${projectId}` },
    { type: "data-protect", name: "csbs", path: (projectId) => `/v1/${projectId}` },
];

/** The service catalog. All services are at the address that the client used. */
export function serviceCatalog(request: WireRequest, project: Project | undefined): Record<string, unknown>[] {
    const base = addressOf(request);
    return services
        .filter(({ type }) => project !== undefined || type === "identity")
        .map(({ type, name, path }) => ({
            id: namedHex(`service/${type}`),
            type,
            name,
            endpoints: [
                {
                    id: namedHex(`endpoint/${type}/${project?.id ?? ""}`),
                    interface: "public",
                    region: project?.region ?? "*",
                    region_id: project?.region ?? "*",
                    url: `${base}${path(project?.id ?? "")}`,
                },
            ],
        }));
}
