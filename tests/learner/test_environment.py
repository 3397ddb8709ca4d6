"""What kernels and JupyterLab find in the environment by themselves."""

from pathlib import Path

from checks.learner import environment


def test_what_the_environment_is_told_is_written_once(tmp_path: Path) -> None:
    environment.install(tmp_path)
    kernel = tmp_path / "etc/ipython/ipython_kernel_config.json"
    assert "checks.learner.kernel" in kernel.read_text()
    kernel.write_text("{}")
    environment.install(tmp_path)
    assert kernel.read_text() == "{}", "what somebody wrote there stays"
    (tmp_path / "file").touch()
    environment.install(tmp_path / "file")  # nobody may write there: no error
