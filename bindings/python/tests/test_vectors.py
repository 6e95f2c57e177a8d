# SPDX-License-Identifier: MIT
"""The project's vectors: what C computes is what Python gets, whichever way it asks."""

from __future__ import annotations

import dataclasses
import datetime
import functools
import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest

import documents
import upsell
from documents import compact, decision_document
from upsell._preview import Preview
from vectors import Vector, all_vectors, source

ANY_CATALOG = (
    '{"format":"upsell.catalog/1","currency":"JPY",'
    '"selling_plans":[],"products":[],"scenarios":[]}'
)


def member(members: Any, given: str | int) -> Any:
    """A name in a vector, or a number, which stands for itself."""
    return documents.word(members, given) if isinstance(given, str) else given


def outcome(compute: Callable[[], Mapping[str, Any]]) -> Mapping[str, Any]:
    """A result, or the code of the error."""
    try:
        return compute()
    except upsell.UpsellError as error:
        return {"code": error.code}


# ---- money ----


def run_currency(v: Vector) -> Mapping[str, Any]:
    v.only("code hex")
    return {"decimals": upsell.Currency.find(v.text("code")).decimals}


def run_money_parse(v: Vector) -> Mapping[str, Any]:
    v.only("text hex currency")
    return {"amount": upsell.money_parse(v.text("text"), v.given["currency"])}


def run_money_format(v: Vector) -> Mapping[str, Any]:
    v.only("amount currency")
    return {"text": upsell.money_format(v.given["amount"], v.given["currency"])}


def run_money_display(v: Vector) -> Mapping[str, Any]:
    v.only("amount currency style")
    style = member(upsell.MoneyStyle, v.given["style"])
    return {"text": upsell.display_money(v.given["amount"], v.given["currency"], style)}


def run_percentage_parse(v: Vector) -> Mapping[str, Any]:
    v.only("text hex")
    return {"percentage": upsell.percentage_parse(v.text("text"))}


def policy(v: Vector, given: Mapping[str, Any]) -> upsell.Rounding:
    """A policy; 0 is how C says that a part is not set, and None how Python does."""
    v.only("mode target basis", given)
    return upsell.Rounding(
        member(upsell.RoundingMode, given.get("mode", 0)) or None,
        member(upsell.RoundingTarget, given.get("target", 0)) or None,
        member(upsell.RoundingBasis, given.get("basis", 0)) or None,
    )


def run_percentage(v: Vector) -> Mapping[str, Any]:
    v.only("base percentage quantity policy")
    given = v.given
    price = upsell.percentage_price(
        given["base"], given["percentage"], given["quantity"], policy(v, given["policy"])
    )
    return {"unit": price.unit, "line": price.line}


# ---- pricing ----


def run_pattern(v: Vector) -> Mapping[str, Any]:
    v.only("trigger_kind offer_kind")
    pattern = upsell.pattern_of(
        member(upsell.Kind, v.given["trigger_kind"]), member(upsell.Kind, v.given["offer_kind"])
    )
    return {"pattern": pattern.text, "number": int(pattern)}


def interval(v: Vector, given: Mapping[str, Any]) -> upsell.Interval:
    v.only("interval count", given)
    return upsell.Interval(member(upsell.IntervalUnit, given["interval"]), given["count"])


def cycle(v: Vector, given: Mapping[str, Any]) -> upsell.Cycle:
    v.only("billing delivery", given)
    delivery = given.get("delivery")
    return upsell.Cycle(
        interval(v, given["billing"]), None if delivery is None else interval(v, delivery)
    )


def run_same_cycle(v: Vector) -> Mapping[str, Any]:
    v.only("a b")
    a, b = cycle(v, v.given["a"]), cycle(v, v.given["b"])
    same = outcome(lambda: {"same": upsell.cycle_same(a, b)})
    assert outcome(lambda: {"same": upsell.cycle_same(b, a)}) == same
    return same


