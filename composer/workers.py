"""Work on many things, spread over processes, one to a core: Python's threads take turns."""

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

Thing = TypeVar("Thing")
Result = TypeVar("Result")

# Fewer things than this are done before processes have started.
_FEW = 50
_MOST_AT_ONCE = 25


def is_worth_spreading(count: int) -> bool:
    """Whether so many things are done sooner by several processes; within one of these they are not."""
    if count <= _FEW or (os.cpu_count() or 1) < 2:
        return False
    from multiprocessing import parent_process

    return parent_process() is None


def in_groups(things: Sequence[Thing], most: int) -> list[Sequence[Thing]]:
    """The things in order in groups of as many at most, smaller where some core would have nothing to do."""
    size = max(1, min(most, -(-len(things) // (2 * (os.cpu_count() or 1)))))
    return [things[start : start + size] for start in range(0, len(things), size)]


def spread(
    work: Callable[[Thing], Result], things: Sequence[Thing], make_ready: Callable[..., None] | None = None, papers: tuple[Any, ...] = ()
) -> Iterator[Result]:
    """The results of `work` in the order of the things. Each process begins with `make_ready(*papers)`."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    workers = min(os.cpu_count() or 1, len(things))
    # Forked workers share what is imported already; elsewhere the platform's own way is the safe one.
    context = get_context("fork" if sys.platform == "linux" else None)
    with ProcessPoolExecutor(workers, context, _begin, (make_ready, papers)) as pool:
        yield from pool.map(work, things, chunksize=max(1, min(_MOST_AT_ONCE, len(things) // (workers * 16))))


def _begin(make_ready: Callable[..., None] | None, papers: tuple[Any, ...]) -> None:
    # Ctrl-C is the parent's to answer; without this every worker prints a traceback of its own.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if make_ready is not None:
        make_ready(*papers)
