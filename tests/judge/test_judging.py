"""The judge: equivalent answers are right, the smallest counterexample is told, our failures cost nothing."""

from dataclasses import replace

import pytest

from checks.exercise import (
    Choice,
    Exercise,
    FillIn,
    Form,
    Misconception,
    Model,
    Printed,
    RegistryState,
    Situation,
    Step,
    Variable,
)
from checks.judge import Runners, judge
from checks.lessons import exercises
from checks.runner import Job, NotHere, Outcome
from tests.helpers.tasks import DOUBLE, HALVE, TEXTS

STAGE = FillIn(
    id="t.2",
    code='client = mlflow.tracking.MlflowClient()\nclient.[1](name="MyModel", version=1, stage=[2])',
    options=("transition_model_version_stage", "get_model_version", '"Production"', '"production"', '"Gone"'),
    answer=("transition_model_version_stage", '"Production"'),
    situations=(Situation("version 1 in no stage", registry={1: "None", 2: "Staging"}),),
    compares=(RegistryState(),),
    misconceptions=(Misconception("getter", "That only reads.", "move it.", (("get_model_version", "*"),)),),
    **TEXTS,
)
LETTER = Choice(
    id="t.3",
    options=("one", "two"),
    answer="b",
    quick_check="Count.",
    misconceptions=(Misconception("one", "One is not two.", "count.", (("a",),)),),
    **TEXTS,
)


@pytest.mark.parametrize(
    "answer",
    [
        "doubled = n + n",
        "doubled = n * 2\nextra = 'free'\nprint('free')",
        "def f(x): return x+x\ndoubled = f(n)",
    ],
)
def test_whatever_is_equivalent_is_right(runners: Runners, answer: str) -> None:
    verdict = judge(DOUBLE, answer, runners)
    assert verdict.correct and verdict.status == "correct"
    assert "Twice, whatever" in verdict.feedback


def test_a_lucky_answer_fails_on_the_smallest_situation_that_tells(runners: Runners) -> None:
    verdict = judge(DOUBLE, "doubled = n + 2 if n != 'ab' else n", runners)
    assert (verdict.status, verdict.misconception) == ("wrong", "t.1/adds")
    assert "With n = 3, `doubled` should be `6`; your code made it `5`." in verdict.feedback
    assert verdict.feedback.startswith("You add two.") and "**Try:** multiply." in verdict.feedback


def test_a_misconception_can_look_at_the_source(runners: Runners) -> None:
    assert judge(DOUBLE, "doubled = open('elsewhere')", runners).misconception == "t.1/reads"


@pytest.mark.parametrize(
    "answer",
    [
        "class Always(int):\n  __hash__ = int.__hash__\n  def __eq__(s, o): return True\ndoubled = Always(7)",
        "import builtins, json\njson.dumps = lambda *a: '{}'\nbuiltins.repr = lambda x: '4'\ndoubled = 5",
        "import sys\nsys.stdout = None\ndoubled = 5",
        "import os\nfor fd in range(3, 60):\n  try: os.write(fd, b'finished')\n  except OSError: pass",
        "import os\ndoubled = os.kill(os.getppid(), 9) or 2 * n",
    ],
)
def test_no_trick_makes_an_answer_right(runners: Runners, answer: str) -> None:
    assert not judge(DOUBLE, answer, runners).correct
    assert judge(DOUBLE, "doubled = n * 2", runners).correct, "the runner lives on"


@pytest.mark.parametrize("answer", ["", "  \n", "# nothing yet\n", "pass", "...", "# Write your answer here"])
def test_the_unsolved_is_not_attempted(runners: Runners, answer: str) -> None:
    assert judge(DOUBLE, answer, runners).status == "not_attempted"


def test_a_form_that_is_asked_for_by_name_has_its_own_words(runners: Runners) -> None:
    import ast
    from dataclasses import replace

    form = Form(
        "plain",
        "Use `+`.",
        "write `+`.",
        lambda tree: any(isinstance(n, ast.Add) for n in ast.walk(tree)),
        (),
    )
    step = replace(DOUBLE, asks_for=(form,))
    assert judge(step, "doubled = n + n", runners).correct
    verdict = judge(step, "doubled = n * 2", runners)
    assert (verdict.status, verdict.misconception) == ("wrong", "t.1/plain")
    assert verdict.feedback.startswith("Use `+`.")


def test_printed_text_is_compared_but_for_white_space_that_nobody_sees(runners: Runners) -> None:
    from dataclasses import replace

    step = replace(DOUBLE, reference="print(f'got {n}')", compares=(Printed(),), misconceptions=())
    assert judge(step, "print('got', n, end='')", runners).correct
    verdict = judge(step, "print('Got', n)", runners)
    assert "should print `got 2`; it printed `Got 2`" in verdict.feedback
    assert "it printed nothing" in judge(step, "x = 1", runners).feedback


