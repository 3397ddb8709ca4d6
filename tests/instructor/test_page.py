"""What all pages share: nothing in them can run or be loaded, and a table shows each cell as what it is."""

from checks.instructor.page import Prose, Raw, page, table


def test_a_page_allows_no_script_and_shows_its_title_as_text() -> None:
    made = page("<b>Ann & Ben</b>", ["<p>one</p>", "<p>two</p>"])
    assert "content=\"default-src 'none'; style-src 'unsafe-inline'\"" in made
    assert "<title>&lt;b&gt;Ann &amp; Ben&lt;/b&gt;</title>" in made
    assert "<body>\n<p>one</p>\n<p>two</p>\n</body>" in made


def test_a_cell_is_text_prose_html_or_a_number() -> None:
    made = table(("a < b",), [("`x` <i>",), (Prose("`x` <i>"),), (Raw("<i>x</i>"),), (3,)])
    assert "<th>a &lt; b</th>" in made
    assert made.partition("<tbody>")[2] == (
        "<tr><td>`x` &lt;i&gt;</td></tr>"
        "<tr><td><code>x</code> &lt;i&gt;</td></tr>"
        "<tr><td><i>x</i></td></tr>"
        '<tr><td class="number">3</td></tr></tbody></table>'
    )
