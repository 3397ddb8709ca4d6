"""What a job in the sandbox holds counts, wherever it keeps it."""

import pytest

from checks.runner import Job, Runner
from tests.helpers.sandboxes import sandbox_works

FILL = "block = b'x' * (15 << 20)\n"
#: Each keeps 3 GB in pieces of which none is too large, and then waits to be seen.
HOARDS = {
    "files in memory": FILL + "import os, time\nkept = []\nfor _ in range(200):\n"
    "    kept.append(os.memfd_create('x'))\n    os.write(kept[-1], block)\ntime.sleep(90)",
    "segments": FILL
    + "import ctypes, time\nc = ctypes.CDLL(None)\nc.shmat.restype = ctypes.c_void_p\nfor _ in range(200):\n"
    "    id_ = c.shmget(0, len(block), 0o1600)\n    at = c.shmat(id_, None, 0)\n"
    "    ctypes.memmove(at, block, len(block))\n    c.shmdt(ctypes.c_void_p(at))\ntime.sleep(90)",
    "mapped by children of a thread": FILL + "import mmap, os, threading, time\n"
    "def fork():\n    for _ in range(4):\n        if os.fork() == 0:\n"
    "            kept = mmap.mmap(-1, 50 * len(block))\n"
    "            [kept.write(block) for _ in range(50)]\n            time.sleep(90)\n"
    "threading.Thread(target=fork).start()\ntime.sleep(90)",
}


@pytest.mark.skipif(not sandbox_works(), reason="the sandbox needs bubblewrap and user namespaces")
@pytest.mark.parametrize("hoard", HOARDS)
def test_a_hoard_is_seen(hoard: str) -> None:
    with Runner(sandboxed=True) as runner:
        assert runner.run(Job(HOARDS[hoard], seconds=60)).ended == "out_of_memory"


@pytest.mark.skipif(not sandbox_works(), reason="the sandbox needs bubblewrap and user namespaces")
def test_an_honest_job_is_not_taken_for_one() -> None:
    code = (
        "import multiprocessing, os\nos.memfd_create('x')\nblock = bytearray(500 << 20)\nfound = len(block)"
    )
    with Runner(sandboxed=True) as runner:
        assert runner.run(Job(code, seconds=60)).ended == "finished"
