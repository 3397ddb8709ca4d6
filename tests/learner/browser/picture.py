"""The README's picture, docs/card.png: a card with a wrong answer, taken from the real page.

Run by `make picture`, after a change of how cards look.
"""

from checks.notebook import ROOT
from tests.learner.browser import house

PICTURE = ROOT / "docs" / "card.png"


def main() -> None:
    with house.jupyterlab(1150, 1200) as (server, page):
        notebook = house.Notebook(server, page, "02_approval.ipynb")
        notebook.open()
        notebook.run_all()
        card = notebook.card("approval.2")
        card.fill("status")
        card.press("check")
        notebook.run("approval-2-ask")
        notebook.cell("approval-intro").click()  # so that the picture's cell is not the chosen one
        cell = notebook.cell("approval-2-ask")
        cell.scroll_into_view_if_needed()
        cell.screenshot(path=PICTURE)
    print(f"docs/{PICTURE.name}: {PICTURE.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
