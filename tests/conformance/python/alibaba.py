"""Alibaba's Python SDKs against a simulator; only the endpoint differs."""

import sys
from typing import Any
from urllib.parse import urlsplit

from alibabacloud_bssopenapi20171214 import models as bss_models
from alibabacloud_bssopenapi20171214.client import Client as BssClient
from alibabacloud_ecs20140526 import models as ecs_models
from alibabacloud_ecs20140526.client import Client as EcsClient
from alibabacloud_swas_open20200601 import models as swas_models
from alibabacloud_swas_open20200601.client import Client as SwasClient
from alibabacloud_tea_openapi import models as open_api_models
from alibabacloud_tea_util import models as util_models

import alibaba_shapes
import scenario

PRODUCTS: dict[str, tuple[Any, Any]] = {
    "swas": (SwasClient, swas_models),
    "ecs": (EcsClient, ecs_models),
    "bss": (BssClient, bss_models),
}
VERSIONS = {"swas": "2020-06-01", "ecs": "2014-05-26", "bss": "2017-12-14"}


def client_for(product: str, key: dict[str, str], signature: str) -> Any:
    config = open_api_models.Config(
        access_key_id=key["accessKeyId"],
        access_key_secret=key["accessKeySecret"],
        security_token=key.get("securityToken"),
        endpoint=urlsplit(scenario.url()).netloc,
        protocol="http",
        read_timeout=30_000,
        connect_timeout=30_000,
    )
    if signature == "v2":
        config.signature_algorithm = "v2"
    return PRODUCTS[product][0](config)


def method_of(client: Any, action: str) -> Any:
    wanted = f"{action}WithOptions".lower()
    return next(getattr(client, name) for name in dir(client) if name.replace("_", "") == wanted)


def generic(client: Any, product: str, action: str, send: dict[str, Any]) -> scenario.Answer:
    """Calls an action without a method in the SDK, with the generic call that all its methods use."""
    params = open_api_models.Params(
        action=action,
        version=VERSIONS[product],
        protocol="HTTP",
        pathname="/",
        method="POST",
        auth_type="AK",
        style="RPC",
        req_body_type="formData",
        body_type="json",
    )
    request = open_api_models.OpenApiRequest(query=send)
    return scenario.Answer(client.call_api(params, request, util_models.RuntimeOptions())["body"], [])


def modelled(client: Any, product: str, action: str, send: dict[str, Any]) -> scenario.Answer:
    models = PRODUCTS[product][1]
    request = getattr(models, f"{action}Request")().from_map(send)
    sent: dict[str, Any] = {}
    call_api = client.call_api

    def watched(*arguments: Any) -> dict[str, Any]:
        sent.update(call_api(*arguments))
        return sent

    client.call_api = watched
    response = method_of(client, action)(request, util_models.RuntimeOptions())
    declared = getattr(models, f"{action}ResponseBody")
    return scenario.Answer(response.body.to_map(), alibaba_shapes.of_model(sent["body"], declared, action))


def caller(signature: str) -> scenario.Call:
    def call(step: dict[str, Any]) -> scenario.Answer:
        product, action = step["operation"].split(".")
        key = step.get("credentials") or scenario.account("alibaba", step.get("as", "golden"))["keys"][0]
        client = client_for(product, key, signature)
        run = generic if step.get("generic") else modelled
        try:
            return run(client, product, action, step.get("send", {}))
        except Exception as error:
            code = getattr(error, "code", None)
            if code is None:
                raise
            raise scenario.Refused(code, getattr(error, "status_code", 0)) from error

    return call


if __name__ == "__main__":
    _, path, signature = sys.argv
    scenario.run("Python SDK" if signature == "ACS3" else "Python SDK, v2 signature", path, caller(signature))
