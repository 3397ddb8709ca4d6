"""How far a learner is: a line for each lesson, and the same as a table."""

from dataclasses import replace

from checks.learner.card.overview import Overview
from checks.lessons import lessons

LESSON = replace(next(one for one in lessons() if one.slug == "rollback"), title="Roll <back>")
OF = len(LESSON.exercises)


def test_a_line_for_each_lesson() -> None:
    (line,) = str(Overview(((LESSON, 1),))).splitlines()
    assert line == f"1 Roll <back>: 1 of {OF} steps done, about {LESSON.minutes} minutes"


def test_the_table_says_the_same_and_a_notice_comes_below() -> None:
    overview = Overview(((LESSON, 1), (LESSON, OF)), "Progress is kept in `work`.")
    faces = overview._repr_mimebundle_()
    assert faces == overview.faces()
    assert faces["text/plain"] == str(overview)
    table, _, below = faces["text/html"].partition("</table>")
    assert f"<td>█{'░' * (OF - 1)}</td><td>1 of {OF} steps</td>" in table
    assert f"<td>{'█' * OF}</td>" in table
    assert "Roll &lt;back&gt;" in table
    assert below == "<p>Progress is kept in <code>work</code>.</p>"


def test_a_live_face_is_drawn_where_there_is_one() -> None:
    assert Overview((), live=lambda _: ({"live": "face"}, {}))._repr_mimebundle_() == ({"live": "face"}, {})
