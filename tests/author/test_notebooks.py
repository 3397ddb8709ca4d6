"""From solutions to what is handed out: answers are taken out, and nothing else."""

from checks.author.notebooks import hand_out
from checks.learner.work import carry_over
from checks.lessons import exercises
from checks.notebook import SOLUTIONS, read
from tests.helpers.lesson import solution


def test_answers_and_outputs_are_taken_out() -> None:
    before = solution()
    _, answer, check, ask = hand_out(before).cells
    step = exercises()["rollback.2"]
    assert answer.source == step.starter.rstrip("\n") and answer.outputs == []  # type: ignore[attr-defined]
    assert check.source == 'check("rollback.2")' and ask.source == 'ask("approval.1")'
    for cell in (check, ask):
        (face,) = cell.outputs
        assert face["data"]["text/plain"].endswith(": unanswered")
    assert before == solution(), "the solution itself is left alone"


def test_what_a_lesson_shows_before_its_first_answer_stays_shown() -> None:
    written = {cell.id: cell for cell in read(SOLUTIONS / "05_aliases.ipynb").cells}
    cells = {cell.id: cell for cell in hand_out(read(SOLUTIONS / "05_aliases.ipynb")).cells}
    (shown,) = cells["alias-search-look"].outputs
    assert shown == written["alias-search-look"].outputs[0]
    for hidden in ("alias-import", "alias-3-answer", "alias-moved-look", "alias-again"):
        assert cells[hidden].outputs == [] and cells[hidden].execution_count is None, hidden
    assert written["alias-moved-look"].outputs


def test_what_is_to_be_predicted_is_not_shown() -> None:
    written = read(SOLUTIONS / "06_registry_rollback.ipynb")
    cells = {cell.id: cell for cell in hand_out(written).cells}
    assert cells["restore-friday"].outputs, "what comes before may be seen"
    asks = cells["restore-incident-predict"]
    assert asks.source == 'predict("restore.incident")' and "Not predicted yet" in str(asks.outputs)
    for hidden in ("restore-weekend", "restore-hand-ask", "restore-incident-picture"):
        assert cells[hidden].outputs == [], hidden
    assert carry_over(written, hand_out(written)) == 5, "four answers and the prediction"


def test_a_handed_out_quiz_has_its_seed_and_no_answers() -> None:
    written = read(SOLUTIONS / "09_test.ipynb")
    handed_out = hand_out(written)
    cells = {cell.id: cell for cell in handed_out.cells}
    assert cells["test-approval-quiz"].source == 'quiz("approval", seed=7)'
    assert "question 1 of 10" in cells["test-approval-quiz"].outputs[0]["data"]["text/plain"]
    assert "answers" in next(cell for cell in written.cells if cell.id == "test-approval-quiz").source
    assert cells["kata-rollback-kata"].source == 'kata("rollback")', "drawn anew"
    assert carry_over(written, handed_out) == 4
    assert carry_over(hand_out(written), hand_out(written)) == 0
