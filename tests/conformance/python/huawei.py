"""Huawei's Python SDKs against a simulator; only the endpoint differs."""

import importlib
import json
import sys
from types import ModuleType
from typing import Any

from huaweicloudsdkcore.auth.credentials import BasicCredentials, GlobalCredentials
from huaweicloudsdkcore.exceptions.exceptions import ServiceResponseException

import huawei_models
import scenario

SERVICES = {
    "ims": ("huaweicloudsdkims.v2", "ImsClient"),
    "ecs": ("huaweicloudsdkecs.v2", "EcsClient"),
    "cbr": ("huaweicloudsdkcbr.v1", "CbrClient"),
    "evs": ("huaweicloudsdkevs.v2", "EvsClient"),
    "iam": ("huaweicloudsdkiam.v3", "IamClient"),
}


def service(name: str) -> tuple[ModuleType, Any]:
    module, client = SERVICES[name]
    models = importlib.import_module(module)
    return models, getattr(models, client)


def client_for(name: str, account: str, region: str) -> Any:
    known = scenario.account("huawei", account)
    key = known["keys"][0]
    if name == "iam":
        credentials: Any = GlobalCredentials(key["accessKeyId"], key["accessKeySecret"], known["id"])
    else:
        project = next(one["id"] for one in known["projects"] if one["region"] == region)
        credentials = BasicCredentials(key["accessKeyId"], key["accessKeySecret"], project)
    return service(name)[1].new_builder().with_credentials(credentials).with_endpoint(scenario.url()).build()


def member(owner: Any, name: str) -> str:
    """The name in the SDK: glance_list_images or GlanceListImagesRequest."""
    return next(one for one in dir(owner) if one.replace("_", "").lower() == name.lower() and not one.startswith("_"))


def request_for(models: ModuleType, action: str, step: dict[str, Any]) -> Any:
    model = getattr(models, member(models, f"{action}Request"))
    request = model()
    given = {**step.get("path", {}), **step.get("query", {}), **step.get("header", {})}
    if "body" in step:
        given["body"] = step["body"]
    attributes = {wire: attribute for attribute, wire in model.attribute_map.items()}
    for name, value in given.items():
        if name not in attributes:
            raise ValueError(f"{action} of the SDK has no {name}")
        attribute = attributes[name]
        setattr(request, attribute, huawei_models.built(models, model.openapi_types[attribute], value))
    return request


def call(step: dict[str, Any]) -> scenario.Answer:
    name, action = step["operation"].split(".")
    models, _ = service(name)
    client = client_for(name, step.get("as", "golden"), step.get("in", "eu-de"))
    request = request_for(models, action, step)
    try:
        response = getattr(client, member(client, action))(request)
    except ServiceResponseException as error:
        raise scenario.Refused(error.error_code, error.status_code) from error
    raw = response.raw_content
    sent = json.loads(raw) if raw else {}
    # Headers that the model declares, like X-Subject-Token, are not part of the body.
    headers = {
        wire: getattr(response, attribute)
        for attribute, wire in response.attribute_map.items()
        if isinstance(sent, dict) and wire not in sent and getattr(response, attribute) is not None
    }
    found = huawei_models.of_model(models, sent, type(response), action)
    body = {**sent, **headers} if isinstance(sent, dict) else sent
    return scenario.Answer(body, found)


if __name__ == "__main__":
    scenario.run("Python SDK", sys.argv[1], call)
