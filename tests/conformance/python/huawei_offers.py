"""Prints every operation of Huawei's Python SDKs, with method and path, as JSON lines."""

import json
import re

import huawei

for name in huawei.SERVICES:
    models, client = huawei.service(name)
    for method in dir(client):
        match = re.fullmatch(r"_(\w+)_http_info", method)
        if not match:
            continue
        request = huawei.member(models, f"{match[1].replace('_', '')}Request")
        information = getattr(client, method)(getattr(models, request)())
        operation = f"{name}.{request.removesuffix('Request')}"
        print(
            json.dumps({"operation": operation, "method": information["method"], "path": information["resource_path"]})
        )
