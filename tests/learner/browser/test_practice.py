"""Practice in a real page: each form by mouse and by keyboard, its names, its looks, its call in the cell."""

import json
from collections.abc import Callable
from pathlib import Path

import nbformat

from checks.exercise import FillIn
from checks.judge.forms import make
from checks.lessons import exercises
from checks.practice import Breaking, Ordering, Prediction, Writing
from tests.learner.browser.conftest import Open
from tests.learner.browser.house import Card, Notebook, Server
from tests.learner.browser.test_looks import accessible, fits, read

STEP = "rollback.3"
CALLS = {
    "predict": 'predict("rollback.3", seed=7)',
    "fade": 'practise("rollback.3", level=2, seed=2)',
    "order": 'practise("rollback.3", form="order", seed=2)',
    "mend": 'practise("rollback.3", form="mend", seed=3)',
    "break": 'practise("rollback.3", form="break", seed=1)',
}
RIGHT = """for version, status in model_versions.items():
    if status == 'stable' and version < current_version:
        rollback_version = version"""


def writes(*forms: str) -> Callable[[Path], None]:
    """A notebook with the calls of these forms."""

    def write(path: Path) -> None:
        cell = nbformat.v4.new_code_cell
        cells = [cell("from checks import practise, predict", id="words")]
        cells += [cell(CALLS[form], id=f"call-{form}") for form in forms]
        notebook = nbformat.v4.new_notebook(cells=cells)
        notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
        nbformat.write(notebook, path)

    return write


def opened(open: Open, form: str) -> tuple[Notebook, Card]:
    notebook = open("practice.ipynb", writes(form))
    return notebook, notebook.card(item(form).id)


def item(form: str) -> Prediction | FillIn | Ordering | Writing | Breaking:
    seed = {"predict": 7, "fade": 2, "order": 2, "mend": 3, "break": 1}[form]
    made = make(exercises()[STEP], form, seed)
    assert isinstance(made, Prediction | FillIn | Ordering | Writing | Breaking)
    return made


def called(notebook: Notebook, form: str) -> str:
    """The call as it stands in the cell, in one line."""
    return " ".join(notebook.source(f"call-{form}").split())


def test_a_prediction_by_keyboard_and_by_mouse_then_another_one(lab: Open) -> None:
    notebook, card = opened(lab, "predict")
    asked = item("predict")
    assert isinstance(asked, Prediction)
    assert card.root.locator(".wb-player").is_hidden()
    wrong = next(each for each in "bcd" if each != asked.answer)
    card.option("a").focus()
    for _ in range("abcd".index(wrong)):
        notebook.page.keyboard.press("ArrowDown")
    card.button("check").focus()
    notebook.page.keyboard.press("Enter")
    card.wait_for_status("wrong")
    assert "It was run:" in card.status.inner_text()
    card.option(asked.answer).click()
    card.press("check")
    assert card.state() == "correct"
    assert called(notebook, "predict") == f'predict("rollback.3", "{asked.answer}", seed=7)'
    card.root.locator(".wb-player summary").click()
    card.root.get_by_text("Step 1 of").wait_for()
    assert "the code, line by line" in card.root.locator(".wb-player summary").inner_text()
    card.button("again").click()
    notebook.page.locator(f'[data-exercise^="{STEP}:predict"][data-status="unanswered"]').wait_for()
    assert called(notebook, "predict") == 'predict("rollback.3")'


def test_a_predicted_value_is_typed_and_checked_by_enter(lab: Open) -> None:
    notebook, card = opened(lab, "predict")
    asked = item("predict")
    assert isinstance(asked, Prediction)
    field = card.root.get_by_role("textbox", name="Or type it, as Python writes it")
    card.option("b").click()
    field.click()
    notebook.page.keyboard.type("'v77'")  # x and v mean something to JupyterLab
    assert card.root.locator('[aria-checked="true"]').count() == 0
    notebook.page.keyboard.press("Enter")
    card.wait_for_status("wrong")
    assert "is not what it gives" in card.status.inner_text()
    gives = asked.gives[asked.letters.index(asked.answer)]
    field.fill(gives)
    card.press("check")
    assert card.state() == "correct"
    assert field.input_value() == gives
    assert "✓ right" in card.option(asked.answer).inner_text()
    assert called(notebook, "predict") == f'predict("rollback.3", {json.dumps(gives)}, seed=7)'
    card.option("a").click()
    assert field.input_value() == ""


def test_few_blanks_are_filled_by_mouse(lab: Open) -> None:
    notebook, card = opened(lab, "fade")
    asked = item("fade")
    assert isinstance(asked, FillIn)
    card.fill(*asked.answer)
    card.press("check")
    assert card.state() == "correct"
    given = ", ".join(f'"{each}"' for each in asked.answer)
    assert called(notebook, "fade") == f'practise("rollback.3", {given}, form="fade", level=2, seed=2)'


def test_lines_are_put_in_order_by_keyboard(lab: Open) -> None:
    notebook, card = opened(lab, "order")
    asked = item("order")
    assert isinstance(asked, Ordering)
    put_in_order(card, asked)
    assert called(notebook, "order").startswith('practise( "rollback.3", "')
    assert called(notebook, "order").endswith('form="order", level=1, seed=2, )')
    # What is handed in says all: who runs the cell tomorrow sees the same.
    notebook.run("call-order")
    card.wait_for_status("correct")


