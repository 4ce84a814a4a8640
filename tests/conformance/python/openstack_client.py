"""openstacksdk against a simulator: only a password and the identity address; the catalog has the rest."""

import functools
import sys
from collections.abc import Callable
from typing import Any

import openstack
from openstack import exceptions

import scenario

Step = dict[str, Any]


@functools.cache
def connection(account: str) -> Any:
    user = scenario.account("huawei", account)["users"][0]
    return openstack.connect(
        auth_url=f"{scenario.url()}/v3",
        username=user["name"],
        password=user["password"],
        user_domain_name=user["domain"],
        project_domain_name=user["domain"],
        project_name="eu-de",
        region_name="eu-de",
        load_yaml_config=False,
        load_envvars=False,
    )


def wire(resource: Any) -> Any:
    """By wire name."""
    return resource.to_dict(original_names=True, computed=False) if hasattr(resource, "to_dict") else resource


def listed(name: str, resources: Any) -> dict[str, Any]:
    return {name: [wire(one) for one in resources]}


def upload(cloud: Any, step: Step) -> None:
    image = cloud.image.get_image(step["path"]["image_id"])
    image.data = b"a small file"
    image.upload(cloud.image)


def update_image(cloud: Any, step: Step) -> Any:
    changes = {change["path"].removeprefix("/"): change["value"] for change in step["body"]}
    return cloud.image.update_image(step["path"]["image_id"], **changes)


def create_image(cloud: Any, step: Step) -> Any:
    fields = dict(step["body"])
    return cloud.image.create_image(fields.pop("name"), allow_duplicates=True, **fields)


def add_member(cloud: Any, step: Step) -> Any:
    member = cloud.image.add_member(step["path"]["image_id"], member_id=step["body"]["member"])
    # The SDK uses member_id as the id and returns it with that name.
    return {**wire(member), "member_id": member.id}


CALLS: dict[str, Callable[[Any, Step], Any]] = {
    "iam.KeystoneCreateUserTokenByPassword": lambda cloud, _: {
        "token": cloud.authorize(),
        "project_id": cloud.current_project_id,
    },
    "ims.GlanceCreateImageMetadata": create_image,
    "ims.GlanceUploadImage": upload,
    "ims.GlanceShowImage": lambda cloud, step: cloud.image.get_image(step["path"]["image_id"]),
    "ims.GlanceListImages": lambda cloud, step: listed("images", cloud.image.images(**step["query"])),
    "ims.GlanceUpdateImage": update_image,
    "ims.GlanceDeleteImage": lambda cloud, step: cloud.image.delete_image(step["path"]["image_id"]),
    "ims.GlanceAddImageMember": add_member,
    "ims.GlanceUpdateImageMember": lambda cloud, step: cloud.image.update_member(
        step["path"]["member_id"], step["path"]["image_id"], **step["body"]
    ),
    "ims.GlanceListImageMembers": lambda cloud, step: listed(
        "members", cloud.image.members(step["path"]["image_id"])
    ),
    "ims.GlanceDeleteImageMember": lambda cloud, step: cloud.image.remove_member(
        step["path"]["member_id"], step["path"]["image_id"]
    ),
    "ecs.NovaListServers": lambda cloud, step: listed("servers", cloud.compute.servers(False, **step["query"])),
    "ecs.NovaListServersDetails": lambda cloud, step: listed("servers", cloud.compute.servers(**step["query"])),
    "ecs.NovaShowServer": lambda cloud, step: cloud.compute.get_server(step["path"]["server_id"]),
    "ecs.NovaStopServer": lambda cloud, step: cloud.compute.stop_server(step["path"]["server_id"]),
    "ecs.NovaDeleteServer": lambda cloud, step: cloud.compute.delete_server(step["path"]["server_id"]),
    "ecs.NovaListAvailabilityZones": lambda cloud, _: listed(
        "availabilityZoneInfo", cloud.compute.availability_zones()
    ),
    "evs.CinderListVolumeTypes": lambda cloud, _: listed("volume_types", cloud.block_storage.types()),
    "evs.CinderListVolumesDetails": lambda cloud, step: listed(
        "volumes", cloud.block_storage.volumes(**step["query"])
    ),
}


def call(step: Step) -> scenario.Answer:
    cloud = connection(step.get("as", "golden"))
    try:
        return scenario.Answer(wire(CALLS[step["operation"]](cloud, step)), [])
    except exceptions.HttpException as error:
        raise scenario.Refused(None, error.status_code) from error


if __name__ == "__main__":
    scenario.run("openstacksdk", sys.argv[1], call)