def pricing(v: Vector) -> list[upsell.PlanPrice]:
    for entry in v.given["pricing"]:
        v.only("after_cycle type value", entry)
    return [
        upsell.PlanPrice(
            entry["after_cycle"], member(upsell.Adjustment, entry["type"]), entry["value"]
        )
        for entry in v.given["pricing"]
    ]


def run_plan_price(v: Vector) -> Mapping[str, Any]:
    v.only("list_unit pricing cycle checkout")
    checkout = policy(v, v.given["checkout"]) if "checkout" in v.given else None
    return {
        "unit": upsell.plan_price(v.given["list_unit"], pricing(v), v.given["cycle"], checkout)
    }


def discount_of(v: Vector, given: Mapping[str, Any]) -> upsell.Discount:
    v.only("type value", given)
    return upsell.Discount(member(upsell.Adjustment, given["type"]), given.get("value", 0))


def rounding_pair(v: Vector, given: Mapping[str, Any]) -> upsell.RoundingPair:
    v.only("checkout offer_page", given)
    return upsell.RoundingPair(
        policy(v, given.get("checkout", {})), policy(v, given.get("offer_page", {}))
    )


def run_first_price(v: Vector) -> Mapping[str, Any]:
    v.only("pattern list_unit pricing discount quantity rounding")
    discount, rounding = v.given.get("discount"), v.given.get("rounding")
    price = upsell.first_price(
        member(upsell.Pattern, v.given["pattern"]),
        v.given["list_unit"],
        v.given["quantity"],
        pricing(v),
        None if discount is None else discount_of(v, discount),
        None if rounding is None else rounding_pair(v, rounding),
    )
    assert price.recurring == ()
    return {
        "list_unit": price.list_unit,
        "plan_unit": price.plan_unit,
        "checkout": {"unit": price.checkout.unit, "line": price.checkout.line},
        "offer_page": {"unit": price.offer_page.unit, "line": price.offer_page.line},
    }


def run_priority(v: Vector) -> Mapping[str, Any]:
    v.only("priorities")
    return {"winner": upsell.priority_resolve(v.given["priorities"])}


# ---- documents ----


def located(error: upsell.UpsellError | upsell.Problem) -> Mapping[str, Any]:
    assert error.message
    return {"code": error.code, "pointer": error.pointer}


def fault(compute: Callable[[], object]) -> Mapping[str, Any]:
    try:
        compute()
    except upsell.UpsellError as error:
        return located(error)
    return {"code": "ok"}


def run_catalog_problems(v: Vector) -> Mapping[str, Any]:
    text = source(v.given)
    problems = upsell.check(text)
    first = located(problems[0]) if problems else {"code": "ok"}
    assert fault(lambda: upsell.Catalog.from_json(text).close()) == first
    return {"problems": [located(problem) for problem in problems]}


def run_order_errors(v: Vector) -> Mapping[str, Any]:
    text = source(v.given)
    with upsell.Catalog.from_json(ANY_CATALOG) as catalog:
        found = fault(lambda: catalog.decide_json(text))
        assert fault(lambda: catalog.decide_to_json(text)) == found
        # A document over several lines is another stream; so is none at all.
        if b"\n" not in text and text.strip(b" \t\r"):
            (line,) = catalog.decide_lines(text)
            assert (located(line.error) if line.error else {"code": "ok"}) == found
    return found


def run_adapters(v: Vector) -> Mapping[str, Any]:
    v.only("from ids payload")
    adapt = {
        "input_data": upsell.order_from_input_data,
        "shopify_order": upsell.order_from_shopify_order,
    }[v.given["from"]]
    ids = member(upsell.IdForm, v.given.get("ids", "numbers"))
    try:
        order = adapt(source(v.given["payload"]), ids)
    except upsell.UpsellError as error:
        return located(error)
    assert order == compact(v.expect["order"]).encode()
    with upsell.Catalog.from_json(ANY_CATALOG) as catalog:
        catalog.decide_json(order)
    return {"order": json.loads(order)}


# ---- decisions ----


