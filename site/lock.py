"""Writes lock.toml anew: which files the browser edition is made of, each by version and checksum.

Called by `make site-lock`. What the workbook itself depends on has the versions of requirements.txt; a new
name goes into lock.toml by hand, as an empty table.
"""

import re
import subprocess
import sys
import tempfile
import tomllib
from hashlib import sha256
from pathlib import Path

LOCK = Path(__file__).parent / "lock.toml"
_REQUIREMENTS = LOCK.parents[1] / "requirements.txt"
_HEAD = "# What the browser edition is made of. Written by site/lock.py; see there.\n"

#: Where a wheel is looked for, in this order: pure ones, Pyodide's own, and those for Linux, whose Python
#: files alone are then used.
PLATFORMS = ("any", "pyemscripten_2026_0_wasm32", "manylinux_2_28_x86_64")


def download(specs: list[str], folder: Path, platform: str) -> bool:
    """Download wheels for Pyodide's Python. Returns whether that went well."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    command += ["--only-binary", ":all:", "--python-version", "3.14", "--implementation", "cp"]
    command += ["--abi", "cp314", "--abi", "abi3", "--abi", "none", "--dest", str(folder)]
    done = subprocess.run([*command, "--platform", platform, *specs], capture_output=True)
    return done.returncode == 0


def main() -> None:
    locked = tomllib.loads(LOCK.read_text("utf-8"))
    pinned = dict(re.findall(r"^([\w.-]+)==([^\s;]+)", _REQUIREMENTS.read_text("utf-8"), re.MULTILINE))
    lines = [_HEAD, f"pyodide = {_table(locked['pyodide'])}\n"]
    for group in ("tools", "browser"):
        lines.append(f"\n[{group}]\n")
        for name, told in sorted(locked[group].items()):
            version = pinned.get(name, told.get("version", ""))
            lines.append(f"{name} = {_table(_found(f'{name}=={version}' if version else name))}\n")
    LOCK.write_text("".join(lines), "utf-8")


def _found(spec: str) -> dict[str, str]:
    """A wheel's version, checksum and platform."""
    for platform in PLATFORMS:
        with tempfile.TemporaryDirectory() as folder:
            if download([spec], Path(folder), platform):
                (wheel,) = Path(folder).iterdir()
                digest = sha256(wheel.read_bytes()).hexdigest()
                found = {"version": wheel.name.split("-")[1], "sha256": digest}
                return found if platform == "any" else {**found, "platform": platform}
    sys.exit(f"There is no wheel of {spec} that can be used in a browser.")


def _table(told: dict[str, str]) -> str:
    return "{ " + ", ".join(f"{name} = '{value}'" for name, value in told.items()) + " }"


if __name__ == "__main__":
    main()
