"""A test clicked through: one question after the other, back, tomorrow, and what the answers say."""

import ast

from playwright.sync_api import Locator

from checks.lessons import paper
from tests.learner.browser.conftest import Open
from tests.learner.browser.house import Notebook
from tests.learner.browser.test_looks import accessible, read

CELL = "test-approval-quiz"
RIGHT = "".join(question.answer for question in paper.quiz("approval", 7).questions)


def card_of(notebook: Notebook) -> Locator:
    return notebook.page.locator('[data-quiz^="quiz(\\"approval\\""]')


def turn(card: Locator, action: str, place: str) -> None:
    """Click Next or Back, and wait for the question that it leads to."""
    card.locator(f'[data-action="{action}"]').click()
    card.get_by_text(place, exact=True).wait_for()


def choose(card: Locator, letter: str) -> None:
    card.locator(f'[data-option="{letter}"]').click()


def test_a_test_is_clicked_through_and_its_answers_are_code(lab: Open) -> None:
    notebook = lab("09_test.ipynb")
    card, press = card_of(notebook), notebook.page.keyboard.press
    back, go_on = card.locator('[data-action="back"]'), card.locator('[data-action="check"]')
    assert "Question 1 of 10" in card.inner_text()
    assert back.is_disabled()
    assert go_on.is_disabled()
    shown = [option.get_attribute("data-option") for option in card.locator("[data-option]").all()]
    assert shown == ["a", "b", "c", "d"]
    assert card.locator(".wb-letter").all_text_contents() == ["A", "B", "C", "D"]

    wrong = next(letter for letter in "abcd" if letter != RIGHT[0])
    choose(card, wrong)
    assert notebook.source(CELL) == 'quiz("approval", seed=7)'  # a choice is no answer yet
    turn(card, "check", "Question 2 of 10")
    assert notebook.source(CELL) == f'quiz("approval", seed=7, answers="{wrong}")'
    focused = notebook.page.evaluate("document.activeElement.dataset.option")
    assert focused == card.locator("[data-option]").first.get_attribute("data-option")
    assert card.locator('[aria-checked="true"]').count() == 0
    # Nothing tells right from wrong before the end.
    assert "1 of 10 answered" in card.get_by_role("status").inner_text()
    assert notebook.server.recorded("SELECT name FROM sqlite_master") == []

    turn(card, "back", "Question 1 of 10")
    assert card.locator('[aria-checked="true"]').get_attribute("data-option") == wrong
    assert notebook.source(CELL) == 'quiz("approval", seed=7)'
    choose(card, wrong)
    turn(card, "check", "Question 2 of 10")

    # By keyboard: the arrows choose, Tab goes on to Back and Next.
    press("ArrowDown")
    second = card.locator('[aria-checked="true"]').get_attribute("data-option")
    press("Tab")
    press("Tab")
    press("Enter")
    card.get_by_text("Question 3 of 10", exact=True).wait_for()

    # Tomorrow, with another kernel, it goes on where it was.
    saved = notebook.save()
    assert saved[CELL]["source"] == f'quiz("approval", seed=7, answers="{wrong}{second}")'
    assert sorted(saved[CELL]["outputs"][0]["data"]) == ["text/html", "text/plain"]
    notebook.server.end_kernels()
    notebook.open()
    notebook.page.get_by_text("Question 3 of 10").wait_for()
    assert card_of(notebook).count() == 0
    notebook.run_all()
    assert "Question 3 of 10" in card.inner_text()

    for number, letter in enumerate(RIGHT[2:], 3):
        choose(card, letter)
        if number < 10:
            turn(card, "check", f"Question {number + 1} of 10")
    assert go_on.inner_text() == "Finish"
    go_on.click()
    card.get_by_text("What showed, and where to go back to:").wait_for()
    answers = wrong + str(second) + RIGHT[2:]
    expected = sum(given == right for given, right in zip(answers, RIGHT, strict=True))
    assert card.get_by_role("status").inner_text().startswith(f"{expected} of 10 right")
    assert notebook.page.evaluate("document.activeElement.getAttribute('aria-label')") == "What showed"
    assert go_on.is_hidden()
    [call] = ast.parse(notebook.save()[CELL]["source"]).body
    assert call.value.keywords[1].value.value == answers
    assert notebook.server.recorded("SELECT count(*) FROM events WHERE kind = 'asked'") == [(10,)]
    read(notebook.page)
    accessible(notebook.page)

    # A link leads to the lesson, and this notebook stays open beside it.
    card.get_by_role("link").first.click()
    notebook.page.locator(".lm-TabBar-tabLabel", has_text=".ipynb").nth(1).wait_for()
    assert "/lab/tree/09_test" not in notebook.page.url
    assert notebook.page.locator(".lm-TabBar-tabLabel", has_text="09_test.ipynb").count() == 1


def test_a_call_that_was_edited_is_not_written_over(lab: Open) -> None:
    notebook = lab("09_test.ipynb")
    card = card_of(notebook)
    choose(card, "a")
    turn(card, "check", "Question 2 of 10")
    notebook.type(CELL, 'quiz("approval", seed=7, answers="dddd")')
    choose(card, "b")
    turn(card, "check", "Question 3 of 10")
    assert notebook.source(CELL) == 'quiz("approval", seed=7, answers="dddd")'
    assert 'quiz("approval", seed=7, answers="ab")' in card.inner_text()


def test_without_a_seed_the_one_that_was_drawn_stays(lab: Open) -> None:
    notebook = lab("09_test.ipynb")
    notebook.run(CELL, 'quiz("approval")')
    card = card_of(notebook)
    card.wait_for()
    drawn = card.get_attribute("data-quiz")
    choose(card, "a")
    turn(card, "check", "Question 2 of 10")
    assert notebook.source(CELL) == f'{drawn}, answers="a")'


def test_after_a_test_the_missed_are_practised_and_another_test_stands_below(lab: Open) -> None:
    notebook = lab("09_test.ipynb")
    wrong = "abcd"[("abcd".index(RIGHT[0]) + 1) % 4]
    line = f'quiz("approval", seed=7, answers="{wrong}{RIGHT[1:]}")'
    notebook.run(CELL, line)
    card = card_of(notebook)
    card.locator('[data-action="practise"]').click()
    card.get_by_text("Question 1 of 1", exact=True).wait_for()
    choose(card, RIGHT[0])
    card.locator('[data-action="check"]').click()
    card.get_by_text("1 of 1 right").wait_for()
    assert notebook.source(CELL) == line
    assert notebook.server.recorded("SELECT count(*) FROM events WHERE kind = 'attempt'") == [(10,)]
    saved = notebook.save()
    kept = "".join(saved[CELL]["outputs"][0]["data"]["text/plain"])
    assert "9 of 10 right" in kept, "the file keeps the test"

    card.locator('[data-action="another"]').click()
    notebook.page.locator('[data-quiz^="quiz(\\"approval\\""]').nth(1).wait_for()
    cells = list(notebook.save().values())
    at = next(number for number, cell in enumerate(cells) if cell["id"] == CELL)
    assert cells[at]["source"] == line and cells[at + 1]["source"] == 'quiz("approval")'


def test_ten_of_ten_gives_a_certificate(lab: Open) -> None:
    notebook = lab("09_test.ipynb")
    notebook.run(CELL, f'quiz("approval", seed=7, answers="{RIGHT}")')
    card = card_of(notebook)
    card.locator('[data-action="certificate"]').click()
    card.get_by_role("link", name="certificate.html").wait_for()
    assert "10 of 10" in (notebook.server.folder / "certificate.html").read_text("utf-8")
