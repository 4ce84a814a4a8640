"""Compares an answer with the declaration of the SDK's response model."""

import inspect
import sys
import typing
from typing import Any

SCALARS: dict[type, tuple[type, ...]] = {str: (str,), int: (int,), bool: (bool,), float: (int, float)}


def annotations_of(model: Any) -> dict[str, Any]:
    names = vars(sys.modules[model.__module__])
    return typing.get_type_hints(model.__init__, globalns=dict(names), localns={})


def wire_names(model: Any) -> dict[str, str]:
    """Wire names by attribute, as from_map reads them: `if m.get('ImageId') is not None: self.image_id = ...`."""
    names: dict[str, str] = {}
    wire = ""
    for line in inspect.getsource(model.from_map).splitlines():
        if "m.get('" in line:
            wire = line.split("m.get('")[1].split("'")[0]
        if line.strip().startswith("self.") and wire:
            names[line.strip().removeprefix("self.").split(" ")[0].split(".")[0]] = wire
    return names


def differences(sent: Any, declared: Any, path: str) -> list[str]:
    if sent is None:
        return []
    origin = typing.get_origin(declared)
    if origin is list:
        if not isinstance(sent, list):
            return [f"{path} is no list"]
        (item,) = typing.get_args(declared)
        return [found for one in sent for found in differences(one, item, path)]
    if origin is dict or declared in (Any, dict):
        return [] if isinstance(sent, dict) else [f"{path} is no object"]
    if declared in SCALARS:
        is_right = isinstance(sent, SCALARS[declared]) and (declared is bool) == isinstance(sent, bool)
        return [] if is_right else [f"{path} is {type(sent).__name__}, the SDK says {declared.__name__}"]
    return of_model(sent, declared, path)


def of_model(sent: Any, model: Any, path: str) -> list[str]:
    if not isinstance(sent, dict):
        return [f"{path} is no object"]
    hints = annotations_of(model)
    declared = {wire: hints[attribute] for attribute, wire in wire_names(model).items() if attribute in hints}
    result = [f"{path}.{name} is not declared by the SDK" for name in sent if name not in declared]
    for name in sent.keys() & declared.keys():
        result += differences(sent[name], declared[name], f"{path}.{name}")
    return sorted(set(result))
