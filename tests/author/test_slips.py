"""What authors let slip is named by one command, with file, line and what to do; and nothing is written."""

from collections.abc import Mapping

import pytest

from tests.helpers.course import copy

LESSONS = "checks/lessons"

#: The file, what stands there, what an author writes in its place, where that is named, and the words.
Slips = Mapping[str, tuple[str, str, str, str, str]]

IN_FILES: Slips = {
    "an id twice": (
        f"{LESSONS}/approval/approval.2.md",
        "id: approval.2",
        "id: approval.1",
        "id: approval.1",
        "approval.1 is the id of approval.1.md already: give this exercise one of its own.",
    ),
    "an empty hint": (
        f"{LESSONS}/rollback/rollback.2.md",
        "## Hints\n\n",
        "## Hints\n\n1.\n",
        "1.\n",
        "this entry is empty: write it, or take it out.",
    ),
    "a blank without an option": (
        f"{LESSONS}/alias/alias.1.md",
        "  - get_model_version_by_alias\n",
        "",
        "answer: [",
        "'get_model_version_by_alias' is none of the `options`: add it there",
    ),
    "a blank that no answer fills": (
        f"{LESSONS}/approval/approval.4.md",
        "[1]: ",
        "[1] + [5]: ",
        "```python",
        "number the blanks [1], [2], … without a gap",
    ),
    "bad front matter": (
        f"{LESSONS}/order/order.1.md",
        "title: ",
        "title: It: ",
        "title: It",
        "this is not YAML (mapping values are not allowed in this context). A value with `: `",
    ),
    "a fence not closed": (
        f"{LESSONS}/order/order.2.md",
        "```\n\n## Also right",
        "\n## Also right",
        "```python",
        "the block that begins here is never closed: end it with `",
    ),
    "a misspelt field": (
        f"{LESSONS}/order/order.3.md",
        "difficulty: ",
        "dificulty: ",
        "dificulty",
        "there is no field `dificulty`: is it `difficulty`?",
    ),
    "a situation function that raises": (
        f"{LESSONS}/restore/situations.py",
        "    both = {1: _OK, 2: _OK}\n",
        "    1 / 0\n    both = {1: _OK, 2: _OK}\n",
        "1 / 0",
        "raises ZeroDivisionError: division by zero. Fix that line.",
    ),
    "a situation function that is not there": (
        f"{LESSONS}/gate/gate.1.md",
        "situations: ",
        "situations: no_",
        "situations: no_",
        "in gate/situations.py: write it, or fix the name.",
    ),
    "two right options": (
        f"{LESSONS}/pipeline/pipeline.1.md",
        "## Option c: no-checks",
        "## Option c",
        "## Option c",
        "is d, so this one is wrong. Give its misconception a name: `## Option c: its-name`.",
    ),
    "two answers": (
        f"{LESSONS}/pipeline/pipeline.2.md",
        "answer: b",
        "answer: [b, c]",
        "answer: [b, c]",
        "`answer`: ",
    ),
    "a question that is not listed": (
        f"{LESSONS}/questions/order.txt",
        "nothing-stable\n",
        "",
        "",
        "nothing-stable.md is not listed: add nothing-stable as a line at the end.",
    ),
    "something left to fill in": (
        f"{LESSONS}/durable/durable.1.md",
        "## Hints\n\n1. ",
        "## Hints\n\n1. FILL IN: a nudge, ",
        "FILL IN",
        "still to be filled in: a nudge, ",
    ),
}

