"""Inside the browser's worker: a job that lies there is run, and tells how far it is, by files alone."""

import json
import subprocess
import sys
from pathlib import Path

from checks.runner import Given, Job, Observe, inside
from checks.runner.folder import HERE, RESULT
from checks.runner.wire import order_to_bytes

_WORKER = """
import sys, types
from pathlib import Path
from checks.runner import inside
inside.PLACE = Path(sys.argv[1])
sys.modules["js"] = types.ModuleType("js")
inside.prepare(False)
(inside.PLACE / "here").mkdir()
(inside.PLACE / inside.ORDER).write_bytes(Path(sys.argv[2]).read_bytes())
(inside.PLACE / inside.READY).touch()
inside.run()
"""


def test_a_job_is_run_where_the_page_lays_it_out(tmp_path: Path) -> None:
    code = "try:\n    import js\nexcept ImportError:\n    js = None\nx = a + 1"
    job = Job(code, observe=(Observe("x"), Observe("js")))
    (tmp_path / "order").write_bytes(order_to_bytes(job, [Given({"a": 1}), Given({"a": 2})]))
    place = tmp_path / "job"
    command = [sys.executable, "-c", _WORKER, str(place), str(tmp_path / "order")]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 0, ended.stderr
    told = [json.loads(line) for line in (place / RESULT).read_text().splitlines()]
    assert [each["values"] for each in told] == [
        {"x": ["int", "2"], "js": ["none"]},
        {"x": ["int", "3"], "js": ["none"]},
    ]
    assert (place / inside.READY).read_bytes() == b"bc"
    assert not any((place / HERE).iterdir())
