#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Show that the simulation sees: every plan that was broken on purpose breaks a rule in it.

    test_broken.py --library libupsell.so [--seeds N] [--only NAME]

TAP; a test per breakage: ok if one of the first N seeds shows it.
"""
import argparse
import dataclasses
import os
import random
import sys

sys.dont_write_bytecode = True      # leave nothing beside the sources
import broken
import families
import libupsell
from standing import Violation
from world import PlanMaker, World


def parse_arguments():
    parser = argparse.ArgumentParser(description="simulate plans that are broken on purpose")
    parser.add_argument("--library", default=os.environ.get("UPSELL_SHARED_LIB"))
    parser.add_argument("--seeds", type=int, default=600)
    parser.add_argument("--only", help="a breakage's name")
    arguments = parser.parse_args()
    if not arguments.library:
        parser.error("--library is needed, or UPSELL_SHARED_LIB in the environment")
    if arguments.only not in (None, *(one.name for one in broken.BREAKAGES)):
        parser.error(f"no breakage is called {arguments.only!r}")
    return arguments


def first_violation(breakage: broken.Breakage, library, seeds: int) -> str | None:
    """What the first seed that breaks a rule says; None if none does."""
    maker = PlanMaker(library, breakage.apply)
    family = families.BY_NAME[breakage.family]
    for seed in range(1, seeds + 1):
        rng = random.Random(seed)
        setup = dataclasses.replace(family.draw(rng), **breakage.host)
        try:
            World(setup, rng, maker).run()
        except Violation as violation:
            return f"seed {seed} of {family.name}: {violation}"
    return None


def main() -> int:
    arguments = parse_arguments()
    library = libupsell.Library(arguments.library)
    wanted = [one for one in broken.BREAKAGES if arguments.only in (None, one.name)]
    print(f"1..{len(wanted)}")
    missed = 0
    for number, breakage in enumerate(wanted, 1):
        seen = first_violation(breakage, library, arguments.seeds)
        missed += seen is None
        print(f"{'not ok' if seen is None else 'ok'} {number} - {breakage.name}")
        print(f"# {seen or f'no seed up to {arguments.seeds} shows it'}", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
