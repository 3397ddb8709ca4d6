"""Submissions as pytest items: the verdicts are those of `workbook grade`."""

import json
import xml.etree.ElementTree as ET
from pathlib import Path

from tests.helpers.graded import grade, learner_of, nbval, rows
from tests.helpers.handed_in import mixed

ROLLBACK, APPROVAL = "01_rollback", "02_approval"


def test_sixty_mixed_submissions_both_ways(tmp_path: Path) -> None:
    known = mixed(tmp_path / "in", 30, (ROLLBACK,), seed=60)
    known |= {
        (f"other-{learner}", exercise): mark
        for (learner, exercise), mark in mixed(tmp_path / "more", 30, (APPROVAL,), seed=61).items()
    }
    for folder in (tmp_path / "more").iterdir():
        folder.rename(tmp_path / "in" / f"other-{folder.name}")
    grade(tmp_path / "in", tmp_path / "out")
    found = rows(tmp_path / "out")
    assert len(found) == 60
    assert {key: int(found[key[0]][key[1]]) for key in known} == known

    through_nbval = nbval(tmp_path / "in", tmp_path, "-n", "2", "--dist", "loadfile")
    assert {key: int(through_nbval[key]) for key in known} == known
    # And the verdicts behind the marks are the same.
    results = [json.loads(line) for line in (tmp_path / "out" / "results.jsonl").read_text().splitlines()]
    verdicts = {(r["learner"], r["exercise"]): (r["status"], r["misconception"]) for r in results}
    assert {key: verdict for key, verdict in verdicts.items() if key in known} == _verdicts(tmp_path)


def _verdicts(tmp_path: Path) -> dict[tuple[str, str], tuple[str, str | None]]:
    found = {}
    for case in ET.parse(tmp_path / "junit.xml").getroot().iter("testcase"):
        properties = {one.attrib["name"]: one.attrib["value"] for one in case.iter("property")}
        if "status" in properties:
            found[learner_of(case), case.attrib["name"]] = (
                properties["status"],
                properties.get("misconception"),
            )
    return found
