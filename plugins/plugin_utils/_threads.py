# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Work on many phones at once, in threads.

An item is one phone and has one worker, so no phone gets two requests at a time. The workers are daemon threads: the
interpreter would wait for threads of concurrent.futures at exit, and Ctrl-C would hang until the last phone timed out.
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
    """Do the work on every item and yield ``(index, item, outcome)`` in the order of completion.

    ``items`` may be endless: at most ``2 * workers`` items are taken and not yet yielded. An exception from ``work``
    or ``items`` is raised here and ends the sweep. When the sweep ends early (exception, close, Ctrl-C), no further
    item is started; work in progress runs into its own timeouts in the background. Raises ValueError if there are no
    workers.
    """
    if workers < 1:
        raise ValueError("workers must be at least 1")
    return _sweep(enumerate(items), work, workers)


def gather(items: Iterable[Item], work: Callable[[Item], Outcome], workers: int = WORKERS) -> list[Outcome]:
    """Do the work on every item and return the outcomes in the order of the items. Raises what ``sweep`` raises."""
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
                    name = f"phone-{len(threads)}"
                    thread = threading.Thread(target=_work, args=(work, waiting, done, stopped), name=name, daemon=True)
                    thread.start()
                    threads.append(thread)
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
        except BaseException as error:  # the sweep raises it; here it would be lost
            done.put((index, item, None, error))
