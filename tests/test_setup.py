"""One lock for every way to install, and what the product promises of it."""

import os
import re
import tomllib
from pathlib import Path

import yaml
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
LOCK = (ROOT / "requirements.txt").read_text("utf-8").splitlines()


PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def locked() -> dict[str, Requirement]:
    return {Requirement(line).name.lower(): Requirement(line) for line in LOCK}


def test_the_lock_has_versions_alone() -> None:
    assert LOCK
    for line in LOCK:
        assert re.fullmatch(r"[\w.-]+(\[[\w,]+\])?==[\w.]+( ; .+)?", line), line


def test_the_lock_satisfies_the_project() -> None:
    for wanted in map(Requirement, PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"]):
        (pin,) = locked()[wanted.name.lower()].specifier
        assert wanted.specifier.contains(pin.version), wanted


def test_mlflow_stays_below_4_because_stages_go_with_a_major_release() -> None:
    for wanted in map(Requirement, PROJECT["dependencies"] + PROJECT["optional-dependencies"]["ui"]):
        if wanted.name.startswith("mlflow"):
            assert not wanted.specifier.contains("4.0.0")
            assert wanted.specifier.contains("3.17.2")
    assert "mlflow" not in locked(), "full mlflow is for `[ui]` alone"


def test_what_the_live_card_reaches_into_is_pinned_exactly() -> None:
    exact = {Requirement(line).name: str(Requirement(line).specifier) for line in PROJECT["dependencies"]}
    assert exact["jupyterlab"].startswith("==") and exact["anywidget"].startswith("==")


def test_conda_and_binder_install_the_same() -> None:
    environment = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))
    conda, (pip,) = environment["dependencies"][:-1], environment["dependencies"][-1].values()
    assert pip == ["-r requirements.txt", "-e ."]
    for spec in conda:
        assert re.fullmatch(r"(python|pip)([=<>!,.\d]+)?", spec), spec


def test_binder_tells_its_environment_what_setup_does() -> None:
    after = ROOT / "postBuild"
    assert os.access(after, os.X_OK)
    said = "python -m checks.learner.environment"
    assert said in after.read_text("utf-8").splitlines()
    assert said in (ROOT / "Makefile").read_text("utf-8").replace("$(BIN)/", "")
