"""A Jupyter kernel inside the sandbox, for the cells of a submission.

Started by `sandbox.kernel_command` as `python -m checks.runner.kernel CONNECTION_FILE`, once per notebook.
"""

import os
import sys
from pathlib import Path

from checks.runner import isolate


def main() -> None:
    connection_file = Path(sys.argv[1])
    isolate.give_up_root()
    seal = isolate.enter_for_good(Path(os.environ["HOME"]), connection_file.parent)
    from ipykernel.kernelapp import IPKernelApp

    app = IPKernelApp.instance()
    app.initialize(["-f", str(connection_file)])
    seal()  # its sockets are there now, and nothing else need be written beside them
    app.start()


if __name__ == "__main__":
    main()
