# SPDX-License-Identifier: MIT
"""Many threads and forked processes: they share a catalogue, and closing it harms nobody."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

import upsell
from shop import CATALOG, ORDER, ORDER_JSON
from upsell._batch import PACKED, PLAIN, RELEASE_FROM, Batch

THREADS = 8

MANY = [ORDER] * (RELEASE_FROM // len(ORDER._packed) + 1)


def work(catalog: upsell.Catalog, expected: upsell.Decision) -> int:
    """Decides in all ways until the catalogue is closed; returns how often that was right."""
    rounds = 0
    try:
        while True:
            decisions = [
                catalog.decide(ORDER),
                catalog.decide_json(ORDER_JSON),
                catalog.decide_many([ORDER] * 20)[19],
                catalog.decide_many(MANY)[-1],
                next(catalog.decide_lines(ORDER_JSON)).decision,
            ]
            assert decisions == [expected] * 5
            page = catalog.page(ORDER)
            assert page and page["charge_now"]["amount"] == "800"
            assert catalog.preview("S4").offer and len(catalog.scenarios()) == 4
            assert catalog.plan(ORDER, upsell.Acceptance("S1", 1)).charge_now == 800
            rounds += 1
    except upsell.ClosedError:
        return rounds


def test_threads_share_a_catalogue_that_is_closed_meanwhile() -> None:
    for _ in range(5):
        catalog = upsell.Catalog(CATALOG)
        with upsell.Catalog(CATALOG) as another:
            expected = another.decide(ORDER)
        with ThreadPoolExecutor(THREADS) as threads:
            running = [threads.submit(work, catalog, expected) for _ in range(THREADS)]
            time.sleep(0.2)
            catalog.close()
            rounds = [thread.result() for thread in running]
        assert sum(rounds) > THREADS


def test_threads_share_a_runner() -> None:
    with upsell.Catalog(CATALOG) as catalog:
        plan = catalog.plan(ORDER, upsell.Acceptance("S1", 1))
    with upsell.Runner(plan) as runner, ThreadPoolExecutor(THREADS) as threads:
        start = upsell.Start("run-0001", 1700000000)
        expected = runner.step(None, start)
        found = threads.map(lambda _: runner.step(None, start), range(2000))
        assert all(progress == expected for progress in found)


def test_threads_share_a_tally() -> None:
    tally, own = upsell.Tally(), [upsell.Tally() for _ in range(THREADS)]

    def count(thread: int) -> None:
        for number in range(500):
            # Every event comes from two threads; every thread has scenarios of its own.
            tally.add(f"s-{number}-{thread // 2}", "S1", upsell.Count.CLICKED)
            tally.add("s", f"T{thread}-{number % 50}", upsell.Count.SHOWN)
            own[thread].add(f"s-{number}-{thread}", "S2", upsell.Count.ORDERED)
            assert all(item.clicked <= item.shown for item in tally.counts()[-3:])
        tally.merge(own[thread])

    with ThreadPoolExecutor(THREADS) as threads:
        for done in [threads.submit(count, thread) for thread in range(THREADS)]:
            done.result()
    everyone = 500 * THREADS
    assert tally.counts_of("S1") == upsell.Counts("S1", everyone // 2, everyone // 2, 0)
    assert tally.counts_of("S2") == upsell.Counts("S2", everyone, everyone, everyone)
    assert len(tally.counts()) == 2 + 50 * THREADS


def test_a_tally_that_is_closed_meanwhile() -> None:
    tally = upsell.Tally()

    def count(thread: int) -> int:
        for number in itertools.count():
            try:
                tally.add(f"{thread}-{number}", "S1", upsell.Count.SHOWN).report()
            except upsell.ClosedError:
                return number
        raise AssertionError("counting never ends")

    with ThreadPoolExecutor(THREADS) as threads:
        running = [threads.submit(count, thread) for thread in range(THREADS)]
        time.sleep(0.2)
        tally.close()
        assert sum(thread.result() for thread in running) > THREADS


def test_threads_step_the_same_session() -> None:
    session = upsell.Session.open("s", "S1", 1)
    expected = session.step(upsell.SessionEvent.CLICKED, 2)
    with ThreadPoolExecutor(THREADS) as threads:
        found = threads.map(lambda _: session.step(upsell.SessionEvent.CLICKED, 2), range(2000))
        assert all(turn == expected for turn in found)


def test_other_threads_run_during_a_long_call() -> None:
    orders = ORDER._packed * 300_000
    times: list[float] = []
    stop = threading.Event()

    def watch() -> None:
        while not stop.is_set():
            times.append(time.perf_counter())
            time.sleep(0.0001)

    with upsell.Catalog(CATALOG) as catalog:
        core = catalog._core
        assert core is not None
        watcher = threading.Thread(target=watch)
        watcher.start()
        begin = time.perf_counter()
        Batch().decide(core.pointer, PACKED, orders, PLAIN)
        end = time.perf_counter()
        stop.set()
        watcher.join()
    margin = (end - begin) / 10
    assert sum(1 for at in times if begin + margin < at < end - margin) > 3


def test_another_interpreter_in_the_process() -> None:
    """As mod_wsgi has one for each application; each imports this package."""
    use = "import upsell, shop; assert upsell.Catalog(shop.CATALOG).decide(shop.ORDER).offer"
    program = f'''
try:
    import _interpreters as interpreters
except ImportError:  # Python before 3.13
    import _xxsubinterpreters as interpreters
{use}
another = interpreters.create()
assert not interpreters.run_string(another, {use!r})
interpreters.destroy(another)
{use}
catalog = upsell.Catalog(shop.CATALOG)
upsell.Runner(catalog.plan(shop.ORDER, upsell.Acceptance("S1", 1)))
assert catalog.page(shop.ORDER) and catalog.preview("S1").offer
upsell.Tally().add("s", "S1", upsell.Count.SHOWN).report(catalog)
'''
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", program], env=environment, check=True)


def in_a_fork(use: Callable[[], bool]) -> int:
    """The exit status of a forked child: 0 where it did well."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            status = 0 if use() else 2
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_both_sides_of_a_fork_go_on() -> None:
    catalog = upsell.Catalog(CATALOG)
    expected = catalog.decide(ORDER)
    decisions = catalog.decide_many([ORDER] * 3)

    def in_the_child() -> bool:
        right = catalog.decide(ORDER) == expected and list(decisions) == [expected] * 3
        catalog.close()
        with upsell.Catalog(CATALOG) as another:
            return right and another.decide(ORDER) == expected

    assert in_a_fork(in_the_child) == 0
    assert in_a_fork(in_the_child) == 0
    assert catalog.decide(ORDER) == expected and decisions[2] == expected
    catalog.close()


