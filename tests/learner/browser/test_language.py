"""Another language on the page: chosen once, and cards and the course home speak it, scripts and all."""

from pathlib import Path

from checks.learner.record import FILE, Record
from tests.helpers import plain_english
from tests.learner.browser.conftest import Open
from tests.learner.browser.house import Notebook

#: What of a card is code, or what stands in it: no words of ours.
_CODE = ".wb-option, .wb-blank, .wb-code, .wb-copy"


def english(notebook: Notebook, shown: str) -> set[str]:
    """The plain English words that these parts of the page show or read out."""
    told = notebook.page.evaluate(
        """([shown, code]) => [...document.querySelectorAll(shown)].map((each) => {
            const copy = each.cloneNode(true);
            for (const part of copy.querySelectorAll(code)) part.remove();
            return copy.outerHTML;
        })""",
        [shown, _CODE],
    )
    assert told, shown
    return plain_english.words(" ".join(told))


def test_cards_and_the_home_speak_the_language_that_was_chosen(lab: Open) -> None:
    def choose(path: Path) -> None:
        Record(path.parent / FILE).set("language", "pseudo")

    notebook = lab("02_approval.ipynb", choose)
    card = notebook.card("approval.2")
    card.fill("version")
    card.press("check")
    card.press("hint")
    card.press("solution")
    assert card.state() == "wrong"
    card.fill("status")
    assert "⟦" in card.button("check").inner_text()
    assert english(notebook, ".wb-card") - {"status"} == set(), "but for what was filled in"
    assert english(notebook, ".wb-home-panel, .wb-above") == set()
