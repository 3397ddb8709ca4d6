"""Text in Markdown: what is quoted stays a quotation, and no text becomes markup of its own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.markdown import LONGEST_QUOTE, code, compact_html, inline_html, pre, to_html, to_text


@given(st.text())
def test_nothing_ends_a_quotation(text: str) -> None:
    html = to_html(code(text))
    assert html.startswith("<p><code>") and html.endswith("</code></p>")
    assert html.count("<") == 4


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\v", "\f", "\x85", "\u2028", "\u2029"])
def test_a_quotation_has_one_line(end: str) -> None:
    quoted = code(f"a{end}{end}# b")
    assert len(quoted.splitlines()) == 1
    assert "<h1>" not in to_html(f"It is {quoted}.")


def test_a_long_quotation_is_cut_and_says_so() -> None:
    assert code("x" * LONGEST_QUOTE) == f"`{'x' * LONGEST_QUOTE}`"
    assert code("x" * (LONGEST_QUOTE + 1)) == f"`{'x' * LONGEST_QUOTE} …`"


def test_html_in_a_text_is_shown_and_links_lead_nowhere_else() -> None:
    assert "<script>" not in to_html("<script>alert(1)</script>")
    assert "href" not in to_html("[x](javascript:alert(1))")
    assert 'href="https://mlflow.org"' in to_html("[x](https://mlflow.org)")
    assert "<table>" in to_html("| a |\n|---|\n| 1 |")


def test_a_single_paragraph_goes_without_its_tag() -> None:
    assert compact_html("a `b`") == inline_html("a `b`") == "a <code>b</code>"
    assert compact_html("a\n\nb") == to_html("a\n\nb")


def test_plain_text_is_the_first_paragraph() -> None:
    assert to_text("Use `x`, **not** y.\n\nMore.") == "Use x, not y."


def test_source_stays_source() -> None:
    assert pre("a < b\n") == "<pre><code>a &lt; b</code></pre>"
