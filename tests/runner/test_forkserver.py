"""The process that clients share: it ends when nobody needs it, and serves only who it belongs to."""

import socket
import subprocess
import sys

from checks.runner import Runner
from checks.world import registry
from tests.helpers.jobs import gone, only_forked

LINGERS = "from checks.runner import forkserver; forkserver._LINGER = 0.1; forkserver.main()"


@only_forked
def test_it_ends_when_there_is_no_client_and_leaves_nothing(tmp_path):
    path = tmp_path / "socket"
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
        listener.listen()
        command = [sys.executable, "-c", LINGERS, str(registry.template_path())]
        process = subprocess.Popen(command, stdin=listener.fileno(), env={"TMPDIR": str(tmp_path)})
    with socket.socket(socket.AF_UNIX) as half:
        half.connect(str(path))  # one that says nothing is no client
    assert process.wait(60) == 0


@only_forked
def test_a_client_that_goes_before_it_has_said_anything_is_let_go():
    with Runner(shared=True) as runner:
        runner.start()
        runner._lifeline.close()
        runner._server.wait(10)
        assert runner._server.poll() == 0 or gone(str(runner._server.pid))
