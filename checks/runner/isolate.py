"""Inside the sandbox: gives up root, and puts every job into namespaces of its own.

Called by the server and its supervisors when they were started with `--isolated`; Linux only.
"""

import contextlib
import ctypes
import os
import resource
import signal
from collections.abc import Callable
from pathlib import Path

from checks.runner.limits import FILES, INODES, KERNEL_MEMORY, KERNEL_PROCESSES, NOBODY, PROCESSES

# <linux/sched.h>, <linux/mount.h>, <linux/prctl.h>, <linux/capability.h>, <linux/shm.h>
_CLONE_NEWNS, _CLONE_NEWUTS, _CLONE_NEWIPC = 0x20000, 0x4000000, 0x8000000
_CLONE_NEWUSER, _CLONE_NEWPID, _CLONE_NEWNET = 0x10000000, 0x20000000, 0x40000000
_MS_RDONLY, _MS_NOSUID, _MS_NODEV, _MS_NOEXEC, _MS_REMOUNT, _MS_BIND = 1, 2, 4, 8, 32, 4096
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_CAPBSET_DROP, _PR_SET_NO_NEW_PRIVS = 1, 4, 24, 38
_CAPABILITY_VERSION_3 = 0x20080522
_SHM_INFO = 14

_libc = ctypes.CDLL(None, use_errno=True)


def give_up_root() -> None:
    """Become a user that owns nothing, if this process is root. Files are bound by then: bwrap is past."""
    if os.getuid() == 0:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
        # Changing the user made /proc/self/uid_map root's; `enter` has to write it.
        _call(_libc.prctl, _PR_SET_DUMPABLE, 1, 0, 0, 0)
    _call(_libc.prctl, _PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)


def enter(home: Path) -> None:
    """Take this process, a supervisor, to namespaces of its own, with an empty `home` in memory.

    Its next child is the first process of a PID namespace; all of `home` goes when the last one ends.
    """
    _unshare(_CLONE_NEWPID | _CLONE_NEWNS | _CLONE_NEWIPC | _CLONE_NEWNET | _CLONE_NEWUTS)
    be_first_to_go()
    _mount_memory(home, _MS_NOSUID | _MS_NODEV, f"size={FILES},nr_inodes={INODES},mode=700")
    _last_namespace()


def place(home: Path) -> Path:
    """The folder of whichever job looks: each has a `home` of its own."""
    return home / "job"


def become_job() -> None:
    """Make this process, the first of its PID namespace, one that sees no other and has no way to more.

    /proc is empty, there is no capability left and none to be had. What the process leaves behind when it
    ends, the kernel ends with it. (As the first of its namespace it also ignores signals from inside.)
    """
    _call(_libc.unshare, _CLONE_NEWNS)  # the supervisor keeps its /proc
    _mount_memory(Path("/proc"), _MS_RDONLY | _MS_NOSUID | _MS_NODEV | _MS_NOEXEC, "size=4k")
    _give_up_capabilities()
    _call(_libc.prctl, _PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    resource.setrlimit(resource.RLIMIT_NPROC, (PROCESSES, PROCESSES))


def enter_for_good(home: Path, shared: Path) -> Callable[[], None]:
    """Bound this process, a kernel, and all it will start; bubblewrap has put it into namespaces already.

    `home` becomes empty and lives in memory. `shared` is a folder of the host's, writable until the returned
    function is called.
    """
    _unshare(_CLONE_NEWNS)
    be_first_to_go()
    _mount_memory(home, _MS_NOSUID | _MS_NODEV, f"size={FILES},nr_inodes={INODES},mode=700")
    _last_namespace()
    sealed, seal = os.pipe()
    pid = os.fork()
    if pid == 0:  # a process that keeps the right to mount, until it has used it
        os.close(seal)
        os.read(sealed, 1)
        flags = _MS_RDONLY | _MS_NOSUID | _MS_NODEV | _MS_REMOUNT | _MS_BIND
        os._exit(_libc.mount(None, os.fsencode(shared), None, ctypes.c_ulong(flags), None) != 0)
    os.close(sealed)
    _give_up_capabilities()
    for what, limit in (
        (resource.RLIMIT_NPROC, KERNEL_PROCESSES),
        (resource.RLIMIT_AS, KERNEL_MEMORY),
        (resource.RLIMIT_FSIZE, FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (limit, limit))

    def close() -> None:
        os.write(seal, b"s")
        os.close(seal)
        if os.waitpid(pid, 0)[1]:
            raise OSError("the folder that is shared with the host could not be made read-only")

    return close


def _unshare(flags: int) -> None:
    """Leave for new namespaces, of which a new user namespace is one; there this process may do anything."""
    uid, gid = os.getuid(), os.getgid()
    _call(_libc.unshare, _CLONE_NEWUSER | flags)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1")
    Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1")


def _last_namespace() -> None:
    """Allow no further user namespace: in one, an answer would be root, and could mount and trace again."""
    Path("/proc/sys/user/max_user_namespaces").write_text("0")


def _give_up_capabilities() -> None:
    with contextlib.suppress(OSError):
        for capability in range(64):
            _call(_libc.prctl, _PR_CAPBSET_DROP, capability, 0, 0, 0)
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    _call(_libc.capset, header, (ctypes.c_uint32 * 6)())


def memory(pid: int) -> int:
    """Bytes that a process and its descendants hold; mapped memory that they share is counted for each.

    Shared memory counts whether it is mapped or not: files in memory that are open, and System V's segments,
    of which those of this process's namespace are its job's.
    """
    held, queue = _segments(), [pid]
    files: dict[int, int] = {}
    while queue:
        one = queue.pop()
        with contextlib.suppress(OSError, ValueError, IndexError):
            held += _resident(one)
            for task in Path(f"/proc/{one}/task").iterdir():  # any thread may have children of its own
                with contextlib.suppress(OSError):
                    queue += map(int, (task / "children").read_text().split())
            files |= _files_in_memory(one)
    return held + sum(files.values())


def _resident(pid: int) -> int:
    """Bytes of a process's own memory, mapped shared memory included; files of the system's are not."""
    said = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    return sum(int(said[name].split()[0]) << 10 for name in ("RssAnon", "RssShmem") if name in said)


def _files_in_memory(pid: int) -> dict[int, int]:
    """The size of each file without a name (memfd_create) that a process has open, by its number."""
    found = {}
    for entry in Path(f"/proc/{pid}/fd").iterdir():
        with contextlib.suppress(OSError):
            if str(entry.readlink()).startswith("/memfd:"):
                status = entry.stat()
                found[status.st_ino] = status.st_blocks * 512
    return found


def _segments() -> int:
    """Bytes in System V's shared memory, in this process's namespace."""
    found = (ctypes.c_ulong * 7)()  # struct shm_info: ids, pages in all, pages that are held
    return found[2] * resource.getpagesize() if _libc.shmctl(0, _SHM_INFO, found) >= 0 else 0


def be_first_to_go() -> None:
    """When the machine is short of memory, let the kernel end jobs and nothing else."""
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")


def _mount_memory(place: Path, flags: int, options: str) -> None:
    _call(_libc.mount, b"tmpfs", os.fsencode(place), b"tmpfs", ctypes.c_ulong(flags), os.fsencode(options))


def _call(function: "ctypes._NamedFuncPointer", *arguments: object) -> None:
    """Call into libc. Raises OSError with the function's name."""
    if function(*arguments):
        number = ctypes.get_errno()
        raise OSError(number, f"{function.__name__}: {os.strerror(number)}")
