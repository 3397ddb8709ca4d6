"""The sandbox on machines as they are: whose Python it is, and what the system lets one do."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from checks.runner import sandbox
from tests.helpers.sandboxes import sandbox_works

SYSTEM = Path("/usr/bin/python3").resolve()
#: As a job does: first what needs no file, then, as nobody, what does.
IMPORTS = "from checks.runner import isolate; isolate.give_up_root(); import decimal, email.parser, json.tool"


@pytest.mark.skipif(
    not SYSTEM.exists() or not sandbox_works(), reason="no Python of the system's, no sandbox"
)
def test_a_python_of_the_systems_imports_what_it_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    version = subprocess.check_output(
        [str(SYSTEM), "-c", "import sys; print(sys.version_info[:2] >= (3, 11))"]
    )
    if version.strip() != b"True":
        pytest.skip("the system's Python is older than ours has to be")
    monkeypatch.setattr(sys, "executable", str(SYSTEM))
    monkeypatch.setattr(sys, "base_prefix", "/usr")
    command = sandbox.command(tmp_path, ["-c", IMPORTS])
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("prefix", ["/usr", "/usr/local"])
def test_folders_on_the_way_are_everybodys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, prefix: str
) -> None:
    monkeypatch.setattr(sys, "base_prefix", prefix)
    monkeypatch.setattr(sys, "executable", f"{prefix}/bin/python3")
    monkeypatch.setattr(sandbox.shutil, "which", lambda name: f"/usr/bin/{name}")
    command = sandbox.command(tmp_path, [])
    made = {
        command[at + 3] for at, part in enumerate(command) if part == "--perms" and command[at + 2] == "--dir"
    }
    for bound in (Path(prefix, "lib"), Path(prefix, "bin", "python3").resolve()):
        assert {str(parent) for parent in bound.parents} - {"/"} <= made


@pytest.mark.skipif(os.getuid() != 0 or not shutil.which("setpriv"), reason="tried as root, with `setpriv`")
def test_root_of_a_container_becomes_another_user() -> None:
    """Docker's root has no CAP_SYS_ADMIN; where user namespaces work, so does the sandbox."""
    probe = "from checks.runner import Runner, probe; probe.probe(Runner(sandboxed=True), [])"
    less = ["setpriv", "--bounding-set=-sys_admin", "--inh-caps=-sys_admin"]
    done = subprocess.run([*less, sys.executable, "-c", probe], capture_output=True, text=True, check=False)
    if sandbox._is_everybodys(Path(sys.executable).resolve().parent):
        assert done.returncode == 0, done.stderr
    else:
        assert "grade as an ordinary user" in done.stderr
