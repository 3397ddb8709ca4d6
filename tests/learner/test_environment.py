"""What kernels and JupyterLab find in the environment by themselves."""

import tomllib
from pathlib import Path

from checks.learner import environment
from checks.notebook import ROOT


def test_what_the_environment_is_told_is_written_once(tmp_path: Path) -> None:
    environment.install(tmp_path)
    kernel = tmp_path / "etc/ipython/ipython_kernel_config.json"
    assert "checks.learner.kernel" in kernel.read_text()
    kernel.write_text("{}")
    environment.install(tmp_path)
    assert kernel.read_text() == "{}", "what somebody wrote there stays"
    (tmp_path / "file").touch()
    environment.install(tmp_path / "file")  # nobody may write there: no error


def test_the_course_home_is_put_there_and_renewed(tmp_path: Path) -> None:
    environment.install(tmp_path)
    for place, source in environment.files().items():
        assert (tmp_path / place).read_text("utf-8") == source.read_text("utf-8")
    [script] = tmp_path.glob("share/jupyter/labextensions/*/static/extension.js")
    script.write_text("an earlier one")
    environment.install(tmp_path)
    assert "an earlier one" not in script.read_text("utf-8")


def test_a_wheel_brings_the_same_files() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    in_a_wheel = {
        Path(folder) / source.name: source
        for folder, patterns in project["tool"]["setuptools"]["data-files"].items()
        for pattern in patterns
        for source in ROOT.glob(pattern)
    }
    folder = Path("share/mlops-workbook")
    lessons = {folder / path.relative_to(ROOT): path for path in ROOT.glob("notebooks*/*.ipynb")}
    assert in_a_wheel == {**lessons, **environment.KERNEL, **environment.files()}
