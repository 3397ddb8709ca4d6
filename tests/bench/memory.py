"""How much memory a learner's open lessons hold: five of them, with all their cells run.

Called by the bench; `python -m tests.bench.memory` prints it alone. Linux only.
"""

import sys
import tempfile
from pathlib import Path

from jupyter_client.manager import KernelManager

from checks.notebook import SOLUTIONS, read

#: What kernels of this environment have their answers judged by.
FORKED = f"{sys.executable} -s -P -m checks.runner.forkserver"

LESSONS = ("01_rollback", "02_approval", "04_version_order", "05_aliases", "06_registry_rollback")


def main() -> None:
    if not Path("/proc/self/smaps_rollup").exists():
        print("memory of five open lessons: not measured, there is no /proc/self/smaps_rollup")
        return
    with tempfile.TemporaryDirectory() as folder:
        kernels = [_run(lesson, folder) for lesson in LESSONS]
        held = {pid: megabytes for pid, megabytes in _held().items() if _command(pid).startswith(FORKED)}
        own = [_held()[kernel.provisioner.pid] for kernel in kernels]  # type: ignore[union-attr]
        for kernel in kernels:
            kernel.shutdown_kernel(now=True)
    print(f"memory of five open lessons: {sum(held.values()):.0f} MB for what judges (aim: 350), in")
    print(f"  {len(held)} processes, and {sum(own):.0f} MB for the kernels (proportional set sizes)")


def _run(lesson: str, folder: str) -> KernelManager:
    """A kernel in which all of a lesson's cells have run."""
    kernel = KernelManager()
    kernel.start_kernel(cwd=folder)
    client = kernel.client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    for cell in read(SOLUTIONS / f"{lesson}.ipynb").cells:
        if cell.cell_type == "code":
            client.execute_interactive(cell.source, timeout=120, output_hook=lambda message: None)
    client.stop_channels()
    return kernel


def _held() -> dict[int, float]:
    """The proportional set size of every process that may be looked at, in MB."""
    found = {}
    for place in Path("/proc").glob("[0-9]*"):
        try:
            rolled = (place / "smaps_rollup").read_text()
            found[int(place.name)] = int(rolled.partition("\nPss:")[2].split()[0]) / 1024
        except (OSError, IndexError):
            continue
    return found


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


if __name__ == "__main__":
    main()
