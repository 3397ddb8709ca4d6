"""Whose a file is: two people are never one, and what nobody can know is refused."""

from pathlib import Path

from checks.instructor import who
from tests.helpers.collected import APPROVAL, FIRST, LATER, OTHER, ROLLBACK, answered, collect, packed, write


def test_two_downloads_are_one_class(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "lesson 1/doejane_1001_501_01_rollback.ipynb": LATER,
            "lesson 1/leeben_1002_502_01_rollback.ipynb": LATER,
            "lesson 2/doejane_1001_601_02_approval.ipynb": OTHER,
        },
    )
    assert answered(collect(tmp_path)) == {
        "doejane (1001)": [ROLLBACK, APPROVAL],
        "leeben (1002)": [ROLLBACK],
    }


def test_a_learners_own_archive_is_theirs(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    packed(folder / "doejane_1001_501_work.zip", {"work/01_rollback.ipynb": LATER})
    packed(folder / "leeben_1002_502_work.zip", {"doejane_1001_999_01_rollback.ipynb": LATER})
    assert answered(collect(folder)) == {"doejane (1001)": [ROLLBACK], "leeben (1002)": [ROLLBACK]}
    packed(tmp_path / "own" / "anna.zip", {"01_rollback.ipynb": LATER, "more/02_approval.ipynb": OTHER})
    packed(tmp_path / "own" / "ben.zip", {"work/01_rollback.ipynb": LATER})
    assert answered(collect(tmp_path / "own")) == {"anna": [ROLLBACK, APPROVAL], "ben": [ROLLBACK]}


def test_who_cannot_be_told_apart_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {"anna_one.ipynb": FIRST, "anna_two.ipynb": LATER, "ben_one.ipynb": LATER})
    class_ = collect(tmp_path)
    assert answered(class_) == {"anna": [], "ben": [ROLLBACK]}
    assert not [one for one in class_.handed if one.learner == "anna"]
    assert sum("--roster or --learner-pattern" in notice for notice in class_.notices) == 2
    # Google Drive numbers the files of two people of one name.
    for name, other in (
        ("Jane - 01_rollback", "Jane - 01_rollback(1)"),
        ("01_rollback - Jane", "01_rollback - Jane (1)"),
    ):
        files = dict.fromkeys((f"{one}.ipynb" for one in (name, other, "Ben - 01_rollback")), LATER)
        assert answered(collect(write(tmp_path / name, files))) == {"Ben": [ROLLBACK], "Jane": []}
    # Numbered by a browser it is one file, saved again.
    write(tmp_path / "again", {"anna_one.ipynb": FIRST, "anna_one (1).ipynb": LATER})
    assert answered(collect(tmp_path / "again")) == {"anna": [ROLLBACK]}


def test_one_name_with_two_ids_is_two_rows_and_told(tmp_path: Path) -> None:
    names = (f"Jane Doe_{number}_assignsubmission_file_/{ROLLBACK}.ipynb" for number in (1, 2))
    class_ = collect(write(tmp_path, dict.fromkeys(names, LATER)))
    assert class_.learners == ("Jane Doe (1)", "Jane Doe (2)")
    assert any("Jane Doe has 2 rows, by the ids 1, 2" in notice for notice in class_.notices)


def test_a_pattern_finds_the_learner_in_the_path(tmp_path: Path) -> None:
    files = {"week 1/01 jane.ipynb": LATER, "week 1/01 ben.ipynb": LATER, "week 2/02 ben.ipynb": OTHER}
    write(tmp_path, {**files, "notes.ipynb": LATER})
    class_ = collect(tmp_path, pattern=r"/\d+ (?P<learner>\w+)\.ipynb$")
    assert answered(class_) == {"ben": [ROLLBACK, APPROVAL], "jane": [ROLLBACK]}
    assert any("notes.ipynb --learner-pattern finds no learner" in notice for notice in class_.notices)


def test_names_that_look_alike_stay_apart(tmp_path: Path) -> None:
    long = "x" * 200
    names = [b"J\xf6rg", b"J\xe4rg", b"J\xf6rg ", b"a\xe2\x80\xa8b", b"a\xe2\x80\xa9b", b"\x1b[31mred"]
    names += [long.encode() + b"1", long.encode() + b"2"]
    for name in names:
        (tmp_path / "in").mkdir(exist_ok=True)
        folder = Path(str(tmp_path / "in")) / name.decode("utf-8", "surrogateescape")
        folder.mkdir()
        (folder / "01_rollback.ipynb").write_text(LATER)
    class_ = collect(tmp_path / "in")
    assert len(class_.learners) == len(names) == len(class_.handed)
    for learner in class_.learners:
        assert learner.splitlines() == [learner]
        assert learner.isprintable()
        learner.encode()
        assert len(learner) < 220
    raw = "a\u2028b"
    assert who.find(raw, class_.learners) == [who.label(raw)], "typed as the folder is called"


def test_a_learner_is_found_by_label_name_or_id() -> None:
    learners = ["Jane Doe (1)", "Jane Doe (2)", "Ben (3)", "anna"]
    assert who.find("anna", learners) == ["anna"]
    assert who.find("2", learners) == ["Jane Doe (2)"]
    assert who.find("Ben", learners) == ["Ben (3)"]
    assert who.find("Jane Doe", learners) == learners[:2]
    assert who.find("nobody", learners) == []
