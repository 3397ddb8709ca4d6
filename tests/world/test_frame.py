"""The frame of a lesson's own buttons: what stands in it is there, and nothing of a name is markup."""

import ipywidgets as widgets  # type: ignore[import-untyped]

from checks.world.frame import framed, heading


def test_a_frame_holds_its_rows_in_order_and_has_an_edge() -> None:
    rows = [widgets.HTML("one"), widgets.HTML("two")]
    box = framed(*rows)
    assert list(box.children) == rows
    assert box.layout.border_left.startswith("4px")


def test_a_heading_says_its_facts_in_a_line_that_is_read_aloud_when_it_changes() -> None:
    shown = heading("Decide about <v3>", ["State: pending", "2 approvals needed"])
    assert "&lt;v3&gt;" in shown and "<v3>" not in shown
    assert "State: pending · 2 approvals needed" in shown and 'role="status"' in shown
