"""A run's folder: what is written there is read there, whole."""

from pathlib import Path

from checks.world.durable import place


def test_what_happened_is_kept_in_its_order(tmp_path: Path) -> None:
    assert place.happened(tmp_path) == []
    for word in (place.BEGAN, f"{place.VOTE}zoë: approve", place.BEGAN):
        place.note(tmp_path, word)
    assert place.happened(tmp_path) == ["began", ">zoë: approve", "began"]
    with (tmp_path / "happened").open("a") as file:
        file.write("wai")  # as long as the line's end is not written, nothing has happened
    assert place.happened(tmp_path) == ["began", ">zoë: approve", "began"]


def test_a_thing_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    assert place.kept(tmp_path, "result", "nothing yet") == "nothing yet"
    assert place.settings(tmp_path) == {}
    place.keep(tmp_path, "settings", {"quorum": 2})
    place.keep(tmp_path, "settings", {"quorum": 3})
    assert place.settings(tmp_path) == {"quorum": 3}
    assert [path.name for path in tmp_path.iterdir()] == ["settings"]
