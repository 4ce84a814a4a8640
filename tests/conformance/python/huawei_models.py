"""Builds requests of Huawei's SDKs from wire names, and compares answers with the SDK's response models."""

import re
from types import ModuleType
from typing import Any

SCALARS: dict[str, tuple[type, ...]] = {
    "str": (str,),
    "int": (int,),
    "long": (int,),
    "float": (int, float),
    "bool": (bool,),
    "datetime": (str,),
    "date": (str,),
}


def inner(declared: str, kind: str) -> str | None:
    """X of list[X], or of dict(str, X)."""
    match = re.fullmatch(r"list\[(.+)\]" if kind == "list" else r"dict\([^,]+, ?(.+)\)", declared)
    return match[1] if match else None


def built(models: ModuleType, declared: str, value: Any) -> Any:
    item = inner(declared, "list")
    if item is not None:
        return [built(models, item, one) for one in value]
    model = getattr(models, declared, None)
    if model is None or not isinstance(value, dict):
        return value
    attributes = {wire: attribute for attribute, wire in model.attribute_map.items()}
    unknown = value.keys() - attributes.keys()
    if unknown:
        raise ValueError(f"{declared} of the SDK has no {', '.join(sorted(unknown))}")
    given = {attributes[name]: one for name, one in value.items()}
    return model(**{name: built(models, model.openapi_types[name], one) for name, one in given.items()})


def differences(models: ModuleType, sent: Any, declared: str, path: str) -> list[str]:
    if sent is None:
        return []
    item = inner(declared, "list")
    if item is not None:
        if not isinstance(sent, list):
            return [f"{path} is no list"]
        return sorted({found for one in sent for found in differences(models, one, item, path)})
    if inner(declared, "dict") is not None:
        return [] if isinstance(sent, dict) else [f"{path} is no object"]
    if declared in SCALARS:
        is_right = isinstance(sent, SCALARS[declared]) and (declared == "bool") == isinstance(sent, bool)
        return [] if is_right else [f"{path} is {type(sent).__name__}, the SDK says {declared}"]
    model = getattr(models, declared, None)
    if model is None or not hasattr(model, "attribute_map"):
        return []
    return of_model(models, sent, model, path)


def of_model(models: ModuleType, sent: Any, model: Any, path: str) -> list[str]:
    if not isinstance(sent, dict):
        return [f"{path} is no object"]
    types = {wire: model.openapi_types[attribute] for attribute, wire in model.attribute_map.items()}
    result = [f"{path}.{name} is not declared by the SDK" for name in sent if name not in types]
    for name in sent.keys() & types.keys():
        result += differences(models, sent[name], types[name], f"{path}.{name}")
    return sorted(set(result))
