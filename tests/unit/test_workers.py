"""Work spread over processes: everything is done once, in order, and by more than one where there is more than one core."""

import os
import sys
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier

import pytest

from composer import workers
from composer.workers import in_groups, is_worth_spreading, spread

on_several_cores = pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="this machine has one core, and nothing is spread over it")


def whose(number: int) -> tuple[int, int]:
    return number, os.getpid()


def sat_down(at: str) -> None:
    os.environ["COMPOSER_TEST_DESK"] = at


def desk(_: int) -> str:
    return os.environ["COMPOSER_TEST_DESK"]


meetings: list[Barrier] = []


def come_to(meeting: Barrier) -> None:
    meetings.append(meeting)


def met(_: int) -> bool:
    return meetings[-1].wait(timeout=60) >= 0


def is_worth_it_here(count: int) -> bool:
    return is_worth_spreading(count)


@on_several_cores
@pytest.mark.parametrize("count", [2, 16, 61, 1000])
def test_everything_is_done_once_in_order_by_several(count: int) -> None:
    done = list(spread(whose, range(count)))
    assert [number for number, _ in done] == list(range(count))
    assert os.getpid() not in {process for _, process in done}
    assert len({process for _, process in done}) <= (os.cpu_count() or 1)


@on_several_cores
@pytest.mark.skipif(sys.platform != "linux", reason="workers are forked on Linux only, and the test hands them what it holds")
def test_as_many_work_at_once_as_there_are_cores() -> None:
    """Each waits until all have come, which one that has to do all alone would do in vain."""
    cores = os.cpu_count() or 1
    meeting = get_context("fork").Barrier(cores)
    assert list(spread(met, range(cores), come_to, (meeting,))) == [True] * cores


@on_several_cores
def test_every_process_is_made_ready() -> None:
    assert set(spread(desk, range(40), sat_down, ("by the window",))) == {"by the window"}


@on_several_cores
def test_within_a_process_nothing_is_spread_further() -> None:
    assert is_worth_spreading(1000)
    assert not is_worth_spreading(50)
    assert not any(spread(is_worth_it_here, [1000, 1000]))


@pytest.mark.parametrize(("count", "cores", "sizes"), [(250, 2, [16] * 15 + [10]), (60, 8, [4] * 15), (3, 2, [1, 1, 1]), (1, 4, [1]), (0, 4, [])])
def test_groups_leave_no_core_idle(monkeypatch: pytest.MonkeyPatch, count: int, cores: int, sizes: list[int]) -> None:
    monkeypatch.setattr(workers.os, "cpu_count", lambda: cores)
    groups = in_groups(range(count), 16)
    assert [len(group) for group in groups] == sizes
    assert [number for group in groups for number in group] == list(range(count))
