"""The containers' files: what they copy and run is there, and nobody learns as root."""

import json
import re
import shlex

from checks.notebook import ROOT
from tests.test_setup import PROJECT

DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", " ").splitlines()
STEPS = [line.partition(" ") for line in DOCKERFILE if line and not line.startswith("#")]


def of(instruction: str) -> list[str]:
    return [said.strip() for name, _, said in STEPS if name == instruction]


def test_the_image_installs_the_course_at_the_locks_versions_and_is_used_by_a_learner() -> None:
    installed = next(said for said in of("RUN") if "pip install" in said)
    assert "--constraint /course/requirements.txt /course" in installed
    assert of("COPY") == [". /course"]
    (user,) = of("USER")
    assert user != "root" and any(re.search(rf"useradd .* {user}\b", said) for said in of("RUN"))
    assert [name for name, _, _ in STEPS][-1] == "CMD", "no step after the learner has come"
    command, lab, *options = json.loads(of("CMD")[0])
    assert command in PROJECT["scripts"] and lab == "lab"
    assert "--allow-root" not in options


def test_what_is_left_out_of_the_image_is_not_what_a_wheel_is_made_of() -> None:
    left_out = set((ROOT / ".dockerignore").read_text("utf-8").split())
    needed = {
        "checks",
        "notebooks",
        "pyproject.toml",
        "README.md",
        "LICENSE",
        "requirements.txt",
        "MANIFEST.in",
    }
    assert {".git", ".venv", "work"} <= left_out
    assert not left_out & needed


def test_codespaces_sets_up_a_clone_and_is_no_root() -> None:
    text = (ROOT / ".devcontainer" / "devcontainer.json").read_text("utf-8")
    told = json.loads(re.sub(r"^//.*$", "", text, flags=re.MULTILINE))
    assert told["remoteUser"] != "root"
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for command in (told["updateContentCommand"], told["postAttachCommand"]):
        make, target, *_ = shlex.split(command)
        assert make == "make" and f"\n{target}:" in makefile
    (port,) = told["forwardPorts"]
    assert f"--port {port}" in told["postAttachCommand"]
    assert told["customizations"]["vscode"]["settings"]["python.defaultInterpreterPath"].endswith(
        "/.venv/bin/python"
    )
