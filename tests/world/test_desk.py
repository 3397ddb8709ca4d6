"""Decisions by hand go through the learner's own function, from a button and from a terminal."""

import re

import pytest

from checks import cli
from checks.world import desk

TEAM = ["ana", "bob"]


@pytest.fixture
def decided():
    return []


@pytest.fixture
def decide(decided):
    def decide(version, decision, by, approvers):
        if by not in approvers:
            raise PermissionError(f"{by} is not one of the approvers")
        decided.append((version, decision, by))
        return "pending"

    return decide


def test_without_widgets_it_says_what_to_type(decide, decided):
    card = desk.decision_desk(decide, "v3", TEAM)
    data, metadata = card._repr_mimebundle_()
    assert set(data) == {"text/plain", "text/html"} and metadata == {}
    typed = re.search(r"decide\(.*\)", data["text/plain"])[0]
    assert eval(typed, {"decide": decide}) == "pending" and decided == [("v3", "approve", "bob")]


def test_the_buttons_decide_for_the_named_approver(decide, decided, monkeypatch):
    monkeypatch.setattr(desk, "_names_cells", lambda: True)
    card = desk.decision_desk(decide, "v3", TEAM)
    data, metadata = card._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data and metadata == {"workbook": True}
    _, who, buttons, said = card._live().children
    who.value = "bob"
    for button in buttons.children:
        button.click()
    assert decided == [("v3", "approve", "bob"), ("v3", "reject", "bob")]
    assert "bob, approve v3: &#x27;pending&#x27;<br>bob, reject v3" in said.value


def test_the_desk_says_the_quorum_and_how_the_version_stands(decide, monkeypatch):
    monkeypatch.setattr(desk, "_names_cells", lambda: True)
    card = desk.decision_desk(decide, "v3", TEAM, 2)
    assert "ana, bob; 2 approvals needed" in repr(card)
    title, _, buttons, _ = card._live().children
    assert "State: waits for a decision · 2 approvals needed" in title.value
    buttons.children[0].click()
    assert "State: pending" in title.value
    refused = desk.decision_desk(decide, "v3", ["ana", "eve"], 2)._live()
    monkeypatch.setattr(refused.children[1], "value", "eve")
    assert "State: waits" in refused.children[0].value


def test_a_desk_needs_an_approver(decide):
    with pytest.raises(ValueError, match="at least one"):
        desk.decision_desk(decide, "v3", [])


def test_a_decision_is_left_where_the_lesson_is(tmp_path, monkeypatch):
    (tmp_path / "07_gate.ipynb").touch()
    monkeypatch.chdir(tmp_path)
    assert cli.main(["decide", "v3", "approve", "--by", "bob"]) == 0
    assert (tmp_path / desk.INBOX).exists()


def test_what_a_terminal_says_is_taken_in_once(decide, decided, tmp_path, capsys):
    desk.take_in(decide, TEAM, tmp_path)
    assert cli.main(["decide", "v3", "approve", "--by", "bob", "--folder", str(tmp_path)]) == 0
    assert cli.main(["decide", "v3", "reject", "--by", "eve", "--folder", str(tmp_path)]) == 0
    capsys.readouterr()
    desk.take_in(decide, TEAM, tmp_path)
    assert capsys.readouterr().out.splitlines() == [
        "bob, approve v3: 'pending'",
        "eve, reject v3: refused, PermissionError: eve is not one of the approvers",
    ]
    desk.take_in(decide, TEAM, tmp_path)
    assert capsys.readouterr().out == "No decision from a terminal is waiting.\n"
    assert decided == [("v3", "approve", "bob")] and not list(tmp_path.iterdir())
