import { volumeDocument } from "../evs/volumeDocument";
import { beginDeletion, foundVolumes, ownVolume } from "../evs/volumes";
import { afterMarker, pageOf } from "../gateway/filters";
import { type Operation, ok, type Reply, type Route } from "../gateway/operation";
import { diskTypes, type Volume } from "../models/volume";
import { namedUuid } from "../namedIdentifiers";
import { linksOf } from "./links";
import { cinder } from "./services";

/** Without the additions of EVS. */
function nativeVolumeDocument(operation: Operation, version: string, volume: Volume): Record<string, unknown> {
    const { shareable: _, tags: __, enterprise_project_id: ___, ...document } = volumeDocument(volume);
    return {
        ...document,
        replication_status: "disabled",
        consistencygroup_id: null,
        user_id: "",
        links: linksOf(operation, version, "volumes", volume.id),
    };
}

function page(operation: Operation, view: (volume: Volume) => Record<string, unknown>): Reply {
    return ok({ volumes: pageOf(afterMarker(foundVolumes(operation), operation.query), operation.query).map(view) });
}

const types = () =>
    [...diskTypes].map((name) => ({
        id: namedUuid(`volume-type/${name}`),
        name,
        description: null,
        is_public: true,
        qos_specs_id: null,
        extra_specs: { volume_backend_name: name },
    }));

/** The queries are the same in both versions. */
const queries = ["v2", "v3"].flatMap((version) => {
    const all = `/${version}/{project_id}/volumes`;
    const view = (operation: Operation) => (volume: Volume) => nativeVolumeDocument(operation, version, volume);
    return [
        {
            path: all,
            operation: "CinderListVolumes",
            handler: (operation: Operation) =>
                page(operation, ({ id, name }) => ({ id, name, links: linksOf(operation, version, "volumes", id) })),
        },
        {
            path: `${all}/detail`,
            operation: "CinderListVolumesDetails",
            handler: (operation: Operation) => page(operation, view(operation)),
        },
        {
            path: `${all}/{volume_id}`,
            operation: "CinderShowVolume",
            handler: (operation: Operation) =>
                ok({ volume: view(operation)(ownVolume(operation, operation.param("volume_id"))) }),
        },
        {
            path: `/${version}/{project_id}/types`,
            operation: "CinderListVolumeTypes",
            handler: () => ok({ volume_types: types() }),
        },
    ];
});

export const volumeRoutes: readonly Route[] = [
    ...queries.map((query): Route => ({ ...query, method: "GET", service: cinder, isRead: true })),
    ...["v2", "v3"].map(
        (version): Route => ({
            method: "DELETE",
            path: `/${version}/{project_id}/volumes/{volume_id}`,
            service: cinder,
            operation: "CinderDeleteVolume",
            handler: (operation) => {
                beginDeletion(operation, operation.param("volume_id"));
                return { status: 202 };
            },
        }),
    ),
];
