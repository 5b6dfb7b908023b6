# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many phones at once, in threads: one item is one phone and is worked on by one worker, so no phone gets two requests at a time.

The workers are daemon threads and not those of concurrent.futures, for which the interpreter waits when it ends: after Ctrl-C
nobody should have to wait until the last phone has timed out.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from queue import SimpleQueue
from typing import Any, TypeVar

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")

WORKERS = 64


def sweep(
    items: Iterable[Item], work: Callable[[Item], Outcome], workers: int = WORKERS
) -> Iterator[tuple[int, Item, Outcome]]:
    """Do the work on every item; yields ``(index, item, outcome)`` in the order in which they are done.

    ``items`` may be endless: an item is taken only when a worker is about to be free, and at most ``2 * workers`` are taken and not yet
    yielded. What ``work`` or ``items`` raises is raised here, and ends the sweep. When it ends early (so, or because it is closed, or
    interrupted), no item is begun any more; the work that is being done ends by its own time-outs, unwatched.
    """
    if workers < 1:
        raise ValueError("workers has to be at least 1")
    return _sweep(enumerate(items), work, workers)


def gather(items: Iterable[Item], work: Callable[[Item], Outcome], workers: int = WORKERS) -> list[Outcome]:
    """Do the work on every item and return the outcomes in the order of the items. Raises what ``work`` raises."""
    outcomes = {index: outcome for index, _item, outcome in sweep(items, work, workers)}
    return [outcomes[index] for index in range(len(outcomes))]


def _sweep(
    source: Iterator[tuple[int, Item]], work: Callable[[Item], Outcome], workers: int
) -> Iterator[tuple[int, Item, Outcome]]:
    waiting: SimpleQueue[Any] = SimpleQueue()
    done: SimpleQueue[Any] = SimpleQueue()
    stopped = threading.Event()
    threads: list[threading.Thread] = []
    in_flight = 0
    try:
        while True:
            while in_flight < 2 * workers and (entry := next(source, None)) is not None:
                waiting.put(entry)
                in_flight += 1
                if len(threads) < workers:
                    threads.append(
                        threading.Thread(
                            target=_work, args=(work, waiting, done, stopped), name=f"phone-{len(threads)}", daemon=True
                        )
                    )
                    threads[-1].start()
            if not in_flight:
                return
            index, item, outcome, error = done.get()
            in_flight -= 1
            if error is not None:
                raise error
            yield index, item, outcome
    finally:
        stopped.set()
        for _thread in threads:
            waiting.put(None)


def _work(
    work: Callable[[Any], Any], waiting: SimpleQueue[Any], done: SimpleQueue[Any], stopped: threading.Event
) -> None:
    while (entry := waiting.get()) is not None and not stopped.is_set():
        index, item = entry
        try:
            done.put((index, item, work(item), None))
        except BaseException as error:  # for whoever sweeps: nobody else would ever hear of it
            done.put((index, item, None, error))