def test_both_sides_of_a_fork_count_on() -> None:
    tally = upsell.Tally().add("s", "S1", upsell.Count.SHOWN)

    def in_the_child() -> bool:
        tally.add("t", "S1", upsell.Count.ORDERED)
        right = tally.counts() == (upsell.Counts("S1", 2, 1, 1),)
        tally.close()
        return right

    assert in_a_fork(in_the_child) == 0
    assert tally.counts() == (upsell.Counts("S1", 1, 0, 0),)


def test_a_fork_while_threads_decide() -> None:
    catalog = upsell.Catalog(CATALOG)
    expected = catalog.decide(ORDER)
    with ThreadPoolExecutor(4) as threads:
        running = [threads.submit(work, catalog, expected) for _ in range(4)]
        for _ in range(10):
            assert in_a_fork(lambda: catalog.decide(ORDER) == expected) == 0
        catalog.close()
        for thread in running:
            thread.result()


# ---- multiprocessing ----

_shared: upsell.Catalog | None = None


def build(text: bytes | None) -> None:
    global _shared
    if text is not None:
        _shared = upsell.Catalog.from_json(text)


def decide_there(order: upsell.Order) -> upsell.Decision:
    assert _shared is not None
    return _shared.decide(order)


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_worker_processes(method: str) -> None:
    """Orders go over and decisions come back; the catalogue is inherited, or built there."""
    from documents import CHECKOUT

    text = (CHECKOUT / "examples" / "tea-store" / "catalog.json").read_bytes()
    order = upsell.Order(
        "1",
        "JPY",
        [
            upsell.OrderLine(
                "1",
                "gid://shopify/Product/8401000000101",
                1,
                "gid://shopify/ProductVariant/45120000010102",
                "gid://shopify/SellingPlan/6901000001",
            )
        ],
    )
    build(text)
    context = multiprocessing.get_context(method)
    with context.Pool(2, build, (None if method == "fork" else text,)) as pool:
        found = pool.map(decide_there, [order] * 20)
    assert found == [decide_there(order)] * 20 and found[0].offer
