"""Does the sandbox hold? Two harmless jobs that look for ways out of it.

Called by the judge's runners, before the first answer of a class.
"""

import platform
from collections.abc import Iterable
from pathlib import Path

from checks.runner.client import Runner
from checks.runner.job import Job, Observe, RunnerError
from checks.runner.limits import PROCESSES
from checks.runner.sandbox import OTHERWISE, SandboxError, mend

_LEAVE = """
import os, time
open("left", "w").write("x")
if os.fork() == 0:
    os.setsid()
    time.sleep(20)
left = os.listdir("..")
"""

_LOOK = f"""
import os, socket, sys, time
# What an answer may import, by the user who it then is: modules, compiled ones, installed packages.
import decimal, email.parser, yaml
for folder in sys.path:
    folder.endswith(".zip") or os.listdir(folder)
seen = [path for path in HIDDEN if os.path.exists(path)]
processes = [name for name in os.listdir("/proc") if name.isdigit()]
killed = []
for pid in range(1, 40):
    if pid != os.getpid():
        try:
            os.kill(pid, 0)
            killed.append(pid)
        except OSError:
            pass
network = []
for family, address in ((socket.AF_INET, ("1.1.1.1", 53)), (socket.AF_INET, ("127.0.0.1", 22))):
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as s:
            s.connect(address)
            network.append(address[0])
    except OSError:
        pass
written = []
for folder in ("/.", "/course", "/course/checks", "/packages0", "/usr/lib",
               "/dev", "/dev/shm", "/proc", "/etc"):
    try:
        with open(folder + "/.workbook-probe", "w"):
            written.append(folder)
    except OSError:
        pass
started = []
try:
    while len(started) < {2 * PROCESSES}:
        pid = os.fork()
        if pid == 0:
            time.sleep(5)
            os._exit(0)
        started.append(pid)
except OSError:
    pass
forks = len(started)
user = os.getuid()
found = sorted(os.listdir("..")) + sorted(os.listdir("."))
"""


def probe(runner: Runner, hidden: Iterable[Path]) -> None:
    """Run two harmless jobs that look for ways out. Raises SandboxError if there is one, or no sandbox.

    `hidden` are paths that must not be seen from inside: the repository, the submissions, their marks.
    """
    try:
        runner.run(Job(_LEAVE, seconds=10))
        names = ("seen", "processes", "killed", "network", "written", "forks", "user", "found")
        setup = f"HIDDEN = {[str(path) for path in hidden]!r}"
        outcome = runner.run(Job(_LOOK, setup=setup, observe=tuple(map(Observe, names)), seconds=20))
    except RunnerError as error:
        raise SandboxError(f"The sandbox cannot be started. {mend(str(error))} ({error})") from error
    if outcome.ended != "finished":
        raised = outcome.raised and f": {outcome.raised.type}: {outcome.raised.message}"
        raise SandboxError(f"The sandbox's probe {outcome.ended}{raised or ''}. {OTHERWISE}")
    for name in ("seen", "processes", "killed", "network", "written"):
        if outcome.values.get(name) != ("list", ()):
            raise SandboxError(
                f"The sandbox does not hold: a job found `{name}` = {outcome.values.get(name)}. {OTHERWISE}"
            )
    forks = int(str(outcome.values["forks"][1]))
    if forks >= PROCESSES or outcome.values["user"] == ("int", "0"):
        raise SandboxError(
            f"The sandbox does not limit processes: a job started {forks}, where {PROCESSES} is the "
            f"limit. That needs Linux 5.14 or later; this is {platform.release()}. {OTHERWISE}"
        )
    if "left" in str(outcome.values["found"]):
        raise SandboxError(f"The sandbox does not hold: a job found an earlier job's file. {OTHERWISE}")
