import type { WireRequest } from "../../core/wire";
import type { Project } from "../identities/identities";
import { namedHex } from "../namedIdentifiers";

/** Types that gophertelekomcloud looks for (openstack/client.go), with the base that each expects. */
const services: readonly { readonly type: string; readonly name: string; readonly path: (pid: string) => string }[] = [
    { type: "identity", name: "iam", path: () => "/v3" },
    { type: "image", name: "ims", path: () => "" },
    { type: "ecs", name: "ecs", path: (projectId) => `/v1/${projectId}` },
    { type: "compute", name: "nova", path: (projectId) => `/v2.1/${projectId}` },
    { type: "volumev2", name: "evsv2", path: (projectId) => `/v2/${projectId}` },
    { type: "cbr", name: "cbr", path: (projectId) => `/v3/${projectId}` },
    { type: "data-protect", name: "csbs", path: (projectId) => `/v1/${projectId}` },
];

/** The catalogue of services: all at the address by which the client came. */
export function serviceCatalog(request: WireRequest, project: Project | undefined): Record<string, unknown>[] {
    const base = `http://${request.headers.host ?? "127.0.0.1"}`;
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