def test_a_fill_in_runs_on_a_real_registry(runners: Runners) -> None:
    right = judge(STAGE, STAGE.answer, runners)
    assert right.correct and "version 1 in `Production`" in right.feedback
    # MLflow takes a stage's name in any case: what it does is right, so the answer is.
    assert judge(STAGE, (f" {STAGE.answer[0]}", '"production"'), runners).correct
    getter = judge(STAGE, ("get_model_version", '"Production"'), runners)
    assert getter.misconception == "t.2/getter"
    assert "TypeError" in getter.feedback and "unexpected keyword argument 'stage'" in getter.feedback
    gone = judge(STAGE, (STAGE.answer[0], '"Gone"'), runners)
    assert "Invalid Model Version stage: Gone" in gone.feedback and gone.misconception is None


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ((), "No blank is filled yet"),
        (("", ""), "No blank is filled yet"),
        (("get_model_version",), "This task has 2 blanks and you filled 1"),
        (("get_model_version", '"Gone"', '"Gone"'), "This task has 2 blanks and you filled 3"),
        (("get_model_version", "Gone"), """but `"Gone"` is. In the call, it is written `'"Gone"'`."""),
        (("get_model_version", "Away"), "`Away` in blank 2 is not one of the options"),
    ],
)
def test_an_answer_that_does_not_fit_the_blanks_is_no_attempt(
    runners: Runners, answer: tuple[str, ...], says: str
) -> None:
    verdict = judge(STAGE, answer, runners)
    assert verdict.status == "not_attempted" and says in verdict.feedback


def test_a_letter_is_judged(runners: Runners) -> None:
    assert judge(LETTER, ("b",), runners).correct
    assert judge(LETTER, ("a",), runners).misconception == "t.3/one"
    assert judge(LETTER, (" B ",), runners).correct
    assert judge(LETTER, ("z",), runners).status == "not_attempted"
    assert judge(LETTER, ("ab",), runners).status == "not_attempted"
    assert judge(LETTER, (), runners).status == "not_attempted"


@pytest.mark.parametrize(
    ("exercise", "answer"), [(DOUBLE, ("a",)), (STAGE, "a"), (LETTER, "b"), (STAGE, (1,))]
)
def test_an_answer_of_another_kind_is_a_programming_error(exercise: Exercise, answer: object) -> None:
    with pytest.raises(TypeError, match=exercise.id):
        judge(exercise, answer)  # type: ignore[arg-type]


def test_a_failure_of_ours_is_an_error_that_costs_nothing(runners: Runners) -> None:
    from dataclasses import replace

    for broken in (
        replace(DOUBLE, reference="import os; os._exit(1)"),
        replace(DOUBLE, before="n = undefined"),
    ):
        verdict = judge(broken, "doubled = 2 * n", runners)
        assert verdict.status == "error" and "on our side" in verdict.feedback, verdict


@pytest.mark.parametrize(
    "answer",
    [
        "doubled = 2 * n\ncheck('t.1')\nhint('t.1')\nprogress()",
        "from checks import check, hint\ndoubled = 2 * n\ncheck('t.1')",
        "import checks\ndoubled = 2 * n\nchecks.explain('t.1')\ndisplay(doubled)",
    ],
)
def test_a_cell_may_call_the_words_too(runners: Runners, answer: str) -> None:
    assert judge(DOUBLE, answer, runners).correct


def test_an_error_after_all_is_right_is_no_misconception(runners: Runners) -> None:
    verdict = judge(DOUBLE, "doubled = 2 * n\nif doubled: doubled = doubled + open('nothing')", runners)
    assert (verdict.status, verdict.misconception) == ("wrong", None)
    assert "FileNotFoundError" in verdict.feedback


@pytest.mark.parametrize(
    "answer",
    [
        "\ud800",
        "-" * 50_000 + "1",
        "x" + ".a" * 3000,
        "x = " + "+".join(["1"] * 20_000),
        "for version, status in model_versions" + ".a" * 400 + ": pass",
        "class D(dict):\n  __hash__ = lambda s: 1\nmodel_versions = rollback_version = {D(): 'x'}",
        "class L(list):\n  __hash__ = lambda s: 1\nmodel_versions = rollback_version = {L()}",
    ],
)
@pytest.mark.parametrize("id_", ["rollback.1", "rollback.2", "rollback.3", "rollback.4"])
def test_no_answer_makes_the_judge_stumble(runners: Runners, id_: str, answer: str) -> None:
    assert judge(exercises()[id_], answer, runners).status == "wrong"


# ── what runs after the answer ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "source",
    [
        "halve = lambda n: n // 2 if n % 2 == 0 else (_ for _ in ()).throw(LookupError())",
        "list = [2]\nmax = None\ndef halve(n):\n    if n % list[0]: raise LookupError\n    return n // 2",
        "calls = 0\ndef halve(n):\n    global calls\n    calls += 1\n    print(n)\n    if n % 2:\n"
        "        raise LookupError\n    return n // 2",
    ],
)
def test_a_function_of_the_answer_is_called(runners: Runners, source: str) -> None:
    verdict = judge(HALVE, source, runners)
    assert verdict.correct, verdict.feedback


