"""One piece of work: one learner's answers to one lesson, judged. Text in and text out.

Called by the durable runs, here and on other machines.
"""

import contextlib
import json
import threading
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from checks.exercise import Answer, Exercise, Verdict
from checks.instructor import course
from checks.instructor.handed import Handed, Katas
from checks.instructor.marks import Result
from checks.judge import Runners, judge
from checks.judge.feedback import STILL_RUNNING
from checks.judge.kata import read, verdicts
from checks.lessons import of_test, tests
from checks.markdown import code


@dataclass
class Bench:
    """Where this process judges. Made ready once, when the first work comes or before.

    `hidden` are paths that must not be seen from inside the sandbox; `mlflow` warms MLflow ahead.
    """

    sandboxed: bool = True
    hidden: tuple[Path, ...] = ()
    mlflow: bool = False
    _runners: Runners | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def runners(self) -> Runners:
        """Start the runners and probe the sandbox. Raises SandboxError if that does not hold."""
        with self._lock:
            if self._runners is None:
                runners = Runners(sandboxed=self.sandboxed)
                if self.mlflow:
                    runners.warm(mlflow=True)  # takes seconds, in the background
                try:
                    if self.sandboxed:
                        runners.probe(self.hidden)
                except BaseException:
                    runners.close()
                    raise
                self._runners = runners
            return self._runners

    def prepare(self) -> None:
        """Begin with that in the background. What fails is raised when `runners` is called."""
        threading.Thread(target=self._try, daemon=True).start()

    def _try(self) -> None:
        with contextlib.suppress(Exception):
            self.runners()

    def close(self) -> None:
        if self._runners is not None:
            self._runners.close()


#: This process's; durable work finds it here, since a run that goes on has nothing but its text.
bench = Bench()


def to_text(handed: Handed) -> str:
    """The work as text: the same answers to the same lesson give the same text."""
    return json.dumps(
        {"learner": handed.learner, "lesson": handed.lesson, "answers": dict(handed.answers)}, sort_keys=True
    )


def do(work: str) -> str:
    """Judge the work that `to_text` wrote; the results as JSON, in the order of the course."""
    runners = bench.runners()
    task = json.loads(work)
    results = []
    for lesson in course.lessons():
        if lesson.notebook != task["lesson"]:
            continue
        for exercise in lesson.exercises:
            began = time.perf_counter()
            verdict = judge_one(exercise, task["answers"].get(exercise.id), runners)
            seconds = round(time.perf_counter() - began, 3)
            results.append(
                Result(
                    task["learner"],
                    exercise.id,
                    verdict.status,
                    verdict.feedback,
                    verdict.misconception,
                    seconds,
                )
            )
    return json.dumps([asdict(one) for one in results])


def results(done: str) -> list[Result]:
    """The results that `do` wrote."""
    return [Result(**one) for one in json.loads(done)]


def is_final(done: str, tries: int) -> bool:
    """Whether results stand, after so many tries: none failed on our side, none ran out of time only once."""
    return not any(
        one.status == "error" or (tries < 2 and one.status == "wrong" and STILL_RUNNING in one.feedback)
        for one in results(done)
    )


def points_of_katas(katas: Mapping[str, Katas]) -> dict[str, dict[str, int]]:
    """By pattern and learner how many answers of a kata are right: every item is made and judged anew.

    A call that `kata` would not take has 0; an item that cannot be made ends it.
    """
    found: dict[str, dict[str, int]] = {}
    for learner, by_pattern in katas.items():
        for pattern, (seed, answers) in by_pattern.items():
            if pattern in tests():
                found.setdefault(pattern, {})[learner] = _points(pattern, seed, answers)
    return {pattern: found[pattern] for pattern in sorted(found)}


def _points(pattern: str, seed: int, answers: tuple[tuple[str, ...], ...]) -> int:
    known, right = of_test(pattern), 0
    with contextlib.suppress(ValueError):
        for verdict in verdicts(read(pattern, seed, answers, known), known, bench.runners()):
            right += verdict.correct
    return right


def judge_one(exercise: Exercise, raw: object, runners: Runners) -> Verdict:
    """The verdict on an answer as JSON keeps it: text, a list of texts, or None where there is none."""
    if raw is None:
        return Verdict("not_attempted", "There is no answer to this in what was handed in.")
    answer: Answer = tuple(map(str, raw)) if isinstance(raw, list) else str(raw)
    try:
        return judge(exercise, answer, runners)
    except Exception as error:  # a class must not go without marks for one answer
        return Verdict(
            "error", f"The judge failed on this answer: {code(f'{type(error).__name__}: {error}')}."
        )