def put_in_order(card: Card, asked: Ordering) -> None:
    """As who uses the keyboard alone: choose a line, move it up, indent it; then check."""
    press = card.page.keyboard.press
    wanted = answer_of(asked)
    now = list(asked.lines)
    card.root.locator("[data-line='1']").focus()
    for place, line in enumerate(wanted):
        at = now.index(line.strip(), place)
        here = int(card.page.evaluate("document.activeElement.dataset.line")) - 1
        for _ in range(abs(at - here)):
            press("ArrowDown" if at > here else "ArrowUp")
        for _ in range(at - place):
            press("Shift+ArrowUp")
        now.insert(place, now.pop(at))
        for _ in range((len(line) - len(line.lstrip())) // 4):
            press("ArrowRight")
        name = card.page.evaluate("document.activeElement.getAttribute('aria-label')")
        steps = (len(line) - len(line.lstrip())) // 4
        assert name == f"Line {place + 1} of {len(wanted)}, indented {steps}: {line.strip()}"
    card.button("check").focus()
    press("Enter")
    card.wait_for_status("correct")


def answer_of(asked: Ordering) -> list[str]:
    sources = [each.splitlines() for each in (asked.of.reference, *asked.of.alternatives)]
    return next(each for each in sources if sorted(map(str.strip, each)) == sorted(asked.lines))


def test_lines_are_put_in_order_by_mouse(lab: Open) -> None:
    _, card = opened(lab, "order")
    asked = item("order")
    assert isinstance(asked, Ordering)
    wanted = answer_of(asked)
    now = list(asked.lines)
    for place, line in enumerate(wanted):
        row = card.root.locator(f"[data-line='{now.index(line.strip(), place) + 1}']")
        target = card.root.locator(f"[data-line='{place + 1}']")
        if now.index(line.strip(), place) != place:
            row.drag_to(target, source_position={"x": 40, "y": 8}, target_position={"x": 40, "y": 2})
            now.insert(place, now.pop(now.index(line.strip(), place)))
        card.root.locator(f"[data-line='{place + 1}']").click()
        for _ in range((len(line) - len(line.lstrip())) // 4):
            card.button("line-more").click()
    card.press("check")
    assert card.state() == "correct"
    assert "Changed since" not in card.root.inner_text()


def test_code_is_mended_by_typing_and_lines_are_counted(lab: Open) -> None:
    notebook, card = opened(lab, "mend")
    asked = item("mend")
    assert isinstance(asked, Writing)
    field = card.root.get_by_label("Your code", exact=True)
    assert field.input_value() == asked.start
    field.focus()
    press = notebook.page.keyboard.press
    press("Control+a")
    notebook.page.keyboard.insert_text(RIGHT.replace("\n        rollback_version = version", ""))
    press("Enter")  # goes on where the block does
    notebook.page.keyboard.type("rollback_version = version")
    assert field.input_value() == RIGHT
    press("x")  # to JupyterLab it means "cut this cell"
    press("Backspace")
    press("Control+Enter")
    card.wait_for_status("correct")
    assert "Changed: " in card.status.inner_text()
    assert '"        rollback_version = version",' in notebook.save()["call-mend"]["source"]
    assert called(notebook, "mend").endswith('form="mend", seed=3, )')


def test_a_wrong_answer_is_broken_by_typing_a_situation(lab: Open) -> None:
    notebook, card = opened(lab, "break")
    asked = item("break")
    assert isinstance(asked, Breaking)
    field = card.root.get_by_label("current_version", exact=True)
    assert field.input_value() == asked.typed[1]
    field.fill("'v1000'")
    card.press("check")
    assert card.state() == "unanswered"
    assert "cannot be a situation" in card.status.inner_text()
    card.root.get_by_label("model_versions", exact=True).fill(BREAKS[0])
    field.fill(BREAKS[1])
    field.focus()
    notebook.page.keyboard.press("Control+Enter")
    card.wait_for_status("correct")
    assert "It goes wrong there." in card.status.inner_text()
    assert BREAKS[1] in called(notebook, "break")


#: Breaks the answer of seed 1.
BREAKS = ("{'v1': 'stable', 'v2': 'stable', 'v3': 'unstable'}", "'v3'")


def test_every_form_can_be_read_and_named_in_the_dark(lab: Open, jupyterlab: Server) -> None:
    jupyterlab.setting("apputils-extension:themes", theme="JupyterLab Dark")
    notebook = lab("practice.ipynb", writes(*CALLS))
    read(notebook.page)
    accessible(notebook.page)


def test_every_form_fits_a_narrow_window_and_can_be_read_there(classic: Open) -> None:
    notebook = classic("practice.ipynb", writes(*CALLS))
    notebook.page.set_viewport_size({"width": 400, "height": 1000})
    for form in CALLS:
        card = notebook.card(item(form).id)
        card.root.scroll_into_view_if_needed()
        fits(card)
    read(notebook.page)
    accessible(notebook.page)
