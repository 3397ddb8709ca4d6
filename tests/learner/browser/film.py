"""The README's moving picture, docs/answer.gif: a wrong answer, its verdict, a walk through it, a right one.

Taken from the real page. Run by `make picture`, after a change of how cards look.
"""

import io

from PIL import Image

from checks.notebook import ROOT
from tests.learner.browser import house

FILM = ROOT / "docs" / "answer.gif"
WRONG = """for version, status in model_versions.items():
    if status == 'stable':
        rollback_version = version"""
RIGHT = WRONG.replace("'stable':", "'stable' and version < current_version:")

SOLVED = {
    "rollback.1": "model_versions = {'v1': 'stable', 'v2': 'unstable', 'v3': 'unstable', 'v4': 'stable'}",
    "rollback.2": "current_version = 'v3'",
}

#: In CSS pixels: the page, and the part of it that is shown, from the answer's cell downwards.
_PAGE, _HEIGHT = (940, 1150), 960
#: Of the film; its colours are the same in each picture.
_WIDTH, _COLOURS = 800, 256
#: In milliseconds: while somebody types, for a look, and for reading.
_TYPING, _LOOK, _READ = 120, 1100, 3200


class Film:
    """Pictures of a part of the page, and how long each is shown."""

    def __init__(self, notebook: house.Notebook) -> None:
        self._page, self._cell = notebook.page, notebook.cell("rollback-3-answer")
        self._pictures: list[tuple[Image.Image, int]] = []

    def take(self, milliseconds: int) -> None:
        box = self._cell.bounding_box()
        assert box is not None
        clip = {"x": box["x"], "y": box["y"], "width": box["width"], "height": _HEIGHT}
        shot = Image.open(io.BytesIO(self._page.screenshot(clip=clip, animations="disabled")))  # type: ignore[arg-type]
        height = round(shot.height * _WIDTH / shot.width)
        self._pictures.append((shot.convert("RGB").resize((_WIDTH, height)), milliseconds))

    def save(self) -> None:
        """Write the film; all its pictures have the colours of the last two: a wrong answer, a right one."""
        pictures, times = zip(*self._pictures, strict=True)
        both = Image.new("RGB", (_WIDTH, 2 * pictures[-1].height))
        both.paste(pictures[-2])
        both.paste(pictures[-1], (0, pictures[-1].height))
        palette = both.quantize(_COLOURS)
        first, *rest = (each.quantize(palette=palette, dither=Image.Dither.NONE) for each in pictures)
        first.save(FILM, save_all=True, append_images=rest, duration=list(times), loop=0, optimize=True)


def main() -> None:
    with house.jupyterlab(*_PAGE) as (server, page):
        notebook = house.Notebook(server, page, "01_rollback.ipynb")
        notebook.open()
        page.keyboard.press("Control+b")  # no sidebar
        for exercise, text in SOLVED.items():
            notebook.answer(exercise, text).wait_for_status("correct")
        answer = notebook.cell("rollback-3-answer")
        answer.locator(".cm-content").click()
        page.keyboard.press("Control+a")
        page.keyboard.press("Delete")
        _to_the_top(answer)
        film = Film(notebook)
        film.take(_LOOK)
        for line in WRONG.splitlines(keepends=True):
            for part in line.partition(" in ") if " in " in line else line.partition(" ="):
                page.keyboard.insert_text(part)
                film.take(_TYPING)
        page.keyboard.press("Shift+Enter")
        card = notebook.card("rollback.3")
        card.wait_for_status("wrong")
        _to_the_top(answer)
        film.take(_READ)
        card.root.locator(".wb-player summary").click()
        card.root.get_by_text("Step 1 of 12").wait_for()
        _to_the_top(answer)
        film.take(_LOOK)
        for _ in range(11):
            page.keyboard.press("ArrowRight")
            film.take(_LOOK)
        film.take(_READ - _LOOK)
        notebook.answer("rollback.3", RIGHT)
        card.wait_for_status("correct")
        _to_the_top(answer)
        film.take(_READ)
        film.save()
    print(f"docs/{FILM.name}: {FILM.stat().st_size // 1000} kB")


def _to_the_top(cell: house.Locator) -> None:
    """Let the cell be the first one seen, and nothing move any more."""
    cell.evaluate("cell => cell.scrollIntoView({block: 'start'})")
    cell.page.wait_for_timeout(500)


if __name__ == "__main__":
    main()
