"""How a run stands, in lines and as a table of the same."""

from checks.world.durable.report import Report

REPORT = Report("", "waiting <for> a decision", 2, 1, (("train_model", 1, 1), ("fail_run", 0, None)))


def test_a_report_is_lines() -> None:
    assert str(REPORT).splitlines() == [
        "run: waiting <for> a decision",
        "processes so far: 2",
        "votes known: 1",
        "train_model: ran 1, recorded 1",
        "fail_run: ran 0, nothing is recorded",
    ]
    assert str(Report("The worker was killed.", "x", 0, 0, ())).startswith("The worker was killed.\nrun: x")


def test_the_table_says_the_same_and_escapes_it() -> None:
    bundle = REPORT._repr_mimebundle_()
    assert bundle["text/plain"] == str(REPORT) == repr(REPORT)
    table = bundle["text/html"]
    assert table == REPORT.html()
    assert "<strong>waiting &lt;for&gt; a decision</strong>" in table
    assert "processes so far: 2 · votes known: 1" in table
    assert table.count("<tr>") == 3
    assert "–</td></tr>" in table, "where nothing is recorded"