def all_ways(v: Vector, explain: bool) -> list[upsell.Decision]:
    """The same decision from native objects and from texts, alone and among others."""
    catalog_text, order_text = v.document("catalog"), v.document("order")
    order = documents.order(json.loads(order_text))
    decisions = []
    with (
        upsell.Catalog.from_json(catalog_text) as from_text,
        upsell.Catalog(documents.catalog_input(json.loads(catalog_text))) as native,
    ):
        for catalog in (from_text, native):
            decisions += [
                catalog.decide(order, explain=explain),
                catalog.decide_json(order_text, explain=explain),
                *catalog.decide_many([order, order], explain=explain),
            ]
            (line,) = catalog.decide_lines(order_text.replace(b"\n", b" "), explain=explain)
            assert line.decision is not None
            decisions.append(line.decision)
            texts = {
                catalog.decide_to_json(order, explain=explain),
                catalog.decide_to_json(order_text, explain=explain),
                compact(decision_document(decisions[0])).encode(),
            }
            assert len(texts) == 1
    return decisions


def run_decide(v: Vector) -> Mapping[str, Any]:
    v.only("catalog catalog_text order order_text explain")
    explain = v.given.get("explain", True)
    first, *others = all_ways(v, explain)
    assert all(other == first for other in others)
    # Explaining or not, the decision is the same but for what was considered.
    other_way = decision_document(all_ways(v, not explain)[0])
    document = decision_document(first)
    assert {**other_way, "considered": ()} == {**document, "considered": ()}
    # As text, so that the order of keys counts.
    assert compact(document) == compact(v.expect)
    return document


def run_preview(v: Vector) -> Mapping[str, Any]:
    v.only("catalog catalog_text index")
    index = v.given["index"]
    with upsell.Catalog.from_json(v.document("catalog")) as catalog:
        scenarios = catalog.scenarios()
        if index >= len(scenarios):  # which has no id
            assert catalog._core
            Preview(catalog._core, index)
        decision = catalog.preview(scenarios[index].id)
        assert catalog.preview(scenarios[index].id) == decision
    document = decision_document(decision)
    # As text, so that the order of keys counts.
    assert compact(document) == compact(v.expect)
    return document


# ---- catalogues ----


def native_catalog(v: Vector) -> upsell.Catalog:
    return upsell.Catalog(documents.catalog_input(json.loads(v.document("catalog"))))


def run_scenarios(v: Vector) -> Mapping[str, Any]:
    v.only("catalog catalog_text")
    with (
        upsell.Catalog.from_json(v.document("catalog")) as catalog,
        native_catalog(v) as native,
    ):
        scenarios = catalog.scenarios()
        assert native.scenarios() == scenarios
        assert len(scenarios) == catalog.info.scenarios
    words = [{"status": info.status.text, "pattern": info.pattern.text} for info in scenarios]
    return {
        "scenarios": [
            {**dataclasses.asdict(info), **word}
            for info, word in zip(scenarios, words, strict=True)
        ]
    }


def run_warnings(v: Vector) -> Mapping[str, Any]:
    v.only("catalog catalog_text")
    with (
        upsell.Catalog.from_json(v.document("catalog")) as catalog,
        native_catalog(v) as native,
    ):
        warnings = catalog.warnings()
        assert native.warnings() == warnings
    return {"warnings": [located(warning) for warning in warnings]}


# ---- pages ----


def page_options(v: Vector) -> dict[str, Any]:
    """What a page is made for; 0 is how C says that a number is not set."""
    request = v.given.get("request", {})
    v.only("quantity selling_plan_id locale money anchor later_charges", request)
    options = {key: value for key, value in request.items() if value != 0}
    if "locale" in options:
        options["locale"] = member(upsell.Locale, options["locale"])
    if "money" in options:
        options["money"] = member(upsell.MoneyStyle, options["money"])
    if "anchor" in options:
        options["anchor"] = datetime.date.fromisoformat(options["anchor"])
    return options


