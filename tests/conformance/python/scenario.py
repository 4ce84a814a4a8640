"""Runs the steps of a scenario file with a client. The file contains requests and expected answers."""

import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import record

# An automatic clock jumps at every poll, so after this many polls the value will never appear.
MOST_LOOKS = 60


class Refused(Exception):
    """The SDK raised the error of the cloud."""

    def __init__(self, code: str | None, status: int) -> None:
        # Messages contain request ids, which differ between runs.
        super().__init__(str(code or status))
        self.code = code
        self.status = status

    def is_as(self, wanted: str | int) -> bool:
        """The code, or the status if the cloud's errors have no code that every SDK reads."""
        return wanted == (self.status if isinstance(wanted, int) else self.code)


@dataclass
class Answer:
    """The answer as the SDK parsed it, and the parts that it could not parse."""

    body: Any
    differences: list[str]


Call = Callable[[dict[str, Any]], Answer]


def kept(name: str, known: dict[str, Any]) -> str:
    if known.get(name) in (None, ""):
        raise LookupError(f"no earlier step stored {name}")
    return str(known[name])


def filled(value: Any, known: dict[str, Any]) -> Any:
    """Replaces ${name} with values of earlier steps."""
    if isinstance(value, dict):
        return {name: filled(inner, known) for name, inner in value.items()}
    if isinstance(value, list):
        return [filled(inner, known) for inner in value]
    if isinstance(value, str):
        return re.sub(r"\$\{(\w+)\}", lambda match: kept(match[1], known), value)
    return value


def found(body: Any, path: str) -> Any:
    """The value at a path like Disks.0.DiskId; None if it does not exist."""
    for name in path.split("."):
        if isinstance(body, list):
            body = body[int(name)] if name.isdigit() and int(name) < len(body) else None
        elif isinstance(body, dict):
            body = body.get(name)
        else:
            return None
    return body


def unequal(body: Any, wanted: dict[str, Any]) -> list[str]:
    differences = []
    for path, value in wanted.items():
        actual = found(body, path)
        if actual != value or type(actual) is not type(value):
            differences.append(f"{path} is {json.dumps(actual)}, not {json.dumps(value)}")
    return differences


def take(step: dict[str, Any], call: Call, known: dict[str, Any]) -> list[str]:
    """Runs one step: repeats its call until the expected values appear. Returns the problems of the answer."""
    request = {**step, **filled({name: step[name] for name in step if name not in ("keep", "has")}, known)}
    refused = step.get("refused")
    for _ in range(MOST_LOOKS):
        try:
            answer = call(request)
        except Refused as refusal:
            if refused is None:
                return [f"refused with {refusal}"]
            return [] if refusal.is_as(refused) else [f"refused with {refusal}, not {refused}"]
        if not unequal(answer.body, request.get("until", {})):
            break
    if refused is not None:
        return [f"not refused with {refused}"]
    wanted = {**request.get("until", {}), **request.get("expect", {})}
    missing = [path for path in step.get("has", []) if found(answer.body, path) is None]
    for name, path in step.get("keep", {}).items():
        known[name] = found(answer.body, path)
        if known[name] in (None, ""):
            missing.append(path)
    return [*answer.differences, *unequal(answer.body, wanted), *(f"{path} is missing" for path in missing)]


def run(client: str, path: str, call: Call) -> None:
    with open(path, encoding="utf-8") as file:
        steps: list[dict[str, Any]] = json.load(file)
    known: dict[str, Any] = {}
    for step in steps:
        if client not in step.get("clients", [client]):
            continue
        try:
            differences = take(step, call, known)
        except Exception as error:  # Whatever the SDK trips over is the result of the step.
            differences = [str(error)]
        record.write(client, step["operation"], step.get("stage", ""), differences)


def account(cloud: str, name: str) -> dict[str, Any]:
    accounts: list[dict[str, Any]] = json.loads(os.environ["SIMULATOR_ACCOUNTS"])
    return next(one for one in accounts if one["cloud"] == cloud and one["name"] == name)


def url() -> str:
    return os.environ["SIMULATOR_URL"]
