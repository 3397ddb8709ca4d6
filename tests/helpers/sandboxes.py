"""Whether bubblewrap runs anything at all here, for tests that would otherwise have to be skipped."""

import shutil
import subprocess
from functools import cache


@cache
def sandbox_works() -> bool:
    bwrap = shutil.which("bwrap")
    if bwrap is None:
        return False
    tried = subprocess.run(
        [bwrap, "--unshare-all", "--ro-bind", "/", "/", "true"], capture_output=True, check=False
    )
    return tried.returncode == 0