def make_pages(v: Vector, options: Mapping[str, Any]) -> list[bytes | None]:
    """The text of the page in all ways."""
    with (
        upsell.Catalog.from_json(v.document("catalog")) as catalog,
        native_catalog(v) as native,
    ):
        if "preview" in v.given:
            index = v.given["preview"]
            id = catalog.scenarios()[index].id
            pages = [shop.preview_page_json(id, **options) for shop in (catalog, native)]
            page = catalog.preview_page(id, **options)
        else:
            text = v.document("order")
            order = documents.order(json.loads(text))
            ways: list[upsell.Order | bytes | str] = [order, text, text.decode()]
            pages = [
                shop.page_json(way, **options) for shop in (catalog, native) for way in ways
            ]
            page = catalog.page(order, **options)
            pages.append(catalog.page_json(order, **options))  # in the same place of C
        assert pages[0] is not None and page == json.loads(pages[0])
    return pages


def run_page(v: Vector) -> Mapping[str, Any]:
    v.only("catalog catalog_text order order_text preview request")
    options = page_options(v)
    try:
        pages = make_pages(v, options)
    except upsell.UpsellError as error:
        return located(error)
    assert set(pages) == {compact(v.expect).encode()}
    return v.expect


# ---- sessions and counting ----


def opened(v: Vector) -> upsell.Session:
    if "open" not in v.given:
        return upsell.Session.from_json(v.document("session"))
    given = v.given["open"]
    v.only("id scenario_id timer_seconds now", given)
    return upsell.Session.open(
        given["id"], given["scenario_id"], given["now"], given.get("timer_seconds") or None
    )


def session_turn(
    v: Vector, session: upsell.Session, step: Mapping[str, Any]
) -> tuple[Mapping[str, Any], upsell.Session]:
    """What came of an event, and the session then."""
    v.only("event now", step)
    before = session.json
    try:
        turn = session.step(member(upsell.SessionEvent, step["event"]), step["now"])
    except upsell.UpsellError as error:
        return {"error": located(error)}, session
    finally:
        assert session.json == before
    assert (turn.session != session) == turn.changed
    assert turn.session == upsell.Session.from_json(turn.session.json)
    return {
        "effects": [effect.text for effect in turn.effects],
        "changed": turn.changed,
        "seconds_left": turn.seconds_left,
        "wake_at": turn.wake_at or 0,
        "session": json.loads(turn.session.json) if turn.session.json != before else None,
    }, turn.session


def run_session(v: Vector) -> Mapping[str, Any]:
    v.only("open session session_text steps")
    try:
        session = opened(v)
    except upsell.UpsellError as error:
        return located(error)
    v.only("session turns", v.expect)
    assert session.json == compact(v.expect["session"]).encode()
    found: dict[str, Any] = {"session": json.loads(session.json)}
    if "steps" in v.given:
        turns = []
        for step, expected in zip(v.given["steps"], v.expect["turns"], strict=True):
            turn, session = session_turn(v, session, step)
            if expected.get("session") is not None:
                assert session.json == compact(expected["session"]).encode()
            turns.append(turn)
        found["turns"] = turns
    return found


def count_stream(tally: upsell.Tally, place: int, stream: Any) -> list[Mapping[str, Any]]:
    """Counts the events of a stream, and tells which are none."""
    errors: list[Mapping[str, Any]] = []
    for line, event in enumerate(stream):
        try:
            text = event if isinstance(event, str) else compact(event)
            assert tally.add_json(text) is tally
        except upsell.UpsellError as error:
            errors.append({"stream": place, "line": line, **located(error)})
    return errors


def count_natively(tally: upsell.Tally, event: Any) -> None:
    """Counts an event without its text, where it is one that counts."""
    document = json.loads(event) if isinstance(event, str) else event
    if document["event"] in {count.text for count in upsell.Count}:
        tally.add(
            documents.an_id(document["session_id"]),
            documents.an_id(document["scenario_id"]),
            documents.word(upsell.Count, document["event"]),
        )