def test_an_error_of_our_own_after_the_reference_costs_nothing(runners: Runners) -> None:
    broken = replace(HALVE, after="half = halve(4) + nothing")
    verdict = judge(broken, "def halve(n):\n    return 0", runners)
    assert verdict.status == "error"
    assert "what runs after the reference of t.4 raised NameError" in verdict.feedback


MARKS = Step(
    id="t.5",
    reference="client = mlflow.tracking.MlflowClient()\n"
    "client.set_registered_model_alias('MyModel', 'champion', '2')\n"
    "client.set_model_version_tag('MyModel', '2', 'validation_status', 'approved')",
    before="import mlflow",
    situations=(
        Situation(
            "champion on 1",
            registry={1: "None", 2: "None", 3: "None"},
            aliases={"champion": 1},
            tags={3: {"validation_status": "rejected"}},
            descriptions={2: "of May"},
            others={"Other": Model({1: "None", 2: "None"}, {"champion": 1})},
        ),
    ),
    compares=(RegistryState(stages=False, aliases=True, tags=("validation_status",), descriptions=True),),
    **TEXTS,
)


@pytest.mark.parametrize(
    ("extra", "says"),
    [
        ("client.set_model_version_tag('MyModel', '1', 'note', 'old')", None),
        ("client.transition_model_version_stage('MyModel', '1', 'Archived')", None),
        (
            "client.set_registered_model_alias('MyModel', 'champion', '3')",
            "the alias `champion` should be on version 2; it is on version 3",
        ),
        (
            "client.delete_registered_model_alias('MyModel', 'champion')",
            "the alias `champion` should be on version 2; there is none",
        ),
        (
            "client.set_registered_model_alias('MyModel', 'old', '1')",
            "the alias `old` should not be there; it is on version 1",
        ),
        (
            "client.set_model_version_tag('MyModel', '2', 'validation_status', 'ok')",
            "the tag `validation_status` of version 2 should be `approved`; it is `ok`",
        ),
        (
            "client.delete_model_version_tag('MyModel', '3', 'validation_status')",
            "the tag `validation_status` of version 3 should be `rejected`; there is none",
        ),
        ("client.delete_model_version('MyModel', '1')", "version 1 should still be there"),
        (
            "client.update_model_version('MyModel', '2', 'of June')",
            "the description of version 2 should be `of May`; it is `of June`",
        ),
        (
            "client.set_registered_model_alias('Other', 'champion', '2')",
            "of the other model `Other`, the alias `champion` should be on version 1; it is on version 2",
        ),
        ("client.delete_registered_model('Other')", "the other model `Other` should still be there"),
        ("client.create_registered_model('New')", "there should be no model `New`"),
    ],
)
def test_aliases_and_tags_are_compared(runners: Runners, extra: str, says: str | None) -> None:
    verdict = judge(MARKS, f"{MARKS.reference}\n{extra}", runners)
    assert verdict.status == ("correct" if says is None else "wrong"), verdict.feedback
    assert says is None or says in verdict.feedback


def test_filled_in_code_is_remembered_unless_it_was_stopped(
    runners: Runners, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    ran: list[int] = []
    run = runners._run

    def counted(whose: str, jobs: list[Job]) -> list[Outcome]:
        if whose == "answers":
            ran.append(len(jobs))
        return run(whose, jobs)

    monkeypatch.setattr(runners, "_run", counted)
    forever = "while True: pass"
    task = replace(
        STAGE,
        code="x = 1\n[1]",
        options=("y = 2", forever),
        answer=("y = 2",),
        situations=(Situation("nothing"),),
        compares=(Variable("y"),),
        misconceptions=(),
        seconds=0.5,
    )
    for _ in range(2):
        assert judge(task, ("y = 2",), runners).correct
    assert ran == [1]
    for _ in range(2):
        assert "still running" in judge(task, (forever,), runners).feedback
    assert ran == [1, 1, 1]


def test_a_verdict_names_the_situation_that_it_tells_of(runners: Runners) -> None:
    assert judge(DOUBLE, "doubled = 2 * n", runners).given == "n = 2"
    verdict = judge(DOUBLE, "doubled = n + 2", runners)
    assert verdict.given == "n = 3" and f"With {verdict.given}," in verdict.feedback
    assert judge(DOUBLE, "doubled = (", runners).given == ""
    shown = judge(STAGE, STAGE.answer, runners).registries
    assert shown is not None
    assert [dict(each["MyModel"].stages) for each in (shown.before, shown.expected, shown.came)] == [
        {1: "None", 2: "Staging"},
        {1: "Production", 2: "Staging"},
        {1: "Production", 2: "Staging"},
    ]


def test_what_cannot_be_run_here_is_told_as_it_is(runners: Runners, monkeypatch: pytest.MonkeyPatch) -> None:
    def answers_in_one(*_: object) -> list[Outcome]:
        raise NotHere("dbos")

    monkeypatch.setattr(runners, "answers_in_one", answers_in_one)
    verdict = judge(DOUBLE, "doubled = 2 * n", runners)
    assert verdict.status == "not_attempted"
    assert "`dbos`" in verdict.feedback and "cost you no attempt" in verdict.feedback
