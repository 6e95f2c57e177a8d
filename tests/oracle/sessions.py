#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Reference implementation of sessions, counting and reports, from the rules SES and CNT alone.

Written for reading; it shares no code with the library.  A session is a dict that holds the keys of
its document, in their order.
"""

import csv
import io
import itertools
import json
from fractions import Fraction

EVENTS = ("shown", "clicked", "processing", "ordered", "failed", "declined", "left", "tick")
ENDED = ("ordered", "failed", "declined", "expired")
EFFECTS = ("count_shown", "count_clicked", "count_ordered", "charge", "show_offer",
           "show_progress", "thank_you")
WAITS = 600
LATEST = 2 ** 53 - 1

EVENT_NAMES = ("offered", "shown", "clicked", "processing", "ordered", "failed", "declined",
               "expired", "left")
COUNTED = ("shown", "clicked", "ordered")

COLUMNS = ("scenario_id", "name", "status", "priority", "shown", "clicked", "ordered",
           "click_rate", "order_rate", "conversion_rate")
COLUMNS_JA = ("シナリオID", "シナリオ名", "公開設定", "優先度", "表示数", "クリック数", "注文成功数",
              "クリック率（%）", "注文成功率（%）", "表示あたり注文率（%）")
STATUS_JA = {"published": "公開", "draft": "非公開"}


def text_of(document):
    """The bytes that the library writes: no white space, nothing escaped but what must be."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


# --------------------------------------------------------------------------------------------
# SES: the session
# --------------------------------------------------------------------------------------------

def open_session(session_id, scenario_id, timer_seconds, now):
    return {"format": "upsell.session/1", "id": session_id, "scenario_id": scenario_id,
            "state": "offered", "seconds": timer_seconds or WAITS, "offered_at": now,
            "shown_at": None, "clicked_at": None, "ended_at": None, "last_at": now}


def deadline_of(session):
    if session["state"] == "offered":
        return session["offered_at"] + WAITS
    if session["state"] == "shown":
        return session["shown_at"] + session["seconds"]
    return None


def step(before, event, now):
    """The session after an event, and what came of it."""
    session = dict(before)
    effects = set()
    time = session["last_at"] = max(now, session["last_at"])
    deadline = deadline_of(session)
    if deadline is not None and time >= deadline:
        session.update(state="expired", ended_at=deadline)

    def means(key, effect):
        if session[key] is None:
            session[key] = time
            effects.add(effect)

    def end(state):
        session.update(state=state, ended_at=time)
        effects.add("thank_you")

    if event == "left":
        pass
    elif event == "ordered" and session["state"] != "ordered":
        means("shown_at", "count_shown")
        means("clicked_at", "count_clicked")
        effects.add("count_ordered")
        end("ordered")
    elif session["state"] in ENDED:
        effects.add("thank_you")
    elif event == "failed":
        means("shown_at", "count_shown")
        means("clicked_at", "count_clicked")
        end("failed")
    elif event == "processing":
        means("shown_at", "count_shown")
        means("clicked_at", "count_clicked")
        session["state"] = "processing"
        effects.add("show_progress")
    elif event == "tick":
        pass
    elif session["clicked_at"] is not None:
        effects.add("show_progress")
    elif event == "shown":
        means("shown_at", "count_shown")
        session["state"] = "shown"
        effects.add("show_offer")
    elif event == "clicked":
        means("shown_at", "count_shown")
        means("clicked_at", "count_clicked")
        session["state"] = "clicked"
        effects |= {"charge", "show_progress"}
    else:
        assert event == "declined", event
        means("shown_at", "count_shown")
        end("declined")

    deadline = deadline_of(session)
    return session, {"effects": [name for name in EFFECTS if name in effects],
                     "changed": session != before,
                     "seconds_left": 0 if deadline is None else deadline - time,
                     "wake_at": deadline or 0}


