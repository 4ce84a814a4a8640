"""Writes the results of a client: one JSON line for each step on standard output."""

import json
from typing import Any


def write(client: str, operation: str, stage: str, differences: list[str]) -> None:
    line: dict[str, Any] = {
        "client": client,
        "operation": operation,
        "stage": stage,
        "ok": not differences,
        "detail": "; ".join(differences),
    }
    print(json.dumps(line), flush=True)