def tallies_of(v: Vector) -> tuple[list[upsell.Tally], list[Mapping[str, Any]]]:
    """The same tally in all ways, and the events that are none."""
    streams = list(enumerate(v.given["streams"]))
    one, native = upsell.Tally(), upsell.Tally()
    errors = [error for place, stream in streams for error in count_stream(one, place, stream)]
    bad = {(error["stream"], error["line"]) for error in errors}
    for place, stream in streams:
        for line, event in enumerate(stream):
            if (place, line) not in bad:
                count_natively(native, event)
    tallies = [one, native]
    for order in (streams, streams[::-1]):
        parts = [upsell.Tally() for _ in order]
        found = {
            place: count_stream(part, place, stream)
            for part, (place, stream) in zip(parts, order, strict=True)
        }
        assert [error for place in sorted(found) for error in found[place]] == errors
        for part in parts[1:]:
            parts[0].merge(part)
        tallies += parts[:1]
    return tallies, errors


def reported(v: Vector, tally: upsell.Tally, catalog: upsell.Catalog | None) -> Mapping[str, Any]:
    """The text of the report, or what was wrong with the options."""
    given = v.given.get("options", {})
    v.only("form locale byte_order_mark scenario_id", given)
    scenario_id = given.get("scenario_id")
    try:
        if given.get("form", "json") == "json":
            return {"report": tally.report(catalog, scenario_id)}
        return {
            "report": tally.csv(
                catalog,
                scenario_id,
                member(upsell.Locale, given.get("locale", "ja")),
                given.get("byte_order_mark", False),
            )
        }
    except upsell.UpsellError as error:
        return located(error)


def run_tally(v: Vector) -> Mapping[str, Any]:
    v.only("streams catalog catalog_text options")
    tallies, errors = tallies_of(v)
    catalog = None
    if "catalog" in v.given or "catalog_text" in v.given:
        catalog = upsell.Catalog.from_json(v.document("catalog"))
    first, *others = [reported(v, tally, catalog) for tally in tallies]
    assert all(other == first for other in others)
    for tally in tallies:
        for counts in tally.counts():
            assert tally.counts_of(counts.scenario_id) == counts
            assert counts.ordered <= counts.clicked <= counts.shown > 0
    found = dict(first)
    if "report" in found:
        text = found["report"].decode()
        expected = v.expect["report"]
        assert text == (expected if isinstance(expected, str) else compact(expected))
        found["report"] = expected
    return found | ({"errors": errors} if errors else {})


# ---- plans ----


def pointed(document: Any, pointer: str) -> Any:
    """What a JSON Pointer leads to."""
    for token in pointer.split("/")[1:]:
        token = token.replace("~1", "/").replace("~0", "~")
        document = document[int(token) if isinstance(document, list) else token]
    return document


def step_of(plan: Any, name: str) -> Any:
    return next(step for step in plan["steps"] if step["id"] == name)


def value_at(plan: Any, place: str) -> Any:
    step, slash, pointer = place.partition("/")
    return pointed(step_of(plan, step) if step else plan, slash + pointer)


def changes_of(v: Vector, plan: Any) -> Any:
    *changes, evidence = step_of(plan, "charge")["changes"]
    v.only("type namespace key value valueType", evidence)
    assert evidence["type"] == "set_metafield" and evidence["namespace"] == "upsell"
    assert evidence["valueType"] == "string" and evidence["value"] == plan["plan_id"]
    return changes


def lines_of(plan: Any) -> Any:
    """The lines that contracts get, without the marker, which must name the plan."""
    lines = []
    for step in plan["steps"]:
        if step["id"].partition("_")[2] and step["id"].startswith("add_line"):
            line = dict(step["variables"]["input"])
        elif step["id"].startswith("calculate"):
            line = dict(
                pointed(step, "/variables/input/lines/$map/append/0/productVariantLine")
            )
        else:
            continue
        (marker,) = line.pop("customAttributes")
        assert marker["value"] == plan["plan_id"]
        lines.append(line)
    return lines


