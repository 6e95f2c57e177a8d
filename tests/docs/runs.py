# SPDX-License-Identifier: MIT
"""Plans and runs of examples/shopify-store, made by the library under test.

    runs.py UPSELL LIBRARY --write      write the actions of the runs again, and the tables of
                                        steps in docs/specification.md
"""
import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STORE = ROOT / "examples" / "shopify-store"

sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "tests" / "simulation"))
import libupsell
import wording

VERSIONS = [(version, "draft") for version in libupsell.VERSIONS] + [("2026-10", "calculation")]


def plan_text(upsell: str, number: int, *options: str) -> str:
    """What `upsell plan` writes for a purchase of the store."""
    return subprocess.run(
        [upsell, "plan", "--catalog", str(STORE / "catalog.json"),
         "--order", str(STORE / f"order-{number}.json"),
         "--accept", str(STORE / f"accept-{number}.json"), *options],
        check=True, capture_output=True, encoding="utf-8").stdout


def all_plans(upsell: str):
    """Number of the pattern, version, dialect and plan."""
    for number in range(1, 5):
        for version, dialect in VERSIONS:
            yield number, version, dialect, json.loads(
                plan_text(upsell, number, "--api-version", version, "--dialect", dialect))


def text(value) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def run_file(number: int) -> Path:
    return STORE / f"run-{number}.ndjson"


def events(number: int) -> list[dict]:
    lines = run_file(number).read_text("utf-8").splitlines()
    return [json.loads(line)["event"] for line in lines]


def action_of(runner: libupsell.Runner) -> str:
    """The action of the last step as the library wrote it."""
    view = runner._lib.upsell_progress_get(runner._progress)    # pylint: disable=protected-access
    return view.contents.action.bytes().decode()


def play(library: libupsell.Library, plan: str, given: list[dict]) -> list[tuple[dict, str, str]]:
    """Each event with the text of the action and of the journal that come of it."""
    runner = library.runner(plan.strip().encode())
    journal, played = b"", []
    for event in given:
        journal = runner.step(journal, text(event).encode()).journal
        played.append((event, action_of(runner), journal.decode()))
    runner.close()
    return played


def lines_of(played) -> str:
    return "".join(f'{{"event":{text(event)},"action":{action}}}\n' for event, action, _ in played)


def write_tables(upsell: str) -> None:
    """The tables of steps, from the plans as they are now."""
    path, plans = ROOT / "docs" / "specification.md", list(all_plans(upsell))
    page = path.read_text("utf-8")
    for rule in wording.RULES:
        page = re.sub(rf"(^- \*\*{rule}\*\* (?:(?!^  \|).*\n)*)(?:^  \|.*\n)+",
                      lambda found, name=rule: found[1] + wording.table(name, plans), page,
                      count=1, flags=re.M)
    path.write_text(page, "utf-8")


def write_runs(upsell: str, library: libupsell.Library) -> None:
    """The same events, with the id of the plan as it is now."""
    for number in range(1, 5):
        plan = plan_text(upsell, number)
        old = text(events(number))
        first = json.loads(run_file(number).read_text("utf-8").splitlines()[0])
        if "action" in first:
            old = old.replace(first["action"]["changes"][-1]["value"],
                              json.loads(plan)["plan_id"])
        run_file(number).write_text(lines_of(play(library, plan, json.loads(old))), "utf-8")


if __name__ == "__main__":
    write_tables(sys.argv[1])
    write_runs(sys.argv[1], libupsell.Library(sys.argv[2]))