def is_reachable(session):
    """Whether events lead to a session, found by trying all events at each of its times."""
    times = [session[key] for key in ("shown_at", "clicked_at", "ended_at", "last_at")]
    times = sorted({time for time in times if time is not None})
    if times[0] < session["offered_at"]:
        return False

    def is_on_the_way(other):
        """These times, once they are there, never change."""
        return all(other[key] in (None, session[key]) for key in ("shown_at", "clicked_at"))

    start = open_session(session["id"], session["scenario_id"], session["seconds"],
                         session["offered_at"])
    reached = {text_of(start): start}
    # Two events may share a second.
    for time in itertools.chain.from_iterable([time, time] for time in times):
        for known, event in itertools.product(list(reached.values()), EVENTS):
            after = step(known, event, time)[0]
            if is_on_the_way(after):
                reached[text_of(after)] = after
    return text_of(session) in reached


# --------------------------------------------------------------------------------------------
# CNT: counting
# --------------------------------------------------------------------------------------------

def count(events):
    """Sets of sessions: scenario -> counter -> ids.  Scenarios with no counted event are absent."""
    seen = {}
    for event in events:
        if event["event"] not in COUNTED:
            continue
        sets = seen.setdefault(str(event["scenario_id"]), {name: set() for name in COUNTED})
        for name in COUNTED[:COUNTED.index(event["event"]) + 1]:
            sets[name].add(str(event["session_id"]))
    return seen


def rate(part, whole):
    if not whole:
        return None
    exact = Fraction(part, whole)
    hundredths = (exact * 10000 + Fraction(1, 2)).__floor__()
    return {"fraction": f"{exact.numerator}/{exact.denominator}",
            "percent": f"{hundredths // 100}.{hundredths % 100:02}"}


def with_rates(row, shown, clicked, ordered):
    return {**row, "shown": shown, "clicked": clicked, "ordered": ordered,
            "click_rate": rate(clicked, shown), "order_rate": rate(ordered, clicked),
            "conversion_rate": rate(ordered, shown)}


def rows_of(seen, catalog, only):
    """One per scenario: those of the catalogue, then the others by their bytes."""
    known = [(str(scenario["id"]), scenario) for scenario in (catalog or {}).get("scenarios", [])]
    listed = {scenario_id for scenario_id, _ in known}
    others = sorted((scenario_id for scenario_id in seen if scenario_id not in listed),
                    key=lambda scenario_id: scenario_id.encode())
    rows = []
    for scenario_id, scenario in known + [(scenario_id, None) for scenario_id in others]:
        if only is not None and scenario_id != only:
            continue
        sets = seen.get(scenario_id, {name: () for name in COUNTED})
        row = {"scenario_id": scenario_id}
        for key in ("name", "status", "priority"):
            row[key] = scenario[key] if scenario else None
        rows.append(with_rates(row, *(len(sets[name]) for name in COUNTED)))
    return rows


def report(seen, catalog=None, only=None):
    """The document, or None where the scenario is not known."""
    rows = rows_of(seen, catalog, only)
    if only is not None and not rows:
        return None
    total = with_rates({}, *(sum(row[name] for row in rows) for name in COUNTED))
    return {"format": "upsell.report/1", "scenarios": rows, "total": total}


def harmless(text):
    return "'" + text if text[:1] in tuple("=+-@\t\r\n＝＋－＠") and text else text


def quoted(cell):
    text = "" if cell is None else str(cell)
    if any(sign in text for sign in ',;\t"\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text


def report_csv(seen, catalog=None, only=None, locale="ja", byte_order_mark=False):
    """The same for a spreadsheet; Python's own reader must find the cells again."""
    rows = rows_of(seen, catalog, only)
    if only is not None and not rows:
        return None
    table = [COLUMNS_JA if locale == "ja" else COLUMNS]
    for row in rows:
        cells = dict(row)
        for key in ("scenario_id", "name"):
            cells[key] = harmless(cells[key] or "")
        if locale == "ja":
            cells["status"] = STATUS_JA.get(cells["status"])
        for key in COLUMNS[7:]:
            cells[key] = cells[key] and cells[key]["percent"]
        table.append([cells[key] for key in COLUMNS])
    text = "".join(",".join(map(quoted, line)) + "\r\n" for line in table)
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert read == [["" if cell is None else str(cell) for cell in line] for line in table]
    return ("\ufeff" if byte_order_mark else "") + text