def fact(v: Vector, plan: Any, name: str, expected: Any) -> Any:
    facts: dict[str, Callable[[], Any]] = {
        "steps": lambda: [step["id"] for step in plan["steps"]],
        "changes": lambda: changes_of(v, plan),
        "lines": lambda: lines_of(plan),
        "values": lambda: {place: value_at(plan, place) for place in expected},
        "checks": lambda: {
            step: [check["name"] for check in step_of(plan, step).get("checks", ())]
            for step in expected
        },
        "expect": lambda: value_at(plan, "charge/expect/lines"),
        "charge_key": lambda: value_at(plan, "charge/idempotency_key"),
    }
    return facts[name]() if name in facts else plan[name]


def check_view(plan: upsell.Plan, document: Any) -> None:
    assert plan.plan_id == document["plan_id"]
    assert plan.scenario_id == document["scenario_id"]
    assert plan.pattern.text == document["pattern"]
    assert plan.api_version.text == document["api_version"]
    assert plan.dialect.text == document["dialect"]
    assert plan.currency.code == document["currency"]
    assert plan.charge_key == value_at(document, "charge/idempotency_key")
    assert upsell.money_format(plan.charge_now, plan.currency) == document["charge"]["now"]
    assert list(plan.scopes) == document["scopes"]


def options(v: Vector) -> upsell.PlanOptions | None:
    given = v.given.get("options")
    if given is None:
        return None
    v.only("api_version dialect shop reference_id granted_scopes", given)
    words = {"api_version": upsell.ApiVersion, "dialect": upsell.Dialect}
    return upsell.PlanOptions(
        **{
            key: member(words[key], value) if key in words else value
            for key, value in given.items()
        }
    )


def native_inputs(v: Vector) -> tuple[upsell.Order, upsell.Acceptance] | None:
    """Order and acceptance as native objects, where documents can be expressed as such."""
    try:
        order = json.loads(v.document("order"))
        acceptance = json.loads(v.document("acceptance"))
        v.only("scenario_id quantity selling_plan_id total", acceptance)
        currency = json.loads(v.document("catalog"))["currency"]
        return documents.order(order), documents.acceptance(acceptance, currency)
    except (upsell.UpsellError, AssertionError, KeyError, ValueError):
        return None


def make_plans(v: Vector) -> list[upsell.Plan | Mapping[str, Any]]:
    """The plan, or where it was refused, in all ways."""

    def made(make: Callable[[], upsell.Plan]) -> upsell.Plan | Mapping[str, Any]:
        try:
            return make()
        except upsell.UpsellError as error:
            return located(error)

    with upsell.Catalog.from_json(v.document("catalog")) as catalog:
        order, acceptance = v.document("order"), v.document("acceptance")
        plans = [made(lambda: catalog.plan_json(order, acceptance, options(v))) for _ in range(2)]
        native = native_inputs(v)
        if native:
            plans.append(made(functools.partial(catalog.plan, *native, options(v))))
    # What is a plan must be one natively, too.
    assert native or not isinstance(plans[0], upsell.Plan)
    return plans


def run_plan(v: Vector) -> Mapping[str, Any]:
    v.only("catalog catalog_text order order_text acceptance acceptance_text options")
    plan, *others = make_plans(v)
    assert all(other == plan for other in others)
    if not isinstance(plan, upsell.Plan):
        return plan
    upsell.Runner(plan).close()
    document = json.loads(plan.json)
    check_view(plan, document)
    found = {}
    for name, expected in v.expect.items():
        value = fact(v, document, name, expected)
        as_text = isinstance(expected, str) and not isinstance(value, str)
        found[name] = compact(value) if as_text else value
    return found


# ---- runner ----


