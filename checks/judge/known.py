"""What our own answers to steps with a registry leave behind, run once when the lessons were made.

Called by the runners, so that a first click need not wait for MLflow ninety times over. No answer of a
learner's is ever looked up here. `workbook notebooks` writes the file (`checks.author.knowing`).
"""

import json
import re
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from checks.runner import Error, Given, Job, Outcome
from checks.runner.identity import once_for_each
from checks.runner.values import decode
from checks.runner.wire import pack, unpack

FILE = Path(__file__).with_name("known.jsonl")
_PYTHON = f"{sys.version_info[0]}.{sys.version_info[1]}"
_NOTHING = Given()
_FOLDER = re.compile(r"\bworkbook-\w+[/\\]+job-")


def key(job: Job) -> str:
    """All that a job's outcome depends on but the versions of MLflow and Python."""
    told = f"{replace(job, given=_NOTHING)!r} {_key_of(job.given)}"
    return sha256(told.encode()).hexdigest()[:32]


@once_for_each
def _key_of(given: Given) -> str:
    return sha256(repr(given).encode()).hexdigest()


def outcome(name: str) -> Outcome | None:
    """What is known to come of the job of this key, with the MLflow and the Python that run here."""
    return _read(json.loads(line)["outcome"]) if (line := held().get(name)) else None


@cache
def held() -> dict[str, str]:
    """All that is known here, key by key."""
    return known(FILE.read_text("utf-8")) if FILE.exists() else {}


def versions(text: str) -> dict[str, str]:
    """Of `mlflow` and `python`, with which the file's text was made."""
    found: dict[str, str] = json.loads(text.partition("\n")[0])
    return found


def known(text: str) -> dict[str, str]:
    """Key by key the line of the file's text that tells of an outcome, where it comes here too.

    That is nothing with another MLflow; where there is none beside the judge, which is in a browser, the
    site's build has seen to it. With another Python it is what tells of no exception: the words of an
    exception are each Python's own.
    """
    made = versions(text)
    with suppress(PackageNotFoundError):
        if made["mlflow"] != version("mlflow-skinny"):
            return {}
    found = {}
    for line in text.splitlines()[1:]:
        told = json.loads(line)
        if made["python"] == _PYTHON or not told["raises"]:
            found.update(dict.fromkeys(told["keys"], line))
    return found


def written(outcomes: Iterable[tuple[str, Outcome]]) -> str:
    """The file's text: outcomes in their order, each once with the keys of all jobs that have it.

    What was stopped is left out, and what names the folder it ran in: that is another one every time.
    """
    keys: dict[str, list[str]] = {}
    for name, one in outcomes:
        told = json.dumps(_told(one))
        if one.ended in ("finished", "raised") and not _FOLDER.search(told):
            keys.setdefault(told, []).append(name)
    lines = [json.dumps({"mlflow": version("mlflow-skinny"), "python": _PYTHON})]
    for told, names in keys.items():
        raises = '"raises"' in told or '"raised": null' not in told
        lines.append(f'{{"keys": {json.dumps(names)}, "raises": {json.dumps(raises)}, "outcome": {told}}}')
    return "\n".join(lines) + "\n"


def _told(one: Outcome) -> dict[str, object]:
    raised = one.raised
    return {
        "ended": one.ended,
        "values": dict(one.values),
        "printed": one.printed,
        "raised": [raised.type, raised.message, raised.line, raised.within] if raised else None,
        "registry": pack(one.registry),
    }


def _read(told: Any) -> Outcome:
    return Outcome(
        told["ended"],
        {name: decode(value) for name, value in told["values"].items()},
        told["printed"],
        Error(*told["raised"]) if told["raised"] else None,
        unpack(told["registry"]),
    )
