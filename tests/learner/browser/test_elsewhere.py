"""A front end that lets no card into its notebook (VS Code, Colab): the page's code on a bare page.

No server and no kernel: quick enough to try many texts for the line that holds an answer.
"""

import ast

import pytest
from playwright.sync_api import BrowserContext, Page

from checks.exercise import FillIn
from checks.learner.card import card, view
from checks.learner.card.page import script
from checks.lessons import exercises, lesson_of

#: A model as anywidget gives it, with one notebook cell around it or none. What it sends is kept.
MODEL = """async ([code, view, source]) => {
  const {default: card} = await import(URL.createObjectURL(new Blob([code], {type: "text/javascript"})));
  window.sent = [];
  window.source = source;
  const cell = {
    cell_type: "code", id: "elsewhere", getSource: () => window.source,
    setSource: text => { window.source = text; },
    getOutputs: () => [{data: {"application/vnd.jupyter.widget-view+json": {model_id: view.model}}}],
  };
  const model = {
    get: () => view, on() {}, off() {}, send: message => window.sent.push(message),
    widget_manager: source === null ? undefined : {context: {model: {sharedModel: {cells: [cell]}}}},
  };
  card.initialize({model});
  document.body.replaceChildren(document.createElement("main"));
  card.render({model, el: document.querySelector("main")});
}"""


@pytest.fixture
def page(context: BrowserContext) -> Page:
    opened = context.new_page()
    yield opened
    opened.close()


def show(page: Page, options: tuple[str, ...] = (), source: str | None = None) -> None:
    task = exercises()["approval.4"]
    assert isinstance(task, FillIn)
    shown = view.card_view(card.CardState(task, lesson_of(task.id), ()))
    if options:
        shown["options"] = [{"key": option, "code": [["", option]]} for option in options]
    page.goto("about:blank")
    page.evaluate(MODEL, [script(), {**shown, "model": "made-up", "reply": 0}, source])


def answer(page: Page, *options: str) -> None:
    for number, option in enumerate(options, 1):
        page.locator(f'[data-blank="{number}"]').click()
        page.get_by_role("button", name=f"Option {option}", exact=True).click()
    page.locator('[data-action="check"]').click()


def test_the_line_to_type_is_shown_and_the_answer_is_judged_all_the_same(page: Page) -> None:
    show(page)
    answer(page, "mv.version", "mv.stage")
    assert 'ask("approval.4", "mv.version", "mv.stage")' in page.locator(".wb-line").inner_text()
    assert page.get_by_role("button", name="Copy").is_visible()
    [sent] = page.evaluate("window.sent")
    assert (sent["action"], sent["answer"]) == ("check", ["mv.version", "mv.stage"])


TEXTS = [
    '"Staging"',
    "it's",
    "both ' and \"",
    "back\\slash",
    "line\nend",
    "tab\t",
    "ünï ⏎ 🎉",
    "\u2028",
    "{x}",
]


def test_every_text_is_written_as_python_reads_it(page: Page) -> None:
    for text in TEXTS:
        show(page, (text, "other"), 'ask("approval.4")')
        for number in (0, 1):
            page.locator("[data-blank]").nth(number).click()
            page.locator("[data-option]").nth(number).click()
        page.locator('[data-action="check"]').click()
        written = ast.parse(page.evaluate("window.source")).body[0].value.args
        assert [each.value for each in written] == ["approval.4", text, "other"]


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("ask('approval.4')", "{}"),
        ('ask("approval.4", "a", "b") ;', "{} ;"),
        ('x = [ask (\n  "approval.4",\n  ")",  # ask("approval.4")\n)]', "x = [{}]"),
        ('"""\nask("approval.4")\n"""\nask("approval.4", f(1, (2)))', '"""\nask("approval.4")\n"""\n{}'),
        ('ask("approval.1"); ask("approval.4")', 'ask("approval.1"); {}'),
        ('ask("approval.4", r"\\")  # \'', "{}  # '"),
        # Where it is not clear which call is meant, or there is none, nothing is touched.
        ('ask("approval.4"); ask("approval.4")', None),
        ('mine.ask("approval.4")', None),
        ('task("approval.4")', None),
        ("ask(name)", None),
        ('ask("approval.4"', None),
        ('# ask("approval.4")', None),
    ],
)
def test_only_the_call_is_replaced(page: Page, source: str, written: str | None) -> None:
    show(page, source=source)
    answer(page, "mv.version", "mv.id")
    line = 'ask("approval.4", "mv.version", "mv.id")'
    assert page.evaluate("window.source") == (source if written is None else written.replace("{}", line))
    assert page.locator(".wb-line").is_visible() == (written is None)
