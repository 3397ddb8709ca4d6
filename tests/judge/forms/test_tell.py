"""A situation and what came of it, in words: all that code finds there, and what tells outcomes apart."""

from checks.exercise import Situation, Step
from checks.judge.forms import tell
from checks.judge.trials import seed
from checks.lessons import exercises
from checks.runner import Error, Outcome, State
from checks.runner.values import encode

#: Nothing is given there.
NOWHERE = Situation("")


def step(id_: str) -> Step:
    found = exercises()[id_]
    assert isinstance(found, Step)
    return found


def test_values_are_told_as_python() -> None:
    given = Situation("an accuracy of 0.95", after={"accuracy": 0.95})
    told = tell.situation(step("gate.1"), given)
    assert told == "With an accuracy of 0.95:\n\n```python\naccuracy = 0.95\ngate(accuracy)\n```"


def test_calls_are_told_as_they_are_made() -> None:
    given = Situation("two calls", after={"calls": [(1,), (2,)]}, registry={1: "None"})
    told = tell.situation(step("alias.5"), given)
    assert "set_champion(1)\nset_champion(2)" in told
    assert "calls" not in told.partition("```")[2]


def test_a_registry_is_told_as_a_table() -> None:
    given = Situation("", registry={3: "Staging"}, aliases={"champion": 3}, tags={3: {"a": "b"}})
    assert "| 3 | Staging | champion | a: b |" in tell.situation(step("alias.4"), given)


def test_what_earlier_steps_define_is_told_where_it_is_called() -> None:
    assert "def version_number" in tell.defined(step("order.2"), "sorted(x, key=version_number)")
    assert tell.defined(step("order.2"), "sorted(x)") == ""


def test_values_and_exceptions_are_told() -> None:
    gate, raises = step("gate.1"), step("gate.2")
    came = Outcome("finished", {"result": ("str", "pending")})
    raised = Outcome("raised", raised=Error("TypeError", "…"))
    (told,) = tell.parts(gate, [came, raised], NOWHERE)
    assert tell.gives(gate, came, (told,), NOWHERE) == "`'pending'`"
    assert tell.gives(gate, raised, (told,), NOWHERE) == "`TypeError` is raised"
    assert tell.asks((told,)) == "Say what `gate` returns."
    caught = Outcome("finished", {"raised": ("bool", "True"), "result": ("none",)})
    assert (
        tell.gives(raises, caught, tell.parts(raises, [caught], NOWHERE), NOWHERE) == "`ValueError` is raised"
    )


def test_as_little_is_told_as_tells_outcomes_apart() -> None:
    target = step("order.3")
    one, other = (
        Outcome("finished", {"target": ("str", "v1"), "history": ("dict", pairs), "written": ("list", ())})
        for pairs in ((), ((("str", "v1"), ("str", "gone")),))
    )
    assert [each.name for each in tell.parts(target, [one], NOWHERE)] == ["target"]  # type: ignore[union-attr]
    both = tell.parts(target, [one, other], NOWHERE)
    assert tell.gives(target, other, both, NOWHERE).startswith("what `rollback_target` returns is `'v1'`; ")


def test_what_changes_in_a_registry_is_told() -> None:
    given = Situation("", registry={1: "None", 2: "None"}, aliases={"champion": 1})
    alias = step("alias.4")
    before = seed(given)
    after = State({1: "None", 2: "Staging"}, {"champion": 2}, {2: {"a": "b"}})
    told = tell.gives(alias, Outcome("finished", registry=after), alias.compares, given)
    assert told == (
        "version 2 goes to `Staging`, version 2 gets the tag `a` with `b`, "
        "the alias `champion` goes to version 2"
    )
    same = Outcome("finished", registry=before)
    assert tell.gives(alias, same, alias.compares, given) == "nothing changes in the registry"


def test_what_stays_as_it_was_is_not_repeated() -> None:
    log = [("promote", 1, "ana")]
    given = Situation("", {"log": log}, {"calls": [(2, "bo")]}, registry={1: "None"})
    promote = step("restore.3")
    told = [each for each in promote.compares if getattr(each, "name", "") in ("ends", "entries")]

    def gives(entries: list[object]) -> str:
        values = {"ends": encode([("goes through",)]), "entries": encode(entries)}
        return tell.gives(promote, Outcome("finished", values), told, given)

    assert gives([*log]) == "goes through; `log` afterwards is as before"
    added = "goes through; `log` afterwards is as before, with `('promote', 2, 'bo')` at its end"
    assert gives([*log, ("promote", 2, "bo")]) == added
    assert gives([]) == "goes through; `log` afterwards is `[]`"
