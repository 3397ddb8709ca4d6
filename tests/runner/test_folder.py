"""A job's folder: read within bounds, whatever an answer put there, and gone when nobody needs it."""

import os
from pathlib import Path

import pytest

from checks.runner import folder
from checks.runner.job import Job
from checks.runner.wire import READ_LIMIT, Order
from checks.world import registry
from checks.world.registry import State

ORDER = Order(Job("x = 1"), [({}, {})], [None])


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return folder.lay_out(tmp_path, ORDER, tmp_path / "no-template")


def test_a_job_without_a_registry_gets_none(place: Path, tmp_path: Path) -> None:
    assert [each.name for each in place.iterdir()] == [folder.HERE]
    assert folder.left_by(tmp_path, os.getpid()) == [place]
    assert folder.left_by(tmp_path, 1) == []


def test_each_situation_has_a_registry_of_its_own(tmp_path: Path) -> None:
    seeds = [State({1: "Staging"}), None, State({1: "None", 2: "Production"})]
    order = Order(Job("x = 1"), [({}, {})] * 3, seeds)
    place = folder.lay_out(tmp_path, order, registry.template_path())
    assert folder.read(place, order).registries == seeds
    folder.registry_of(place, 0).write_bytes(b"no registry any more")
    assert folder.read(place, order).registries == [State({}), *seeds[1:]]


def test_the_registry_at_hand_is_always_found_by_one_path(tmp_path: Path) -> None:
    order = Order(Job("x = 1"), [({}, {})] * 2, [State({1: "Staging"}), State({1: "Archived"})])
    place = folder.lay_out(tmp_path, order, registry.template_path())
    for number in (1, 0, 1):
        folder.turn_to(place, number)
        assert registry.state(place / folder.NOW / folder.REGISTRY) == order.registries[number]


def test_what_is_there_is_read_and_no_more(place: Path) -> None:
    (place / folder.PRINTED).write_bytes(b"a" * READ_LIMIT)
    (place / folder.RESULT).write_text("{}")
    left = folder.read(place, ORDER)
    assert (len(left.printed), left.too_much, left.result, left.registries) == (
        READ_LIMIT,
        False,
        "{}",
        [None],
    )
    (place / folder.PRINTED).write_bytes(b"a" * (READ_LIMIT + 1))
    left = folder.read(place, ORDER)
    assert (len(left.printed), left.too_much) == (READ_LIMIT, True)


def test_only_a_regular_file_is_read(place: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the instructor's")
    (place / folder.PRINTED).symlink_to(secret)
    os.mkfifo(place / folder.RESULT)
    left = folder.read(place, ORDER)
    assert (left.printed, left.result) == (b"", None)


def test_signs_that_are_none_are_replaced(place: Path) -> None:
    (place / folder.RESULT).write_bytes(b"\xff{}")
    assert folder.read(place, ORDER).result == "\ufffd{}"


def test_folders_of_the_dead_go_and_those_of_the_living_stay(tmp_path: Path) -> None:
    pytest.importorskip("fcntl")
    alive, held = folder.make_home(tmp_path)
    dead, lock = folder.make_home(tmp_path)
    assert held is not None and lock is not None
    os.close(lock)  # as when its process ends
    folder.remove_orphans(tmp_path)
    assert alive.exists() and not dead.exists()
    os.close(held)


def test_a_tree_too_deep_for_python_goes_too(tmp_path: Path) -> None:
    deep = tmp_path / "deep"
    deep.mkdir()
    here = Path.cwd()
    try:
        os.chdir(deep)
        for _ in range(1500):
            Path("d").mkdir()
            os.chdir("d")
    finally:
        os.chdir(here)
    folder.remove(deep)
    assert not deep.exists()