SOLUTION = "solutions/01_rollback.ipynb"
IN_NOTEBOOKS: Slips = {
    "a missing solution cell": (
        SOLUTION,
        '"id": "rollback-2-answer",\n   "metadata": {\n    "workbook"',
        '"id": "somewhere",\n   "metadata": {\n    "mine"',
        '"id": "rollback-1-check"',
        "the cell 'rollback-2-answer' of rollback.2 is missing: `workbook new cells rollback.2` puts it",
    ),
    "a heading unlike the title": (
        SOLUTION,
        "## Step 3: Find the last stable",
        "## Step 3: Find a stable",
        '"id": "rollback-3-task"',
        "and its title and place say '## Step 3: Find the last stable",
    ),
    "a wrong count": (
        SOLUTION,
        ", four steps.",
        ", five steps.",
        ", five steps.",
        "has four steps: count anew",
    ),
    "a task told twice": (
        "solutions/08_durable_approval.ipynb",
        "## Step 1: Count the votes",
        '## Step 1: Count the votes\\n", "Write `outcome(votes, approvers, quorum)`.',
        "Write `outcome(votes, approvers, quorum)`.",
        "the task of durable.1 stands on its card, and here once more: take this out.",
    ),
    "an answer handed out": (
        SOLUTION,
        "# 1 Rollback",
        '# 1 Rollback: `current_version = \\"v3\\"`',
        '"id": "rollback-intro"',
        "the answer to rollback.2 could be read in notebooks/",
    ),
    "a role that is none": (
        "solutions/02_approval.ipynb",
        '"role": "ask"',
        '"role": "asks"',
        '"id": "approval-1-ask"',
        "the role must be answer, check or ask",
    ),
    "an unanswered card": (
        "solutions/03_pipeline.ipynb",
        'ask(\\"pipeline.2\\", \\"b\\")',
        'ask(\\"pipeline.2\\", \\"c\\")',
        '"id": "pipeline-2-ask"',
        "the solution answers ('c',), and the answer of pipeline.2 is ('b',).",
    ),
    "a cell twice": (
        "solutions/04_version_order.ipynb",
        '"id": "order-2-check"',
        '"id": "order-1-check"',
        '"id": "order-1-check"',
        "2 cells have the id 'order-1-check': take out those that are too many.",
    ),
    "no notebook at all": ("solutions/05_aliases.ipynb", "{", "", "", "this is no notebook ("),
    "a test that is none": (
        "solutions/09_test.ipynb",
        'quiz(\\"approval\\", seed=7, answers=\\"d',
        'quiz(\\"aproval\\", seed=7, answers=\\"d',
        '"id": "test-approval-quiz"',
        "there is no test 'aproval': tests are rollback, approval.",
    ),
    "code that sets nothing": (
        f"{LESSONS}/gate/gate.1.md",
        "result = gate(accuracy)",
        "outcome = gate(accuracy)",
        "## Runs after",
        "this sets nothing that is compared: let it set `result`, or take it out.",
    ),
    "situations that cannot be made": (
        f"{LESSONS}/order/situations.py",
        "def a_name(random: Random) -> Situation:\n",
        "def a_name(random: Random) -> Situation:\n    1 / 0\n",
        "    1 / 0",
        "`a_name` raises ZeroDivisionError: division by zero. Fix that line.",
    ),
    "an answer that nothing is told to": (
        f"{LESSONS}/start/start.2.md",
        "  - model-name\n",
        "  - model-name\n  - modelname\n",
        "## Wrong: ",
        'nothing is told to the wrong answer: add `- ["modelname"]` to a `## Wrong: …`',
    ),
}

ON_TRIAL: Slips = {
    "a wrong answer that passes": (
        f"{LESSONS}/start/start.1.md",
        "## Also right\n",
        "## Wrong: late\n\nLate.\n\n**Try:** Run.\n\n```python\nmodel_name = 'My' + 'Model'\n```\n\n"
        "## Also right\n",
        "```python\nmodel_name = 'My' + 'Model'",
        "the wrong answer of 'late' passes: add a situation in which it goes wrong, or move it to",
    ),
    "a second right option of a card": (
        f"{LESSONS}/start/start.2.md",
        "  - model-name\n",
        "  - (model_name)\n",
        "answer: ",
        '["(model_name)"] is right too, and one answer is: change an option, the code or the situations.',
    ),
}
#: What stands in the way of the others, and is mended with them.
ALSO = (f"{LESSONS}/start/start.2.md", "- [model-name]", "- [(model_name)]", "", "")


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, str]]:
    """For each slip where it should be named, and what `workbook notebooks` said."""
    found = {}
    for slips, words in ((IN_FILES, ()), (IN_NOTEBOOKS, ()), (ON_TRIAL, ("start",))):
        course = copy(tmp_path_factory.mktemp("course"))
        before = {path: path.read_bytes() for path in (course.root / "notebooks").iterdir()}
        places = {name: course.change(*slip[:4]) for name, slip in slips.items()}
        if slips is ON_TRIAL:
            course.change(*ALSO[:4])
        ended, said = course.run("notebooks", *words)
        assert ended == 1
        assert before == {path: path.read_bytes() for path in (course.root / "notebooks").iterdir()}
        found |= {name: (place, said) for name, place in places.items()}
    return found


@pytest.mark.parametrize("name", [*IN_FILES, *IN_NOTEBOOKS, *ON_TRIAL])
def test_a_slip_is_named_with_file_line_and_mend(named: dict[str, tuple[str, str]], name: str) -> None:
    *_, at, says = {**IN_FILES, **IN_NOTEBOOKS, **ON_TRIAL}[name]
    place, said = named[name]
    lines = [each.strip() for each in said.splitlines() if says in each]
    assert len(lines) == 1, said
    assert lines[0].startswith(place if at else place.partition(" line ")[0]), lines[0]


def test_nothing_else_is_named(named: dict[str, tuple[str, str]]) -> None:
    """So that who makes one slip is not told of two."""
    for slips in (IN_FILES, IN_NOTEBOOKS, ON_TRIAL):
        said = {said for name, (_, said) in named.items() if name in slips}.pop()
        listed = [line for line in said.splitlines() if line.startswith("  ")]
        assert len(listed) == len(slips), "\n".join(listed)
