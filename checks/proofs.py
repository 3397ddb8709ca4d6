"""Runs the proofs of the question bank, in a process of their own, each on a private MLflow registry.

Called by the tests and the authors' checks; never in a learner's kernel.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from checks.lessons.bank import Question

_SECONDS = 300


def refuted(questions: Iterable[Question]) -> dict[str, str]:
    """The ids of the questions whose proof fails, with the error. RuntimeError if none could be run."""
    jobs = [(question.id, question.proof) for question in questions if question.proof]
    done = subprocess.run(
        [sys.executable, "-m", "checks.proofs"],
        input=json.dumps(jobs),
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        env=os.environ | {"MLFLOW_DISABLE_TELEMETRY": "true", "PYTHONWARNINGS": "ignore"},
    )
    if done.returncode:
        raise RuntimeError(f"The proofs could not be run: {done.stderr}")
    failures: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
    return failures


def _main() -> None:
    import mlflow

    failures: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        template = Path("template.sqlite")
        _connect(template)
        client = mlflow.MlflowClient()
        client.create_registered_model("MyModel")
        for version in range(1, 5):
            client.create_model_version("MyModel", source=f"{folder}/artifacts/{version}")
        for number, (id_, proof) in enumerate(json.load(sys.stdin)):
            database = Path(f"{number}.sqlite")
            shutil.copy(template, database)
            _connect(database)
            try:
                exec(compile(proof, id_, "exec"), {"client": mlflow.MlflowClient()})
            except Exception as error:
                line = error.__traceback__.tb_next if error.__traceback__ else None
                where = f" in line {line.tb_lineno}" if line else ""
                failures[id_] = f"{type(error).__name__}{where}{f': {error}' if str(error) else ''}"
    print(f"\n{json.dumps(failures)}")


def _connect(database: Path) -> None:
    import mlflow

    mlflow.set_tracking_uri(f"sqlite:///{database}")
    mlflow.set_registry_uri(f"sqlite:///{database}")


if __name__ == "__main__":
    _main()
