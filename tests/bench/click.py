"""From click to verdict on the page, warm, in a real JupyterLab.

Called by the bench; `python -m tests.bench.click` prints it alone.
"""

import statistics

from playwright.sync_api import Page

from checks.exercise import FillIn
from checks.lessons import exercises
from tests.learner.browser import house, test_made_up

#: Clicks Check and waits until the card has its verdict and is drawn; milliseconds by the page's own clock.
_CLICK = """id => new Promise(done => {
  const card = document.querySelector(`[data-exercise="${id}"]`);
  const from = performance.now();
  new MutationObserver((_, observer) => {
    if (card.getAttribute("aria-busy") === "true") return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - from)));
  }).observe(card, {attributes: true, attributeFilter: ["aria-busy"]});
  card.querySelector('[data-action="check"]').click();
})"""


def click_to_verdict(clicks: int = 40) -> dict[str, list[float]]:
    """Milliseconds from a click on Check to the verdict on the page, by kind of exercise."""
    with house.jupyterlab(1200, 1400) as (server, page):

        def opened(name: str) -> house.Notebook:
            notebook = house.Notebook(server, page, name)
            notebook.open()
            notebook.run_all()
            return notebook

        step = opened("01_rollback.ipynb")
        for number in (1, 2, 3):
            answer = exercises()[f"rollback.{number}"].reference  # type: ignore[attr-defined]
            step.run(f"rollback-{number}-answer", answer)
        times = {"Step": _clicks(page, step.card("rollback.3"), [()], clicks)}

        task = exercises()["approval.5"]
        assert isinstance(task, FillIn)
        fill_in = opened("02_approval.ipynb").card(task.id)
        wrong = ("current_stage", "current_stage", '"Staging"')
        times["FillIn"] = _clicks(page, fill_in, [task.answer, wrong], clicks)

        test_made_up.write(server.folder / "made_up.ipynb")
        choice = opened("made_up.ipynb").card("made.1")
        times["Choice"] = _clicks(page, choice, [("d",), ("a",)], clicks)
    return times


def _clicks(page: Page, card: house.Card, answers: list[tuple[str, ...]], clicks: int) -> list[float]:
    """The first three are not counted: they warm up what comes after."""
    times = []
    for number in range(clicks + 3):
        answer = answers[number % len(answers)]
        if card.root.locator("[data-blank]").count():
            card.fill(*answer)
        elif answer:
            card.option(*answer).click()
        times.append(float(page.evaluate(_CLICK, card.exercise)))
    return times[3:]


def main() -> None:
    for kind, times in click_to_verdict().items():
        late = statistics.quantiles(times, n=20)[-1]
        print(f"{kind:8} median {statistics.median(times):5.0f} ms, 95th percentile {late:5.0f} ms")


if __name__ == "__main__":
    main()