def event_of(document: Mapping[str, Any]) -> upsell.Event | None:
    """An event as a native object, where it can be expressed as such."""
    classes: dict[str, Any] = {
        "start": upsell.Start,
        "resume": upsell.Resume,
        "tick": upsell.Tick,
        "answer": upsell.Answer,
        "no_answer": upsell.NoAnswer,
        "not_sent": upsell.NotSent,
        "webhook": upsell.Webhook,
    }
    values = dict(document)
    made = classes[values.pop("type")]
    if made in (upsell.Answer, upsell.Webhook):
        values["body"] = compact(values["body"]) if "body" in values else None
    try:
        event: upsell.Event = made(**values)
    except TypeError:  # a key that this event does not have
        return None
    return event


def turn(
    runner: upsell.Runner, journal: str | None, event: Mapping[str, Any]
) -> tuple[Mapping[str, Any], str | None]:
    """What came of an event, given in both ways, and the journal to be stored."""

    def told(step: Callable[[], upsell.Progress]) -> tuple[Mapping[str, Any], str | None]:
        try:
            progress = step()
        except upsell.UpsellError as error:
            return {"error": located(error)}, journal
        check_action(progress)
        return {"action": progress.action_json.decode()}, progress.journal.decode()

    found = told(lambda: runner.step_json(journal, compact(event)))
    native = event_of(event)
    if native is not None:
        assert told(functools.partial(runner.step, journal, native)) == found
    else:
        assert "error" in found[0]
    return found


def check_action(progress: upsell.Progress) -> None:
    """The action as an object must say what its document says."""
    document = json.loads(progress.action_json, parse_float=str)
    action = progress.action
    assert type(action).__name__.lower() == document["do"]
    assert progress.revision == json.loads(progress.journal, parse_float=str)["revision"]
    if isinstance(action, upsell.Send):
        check_send(action, document)
    elif isinstance(action, upsell.Wait):
        assert action.until == document["until"]
        assert list(action.webhooks) == document["webhooks"]
    elif isinstance(action, upsell.Pending):
        assert action.step == document["step"]
    else:
        assert action.outcome.text == document["outcome"]
        assert [
            {"step": stop.step, "result": stop.result, "state": stop.state.text}
            for stop in progress.stops
        ] == document["stops"]


def check_send(action: upsell.Send, document: Mapping[str, Any]) -> None:
    assert action.step == document["step"] and action.channel == document["channel"]
    assert action.idempotency_key == document["idempotency_key"]
    variables = json.loads(action.variables, parse_float=str)
    if action.channel == "changeset":
        assert variables == document["changes"]
        assert action.expect is not None
        assert json.loads(action.expect, parse_float=str) == document["expect"]
        assert action.expires_at == document["expires_at"]
        assert action.buyer_consent is document["buyer_consent"]
        assert action.operation is None and action.document is None
    else:
        assert variables == document["variables"]
        assert action.operation == document["operation"]
        assert action.document == document["document"]
        assert action.expect is None and action.expires_at is None and not action.buyer_consent


def run_runner(v: Vector) -> Mapping[str, Any]:
    v.only("plan plan_text journal events")
    v.only("turns", v.expect)
    journal: str | None = v.given.get("journal")
    turns = []
    with upsell.Runner(v.document("plan")) as runner:
        for event, expected in zip(v.given["events"], v.expect["turns"], strict=True):
            before = journal
            found, journal = turn(runner, journal, event)
            if "error" not in found:
                same = expected["journal"] is None
                assert journal == (before if same else compact(expected["journal"]))
                assert found["action"] == compact(expected["action"])
                found = {
                    "action": json.loads(found["action"]),
                    "journal": None if same else json.loads(journal or ""),
                }
            turns.append(found)
    return {"turns": turns}


FUNCTIONS: dict[str, Callable[[Vector], Mapping[str, Any]]] = {
    name.removeprefix("run_"): function
    for name, function in dict(globals()).items()
    if name.startswith("run_")
}


@pytest.mark.parametrize("vector", all_vectors(set(FUNCTIONS)), ids=str)
def test_vector(vector: Vector) -> None:
    assert outcome(lambda: FUNCTIONS[vector.function](vector)) == vector.expect
