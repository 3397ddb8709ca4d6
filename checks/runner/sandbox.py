"""Bubblewrap around the runner: what its processes can see. Whether that holds, `checks.runner.probe` tries.

Called by the client, which starts the server in it, and by grading for the kernels of submitted notebooks.
"""

import os
import platform
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from checks.runner import fresh
from checks.runner.job import RunnerError
from checks.runner.limits import NOBODY
from checks.world import registry

#: Where things are inside. Everything but HOME is read-only.
HOME = Path("/answers")
COURSE = Path("/course")
TEMPLATE = COURSE / "registry.db"
PACKAGES = "/packages"

_CHECKS = Path(__file__).parent.parent

#: Where a Python of the system's lives, Debian's own or an official image's. Not all that is there is bound.
_SYSTEM = (Path("/usr"), Path("/usr/local"))

OTHERWISE = (
    "Or grade without it, if you trust every line that was handed in: --no-sandbox lets the submitted code "
    "run as you, with your files and your network."
)


class SandboxError(RunnerError):
    """There is no sandbox, or it does not hold. Says why and names the mend for this system."""


def command(stage: Path, arguments: list[str], shared: Path | None = None, words: str = "") -> list[str]:
    """The command that runs the interpreter with `arguments` in a sandbox; `stage` is the client's folder.

    `shared` is a folder of the host's that is writable inside; `words` is what the package `checks` holds.
    Raises SandboxError where there is no bubblewrap.
    """
    bwrap = shutil.which("bwrap")
    if sys.platform != "linux" or bwrap is None:
        raise SandboxError(f"There is no sandbox here. {mend('')}")
    course = _lay_out(stage / "course", words)
    interpreter = Path(sys.executable).resolve()
    return [
        *_bubblewrap(bwrap, stage, interpreter),
        *("--die-with-parent", "--new-session", "--clearenv"),
        *_environment(),
        *_parents((Path("/usr/lib"), Path(sys.base_prefix).resolve(), interpreter)),
        *_system(),
        *_read_only(interpreter),
        *("--ro-bind", str(course), str(COURSE)),
        *("--proc", "/proc", "--dev", "/dev", "--remount-ro", "/dev"),
        *("--perms", "1777", "--tmpfs", str(HOME)),
        *([*_parents([shared]), "--bind", str(shared), str(shared)] if shared else []),
        *("--remount-ro", "/", "--chdir", str(HOME)),
        *("--", str(interpreter), "-S", "-s", "-P", *arguments),
    ]


