"""What is written for readers of the repository leads somewhere, and what it shows is small enough."""

import re
from pathlib import Path

import pytest

from checks.notebook import ROOT

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *ROOT.glob("docs/*.md")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_to_a_file_or_an_address(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        assert target.startswith("https://") or (page.parent / target).exists(), target


def test_the_moving_picture_is_one_and_small() -> None:
    film = (ROOT / "docs" / "answer.gif").read_bytes()
    assert film.startswith(b"GIF89a") and film.count(b"\x21\xf9\x04") > 10, "pictures"
    assert len(film) < 1_500_000
