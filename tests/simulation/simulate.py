#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Run plans in simulated shops where everything goes wrong that can, and check every moment.

    simulate.py --library libupsell.so --runs 100000 --seed 1      seeds 1 ... 100000
    simulate.py --library libupsell.so --seed 4711 --trace         one run, told step by step
    simulate.py --library libupsell.so --runs 10000 --tap          a subtest per family

Exit status: 0 all is well, 1 a rule was broken or too few runs completed, 2 wrong usage.
"""
import argparse
import collections
import multiprocessing
import os
import random
import sys
import time

sys.dont_write_bytecode = True      # leave nothing beside the sources
import cases
import families
import libupsell
from standing import Violation
from world import PlanMaker, World

CHUNK = 50      # seeds that a process takes at a time
SHOWN = 3       # failing seeds that are told of, per family

# From this many calm runs on, a pattern, version or dialect that never completed is a failure.
ENOUGH_FOR_ALL = 300


def parse_arguments():
    parser = argparse.ArgumentParser(description="simulate plans in shops full of faults")
    parser.add_argument("--library", default=os.environ.get("UPSELL_SHARED_LIB"),
                        help="the shared library under test")
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--family", choices=sorted(families.BY_NAME))
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--trace", action="store_true", help="tell of one run, that of --seed")
    parser.add_argument("--tap", action="store_true", help="write TAP, a test per family")
    arguments = parser.parse_args()
    if not arguments.library or arguments.runs < 1 or arguments.processes < 1:
        parser.error("--library is needed, and --runs and --processes are at least 1")
    return arguments


class Tally:
    """What came of the runs of one family."""

    def __init__(self):
        self.worlds = self.runs = self.completed = self.unknown = 0
        self.wordings = set()       # patterns, versions, dialects that completed
        self.states = collections.Counter()
        self.failures = []          # (seed, what was broken)

    def add(self, case, results: list) -> None:
        self.worlds += 1
        if all(completed for completed, _ in results):
            self.wordings.add(case.label())
        for completed, stops in results:
            self.runs += 1
            self.completed += completed
            states = {state for _, _, state in stops}
            self.unknown += "unknown" in states
            self.states.update(states or {"completed"})

    def join(self, other: "Tally") -> None:
        self.worlds += other.worlds
        self.runs += other.runs
        self.completed += other.completed
        self.unknown += other.unknown
        self.wordings |= other.wordings
        self.states.update(other.states)
        self.failures.extend(other.failures)


def run_seed(seed: int, family, maker: PlanMaker, trace=None) -> World:
    """One world, from its seed alone, carried to its end."""
    rng = random.Random(seed)
    world = World(family.draw(rng), rng, maker, trace)
    world.run()
    return world


def run_chunk(task) -> dict:
    """The tallies of some seeds, by family."""
    seeds, family_name = task
    tallies = collections.defaultdict(Tally)
    for seed in seeds:
        family = families.BY_NAME[family_name] if family_name else families.family_of(seed)
        try:
            world = run_seed(seed, family, Worker.maker)
            tallies[family.name].add(world.setup.cases[0], world.outcomes())
        except Exception as broken:     # whatever it is, the seed tells it again
            tallies[family.name].worlds += 1
            tallies[family.name].failures.append((seed, f"{type(broken).__name__}: {broken}"))
    return dict(tallies)


class Worker:
    """What a process keeps: plans are made once in each."""
    maker: PlanMaker

    @classmethod
    def start(cls, path: str) -> None:
        cls.maker = PlanMaker(libupsell.Library(path))


def run_all(arguments) -> dict:
    seeds = range(arguments.seed, arguments.seed + arguments.runs)
    tasks = [(seeds[first:first + CHUNK], arguments.family)
             for first in range(0, len(seeds), CHUNK)]
    totals = collections.defaultdict(Tally)
    with multiprocessing.Pool(arguments.processes, Worker.start, [arguments.library]) as pool:
        for tallies in pool.imap_unordered(run_chunk, tasks):
            for name, tally in tallies.items():
                totals[name].join(tally)
    return totals


# -- telling -----------------------------------------------------------------------------

def faults_of(family, tally: Tally) -> list:
    """Why a family has not passed."""
    faults = [f"seed {seed}: {what}" for seed, what in sorted(tally.failures)[:SHOWN]]
    if len(tally.failures) > SHOWN:
        faults.append(f"and {len(tally.failures) - SHOWN} more")
    counted = tally.runs - tally.states[family.excused]
    if counted and tally.completed < family.completed * counted:
        faults.append(f"only {share(tally.completed, counted)} completed, "
                      f"{family.completed:.0%} must")
    if tally.runs and tally.unknown > family.unknown * tally.runs:
        faults.append(f"{share(tally.unknown, tally.runs)} ended in unknown")
    if family.draw is families.calm and tally.worlds >= ENOUGH_FOR_ALL:
        missing = {case.label() for case in cases.all_wordings()} - tally.wordings
        faults.extend(f"{label} never completed" for label in sorted(missing))
    return faults


def share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "none"


def summary(tally: Tally) -> str:
    states = ", ".join(f"{name} {count}" for name, count in tally.states.most_common()
                       if name != "completed")
    return f"{tally.worlds} runs, {share(tally.completed, tally.runs)} completed" \
        + (f"; {states}" if states else "")


def report(totals: dict, tap: bool) -> bool:
    """Tell what came of each family; whether all is well."""
    well = True
    told = [family for family in families.FAMILIES if family.name in totals]
    if tap:
        print(f"1..{len(told)}")
    for number, family in enumerate(told, 1):
        tally = totals[family.name]
        faults = faults_of(family, tally)
        well = well and not faults
        word = "not ok" if faults else "ok"
        head = f"{word} {number} - " if tap else f"{'FAILED' if faults else 'ok':7}"
        print(f"{head}{family.name}: {summary(tally)}")
        for fault in faults:
            print(f"# {fault}")
    return well


def trace_one(arguments) -> int:
    Worker.start(arguments.library)
    family = families.BY_NAME[arguments.family] if arguments.family \
        else families.family_of(arguments.seed)
    print(f"seed {arguments.seed}, family {family.name}")
    print(family.draw(random.Random(arguments.seed)))
    try:
        run_seed(arguments.seed, family, Worker.maker, print)
    except Violation as broken:
        print(f"BROKEN: {broken}")
        return 1
    return 0


def main() -> int:
    arguments = parse_arguments()
    if arguments.trace:
        return trace_one(arguments)
    started = time.monotonic()
    totals = run_all(arguments)
    well = report(totals, arguments.tap)
    worlds = sum(tally.worlds for tally in totals.values())
    print(f"# {worlds} runs in {time.monotonic() - started:.0f} s, seeds {arguments.seed} to "
          f"{arguments.seed + arguments.runs - 1}")
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
