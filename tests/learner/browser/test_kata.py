"""A kata clicked through: each item with its verdict at once, how sure one was in the call, and the end."""

import ast

from playwright.sync_api import Locator

from checks.judge.forms import make
from checks.lessons import exercises
from checks.practice import Breaking
from tests.helpers import answering
from tests.learner.browser.conftest import Open
from tests.learner.browser.house import Notebook
from tests.learner.browser.test_looks import accessible

CELL = "kata-rollback-kata"


def card_of(notebook: Notebook) -> Locator:
    return notebook.page.locator('[data-kata^="kata(\\"rollback\\""]')


def fill(card: Locator) -> None:
    """Answer in some way: choose an option, fill each blank, move a line, or type what is right."""
    for blank in card.locator("[data-blank]").all():
        blank.click()
        card.locator("[data-option]").first.click()
    if card.locator("textarea").count():
        seed = int(str(card.get_attribute("data-kata")).partition("seed=")[2])
        name, form, *level = str(card.get_attribute("data-item")).split(":")
        place = int(card.locator(".wb-facts li").first.inner_text().rpartition(", ")[2].partition(" ")[0]) - 1
        item = make(exercises()[name], form, seed * 10 + place, *map(int, level))
        parts = answering.right(item)
        typed = parts if isinstance(item, Breaking) else ("\n".join(parts),)
        for field, text in zip(card.locator("textarea").all(), typed, strict=True):
            field.fill(text)
    elif card.locator(".wb-ordering").count():
        card.locator('[data-action="line-down"]').click()
    elif not card.locator("[data-blank]").count():
        card.locator("[data-option]").first.click()


def answers(notebook: Notebook) -> list[list[str]]:
    call = ast.parse(notebook.source(CELL), mode="eval").body
    assert isinstance(call, ast.Call)
    return next((ast.literal_eval(each.value) for each in call.keywords if each.arg == "answers"), [])


def test_a_kata_is_clicked_through(lab: Open) -> None:
    notebook = lab("09_test.ipynb")
    card, press = card_of(notebook), notebook.page.keyboard.press
    for number, sure in enumerate(
        ("little", "fairly", "quite", "quite", "little", "fairly", "fairly", "quite"), 1
    ):
        card.get_by_text(f"{number} of 8").wait_for()
        assert card.locator('[data-action="check"]').is_hidden()
        assert card.locator(f'[data-action="{sure}"]').is_disabled()
        fill(card)
        if number == 1:
            accessible(notebook.page, "[data-kata]")
            card.get_by_role("button", name="A little sure").focus()
            press("Enter")
        else:
            card.locator(f'[data-action="{sure}"]').click()
        card.locator('[data-action="check"]').wait_for()
        assert card.get_attribute("data-status") in ("correct", "wrong")
        assert [len(answers(notebook)), answers(notebook)[-1][1]] == [number, sure]
        if number == 3:  # tomorrow it goes on where it was
            notebook.save()
            notebook.server.end_kernels()
            notebook.open()
            notebook.run_all()
        elif number == 1:
            press("Enter")  # the focus is on Next
        else:
            card.locator('[data-action="check"]').click()
    card.get_by_text("of 8 right").first.wait_for()
    accessible(notebook.page, "[data-kata]")
    assert "Comes back" in card.inner_text() and "tomorrow" in card.inner_text()
    sure = notebook.server.recorded("SELECT status FROM events WHERE kind = 'asked' AND answer LIKE 'kata %'")
    assert len(sure) == 8