def _bubblewrap(bwrap: str, stage: Path, interpreter: Path) -> list[str]:
    """Bubblewrap, with the namespaces that this user can have. Raises SandboxError where there are none."""
    if os.getuid() != 0:
        return [bwrap, "--unshare-all"]
    if _is_admin():
        # root binds what only root may read, and gives itself up before anything runs (isolate).
        return [
            bwrap,
            *("--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts"),
            "--unshare-cgroup-try",
        ]
    # Docker's root. In a user namespace it could not become another user, so it does before.
    setpriv = shutil.which("setpriv")
    hidden = next((at for at in (interpreter, *_packages(), stage) if not _is_everybodys(at.parent)), None)
    if setpriv is None or hidden is not None:
        why = f"no other user may read {hidden}" if hidden else "there is no `setpriv` to become another"
        raise SandboxError(
            f"root has no CAP_SYS_ADMIN here, as in a container, and {why}: grade as an ordinary user. "
            f"{OTHERWISE}"
        )
    stage.chmod(0o711)
    user = [f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    return [setpriv, *user, bwrap, "--unshare-all"]


def _is_admin() -> bool:
    """Whether this process has CAP_SYS_ADMIN, bit 21 of <linux/capability.h>, which namespaces take."""
    status = Path("/proc/self/status").read_text()
    return bool(int(status.partition("CapEff:")[2].split()[0], 16) & 1 << 21)


def _is_everybodys(folder: Path) -> bool:
    """Whether any user may go to the folder."""
    return all(one.stat().st_mode & 0o001 for one in (folder, *folder.parents))


#: In a kernel the workbook's words say nothing: who judges is outside.
_SILENT_WORDS = """
from checks.vocabulary import WORDS
globals().update(dict.fromkeys(WORDS, lambda *arguments, **more: None))
"""


def kernel_command(stage: Path, shared: Path, connection_file: str) -> list[str]:
    """The command that runs a Jupyter kernel in the sandbox, with its connection file in `shared`."""
    return command(stage, ["-m", "checks.runner.kernel", connection_file], shared, _SILENT_WORDS)


def _lay_out(course: Path, words: str) -> Path:
    """Copy the runner, the world and what they share, in a package without its words: no judge, no lesson."""
    package = course / "checks"
    if course.exists():
        shutil.rmtree(course)
    for room in ("runner", "world"):
        shutil.copytree(_CHECKS / room, package / room, ignore=shutil.ignore_patterns("__pycache__"))
    for shared in ("catalogue.py", "vocabulary.py", "former.py", "drawing.py"):
        shutil.copy(_CHECKS / shared, package)
    (package / "__init__.py").write_text(f"from checks import former\n{words}")
    template = registry.template_path()
    if template.exists():
        shutil.copy(template, course / TEMPLATE.name)
    # The server is another user by the time it reads them.
    for path in (course, *course.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return course


def _environment() -> list[str]:
    packages = [f"{PACKAGES}{number}" for number, _ in enumerate(_packages())]
    variables = fresh.environment(HOME) | {
        "PYTHONPATH": ":".join([str(COURSE), *packages]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "USER": "learner",
        "LOGNAME": "learner",
    }
    return [part for name, value in variables.items() for part in ("--setenv", name, value)]


def _parents(places: Iterable[Path]) -> list[str]:
    """Folders on the way to what is bound. Bubblewrap would make them for its own user only, here root."""
    on_the_way = sorted({parent for place in places for parent in place.parents if parent != Path("/")})
    prefix = Path(sys.base_prefix).resolve()
    return [
        part
        for parent in on_the_way
        if prefix in _SYSTEM or not parent.is_relative_to(prefix)
        for part in ("--perms", "0755", "--dir", str(parent))
    ]


def _system() -> list[str]:
    """Shared libraries, and where the loader finds them."""
    arguments = []
    for place in map(Path, ("/usr/lib", "/usr/lib64", "/lib", "/lib64", "/nix/store")):
        if place.is_symlink():
            arguments += ["--symlink", str(place.readlink()), str(place)]
        else:
            arguments += ["--ro-bind-try", str(place), str(place)]
    for file in ("/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d"):
        arguments += ["--ro-bind-try", file, file]
    return arguments


def _read_only(interpreter: Path) -> list[str]:
    """The interpreter and the installed packages, without what of ours is installed among them."""
    prefix = Path(sys.base_prefix).resolve()
    bound = [(prefix, prefix)]
    if prefix in _SYSTEM:
        bound = [(interpreter, interpreter), (prefix / "lib", prefix / "lib")]
    bound += [(place, Path(f"{PACKAGES}{number}")) for number, place in enumerate(_packages())]
    arguments = []
    for outside, inside in bound:
        arguments += ["--ro-bind", str(outside), str(inside)]
        if _CHECKS.is_relative_to(outside):
            arguments += ["--tmpfs", str(inside / _CHECKS.relative_to(outside))]
    return arguments


def _packages() -> list[Path]:
    """The folders of installed packages that this interpreter imports from."""
    found = (Path(entry).resolve() for entry in sys.path if entry)
    return [path for path in found if path.name in ("site-packages", "dist-packages") and path.is_dir()]


def mend(trouble: str) -> str:
    """What to do about it on this system."""
    if sys.platform != "linux":
        return (
            f"It needs Linux, and this is {platform.system()}: grade on a Linux machine, in a virtual one or "
            f"in WSL 2. {OTHERWISE}"
        )
    if shutil.which("bwrap") is None:
        return (
            "Install bubblewrap: `sudo apt install bubblewrap` (Debian, Ubuntu), `sudo dnf install "
            f"bubblewrap` (Fedora), `sudo pacman -S bubblewrap` (Arch). {OTHERWISE}"
        )
    restricted = Path("/proc/sys/kernel/apparmor_restrict_unprivileged_userns")
    if restricted.exists() and restricted.read_text().strip() == "1":
        return (
            "This system (Ubuntu 23.10 and later) keeps user namespaces from programs without an AppArmor "
            "profile: `sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0`, or give "
            f"/usr/bin/bwrap and your Python a profile with `userns,`. {OTHERWISE}"
        )
    if Path("/.dockerenv").exists() or Path("/run/.containerenv").exists():
        return (
            "This is a container, whose default profile refuses user namespaces: start it with "
            "`--security-opt seccomp=unconfined --security-opt apparmor=unconfined`, or grade outside of it. "
            f"{OTHERWISE}"
        )
    return (
        "User namespaces may be switched off: `sysctl user.max_user_namespaces` must not be 0 and "
        f"`kernel.unprivileged_userns_clone`, where there is one, must be 1. {OTHERWISE}"
    )
