# SPDX-License-Identifier: MIT
"""Offer pages and previews: what is asked for reaches C, and garbage does not (PAG, DEC-17)."""

from __future__ import annotations

import dataclasses
import datetime
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import garbage
import upsell
from shop import CATALOG, LINE, ORDER, ORDER_JSON
from upsell import Locale, MoneyStyle

DAY = datetime.date(2026, 1, 31)
ONE_TIME = dataclasses.replace(
    ORDER, lines=[dataclasses.replace(LINE, selling_plan_id=None, contract_id=None)]
)
NO_OFFER = dataclasses.replace(ORDER, lines=[dataclasses.replace(LINE, product_id="102")])


def page_of(order: Any = ORDER, **options: Any) -> dict[str, Any]:
    with upsell.Catalog(CATALOG) as catalog:
        page = catalog.page(order, **options)
    assert page is not None
    return page


def test_a_page() -> None:
    page = page_of()
    assert page["format"] == "upsell.page/1"
    assert (page["order_id"], page["scenario_id"]) == (ORDER.id, "S1")
    assert (page["locale"], page["anchor"]) == ("ja", None)
    assert page["charge_now"] == {"amount": "800", "text": "800円"}
    assert page["quantity"] == {"value": 1, "min": 1, "max": 3, "adjustable": True}
    (target,) = page["targets"]
    assert len(target["later_charges"]) == 3
    assert (target["min_charges"], target["max_charges"]) == (3, 12)
    told = {part["item"]: part for part in page["disclosure"]}
    assert told["cancellation"]["text"] == "次回お届けの5日前まで、マイページで解約できます。"
    assert told["deliveries"]["text"].endswith("土日は休みです。")
    assert not any(part["missing"] for part in page["disclosure"])


def test_a_page_is_what_was_asked_for() -> None:
    page = page_of(
        ONE_TIME,
        quantity=2,
        selling_plan_id="6902",
        locale=Locale.EN,
        money=MoneyStyle.YEN_SIGN,
        anchor=DAY,
        later_charges=5,
    )
    assert page["pattern"] == "one_time_to_subscription"
    assert page["quantity"]["value"] == 2
    assert page["selling_plan_id"] == "6902"
    assert [choice["selected"] for choice in page["choices"]] == [False, True]
    assert page["locale"] == "en"
    assert page["charge_now"] == {"amount": "1600", "text": "￥1,600"}
    assert page["anchor"] == "2026-01-31"
    dates = [charge["date"] for charge in page["targets"][0]["later_charges"]]
    assert dates == [str(DAY + datetime.timedelta(weeks=week)) for week in range(1, 6)]


def test_all_ways_to_a_page() -> None:
    with upsell.Catalog(CATALOG) as catalog:
        text = catalog.page_json(ORDER, anchor=DAY)
        assert text is not None and not text.endswith(b"\n")
        assert catalog.page_json(ORDER_JSON, anchor=DAY) == text
        assert catalog.page_json(ORDER_JSON.decode(), anchor=DAY) == text
        assert catalog.page(ORDER, anchor=DAY) == json.loads(text)
        assert catalog.page_json(ORDER, anchor=DAY, quantity=1, later_charges=3) == text
        assert catalog.page_json(ORDER, anchor=DAY, money=MoneyStyle.YEN_WORD) == text


def test_the_page_of_a_preview() -> None:
    with upsell.Catalog(CATALOG) as catalog:
        for info in catalog.scenarios():
            text = catalog.preview_page_json(info.id, quantity=3, locale=Locale.EN)
            assert text is not None
            page = catalog.preview_page(info.id, quantity=3, locale=Locale.EN)
            assert page == json.loads(text)
            assert (page["order_id"], page["scenario_id"]) == ("preview", info.id)
            assert page["pattern"] == info.pattern.text
            assert page["quantity"]["value"] == 3


def test_without_an_offer_there_is_no_page() -> None:
    with upsell.Catalog(CATALOG) as catalog:
        assert catalog.decide(NO_OFFER).offer is None
        assert catalog.page(NO_OFFER) is None and catalog.page_json(NO_OFFER) is None


def test_pages_use_the_places_that_decisions_use() -> None:
    with upsell.Catalog(CATALOG) as catalog:
        catalog.decide(ORDER)
        catalog.page(ORDER)
        catalog.page(NO_OFFER)
        with pytest.raises(upsell.QuantityOutOfRangeError):
            catalog.page(ORDER, quantity=4)
        assert catalog._core and len(catalog._core.batches) == 1


# ---- previews and scenarios ----


def with_first(**changes: Any) -> upsell.CatalogInput:
    """The shop with another first scenario."""
    first = dataclasses.replace(CATALOG.scenarios[0], **changes)
    return dataclasses.replace(CATALOG, scenarios=[first, *CATALOG.scenarios[1:]])


def test_previews() -> None:
    with upsell.Catalog(with_first(status=upsell.ScenarioStatus.DRAFT)) as catalog:
        for place, info in enumerate(catalog.scenarios()):
            decision = catalog.preview(info.id)
            assert decision.order_id == "preview" and decision.offer
            assert decision.offer.scenario_index == place
            assert decision.offer.targets[0].line_ids == ("preview-1",)
        # What a preview says is not taken for what an order is offered.
        assert catalog.decide(ORDER).offer != catalog.preview("S1").offer


def test_a_preview_says_what_a_decision_says() -> None:
    """Whatever is read from C in full is what is read from a result."""
    preview = upsell.Order("preview", "JPY", [upsell.OrderLine("preview-1", "101", 1, "201", "6901")])
    one_time = dataclasses.replace(
        preview, lines=[dataclasses.replace(preview.lines[0], selling_plan_id=None)]
    )
    for index, order in enumerate((preview, preview, one_time, one_time)):
        scenario = CATALOG.scenarios[index]
        with upsell.Catalog(dataclasses.replace(CATALOG, scenarios=[scenario])) as catalog:
            assert catalog.preview(scenario.id) == catalog.decide(order, explain=True)


def test_a_preview_of_what_can_never_be_offered() -> None:
    out = upsell.Product("101", "煎茶", [upsell.Variant("201", "100g", 1000, 0)])
    shop = dataclasses.replace(CATALOG, products=[out, CATALOG.products[1]])
    with upsell.Catalog(shop) as catalog:
        decision = catalog.preview("S1")
        assert decision.offer is None and decision.reason == upsell.Reason.ALL_REJECTED
        assert decision.considered == (
            upsell.Considered("S1", 0, upsell.Reason.OFFER_OUT_OF_STOCK),
        )
        assert catalog.preview_page("S1") is None and catalog.preview_page_json("S1") is None


def test_scenarios() -> None:
    with upsell.Catalog(with_first(status=upsell.ScenarioStatus.DRAFT)) as catalog:
        scenarios = catalog.scenarios()
        assert len(scenarios) == catalog.info.scenarios
        assert scenarios[0] == upsell.ScenarioInfo(
            id="S1",
            name="scenario 1",
            status=upsell.ScenarioStatus.DRAFT,
            priority=1,
            pattern=upsell.Pattern.SUBSCRIPTION_TO_SUBSCRIPTION,
            product_id="101",
            product_title="煎茶",
            variant_id="201",
            variant_title="100g",
        )
        assert [info.id for info in scenarios] == ["S1", "S2", "S3", "S4"]


def test_warnings() -> None:
    with upsell.Catalog(CATALOG) as catalog:
        assert catalog.warnings() == ()
    with upsell.Catalog(dataclasses.replace(CATALOG, disclosure=None)) as catalog:
        warnings = catalog.warnings()
    assert [(warning.code, warning.pointer) for warning in warnings] == [
        ("missing_text", "/disclosure/withdrawal"),
        ("missing_text", "/disclosure/cancellation"),
    ]
    assert warnings[0].status == upsell.MissingTextError.status and warnings[0].message
    dear = with_first(discount=upsell.Discount(upsell.Adjustment.PERCENTAGE, 50000))
    with upsell.Catalog(dear) as catalog:
        (warning,) = catalog.warnings()
    assert (warning.code, warning.pointer) == ("dearer_than_plan", "/scenarios/0/offer/discount")


def test_min_cycles_above_max_cycles() -> None:
    plan = dataclasses.replace(CATALOG.selling_plans[0], min_cycles=13)
    shop = dataclasses.replace(CATALOG, selling_plans=[plan, CATALOG.selling_plans[1]])
    (problem,) = upsell.check(shop)
    assert problem.pointer == "/selling_plans/0/min_cycles"


# ---- what is refused ----


class Liar(datetime.date):
    """A date that says that it is another one."""

    @property
    def year(self) -> int:
        return 1

    @property
    def day(self) -> Any:
        return "31"


def test_a_subclass_of_a_date_is_the_day_that_it_is() -> None:
    assert page_of(anchor=Liar(2026, 1, 31)) == page_of(anchor=DAY)
    assert page_of(anchor=datetime.date.max)["anchor"] == "9999-12-31"
    assert page_of(anchor=datetime.date.min)["anchor"] == "0001-01-01"


REFUSED: list[tuple[dict[str, Any], type[upsell.UpsellError], str]] = [
    ({"quantity": "2"}, upsell.WrongTypeError, "/quantity"),
    ({"quantity": 2.0}, upsell.WrongTypeError, "/quantity"),
    ({"quantity": True}, upsell.WrongTypeError, "/quantity"),
    ({"quantity": 0}, upsell.OutOfRangeError, "/quantity"),
    ({"quantity": -1}, upsell.QuantityOutOfRangeError, "/quantity"),
    ({"quantity": 4}, upsell.QuantityOutOfRangeError, "/quantity"),
    ({"quantity": 2**32 + 1}, upsell.OutOfRangeError, "/quantity"),
    ({"selling_plan_id": 6901}, upsell.WrongTypeError, "/selling_plan_id"),
    ({"selling_plan_id": b"6901"}, upsell.WrongTypeError, "/selling_plan_id"),
    ({"selling_plan_id": ""}, upsell.PlanNotOfferedError, "/selling_plan_id"),
    ({"selling_plan_id": "6903"}, upsell.PlanNotOfferedError, "/selling_plan_id"),
    ({"selling_plan_id": "6901\0"}, upsell.PlanNotOfferedError, "/selling_plan_id"),
    ({"locale": "ja"}, upsell.WrongTypeError, "/locale"),
    ({"locale": None}, upsell.WrongTypeError, "/locale"),
    ({"locale": MoneyStyle.ISO}, upsell.WrongTypeError, "/locale"),
    ({"locale": 0}, upsell.BadValueError, "/locale"),
    ({"locale": 3}, upsell.BadValueError, "/locale"),
    ({"money": "iso"}, upsell.WrongTypeError, "/money"),
    ({"money": 0}, upsell.BadValueError, "/money"),
    ({"money": 4}, upsell.BadValueError, "/money"),
    ({"anchor": "2026-01-31"}, upsell.WrongTypeError, "/anchor"),
    ({"anchor": datetime.datetime(2026, 1, 31)}, upsell.WrongTypeError, "/anchor"),
    ({"anchor": 20260131}, upsell.WrongTypeError, "/anchor"),
    ({"later_charges": 1.5}, upsell.WrongTypeError, "/later_charges"),
    ({"later_charges": 0}, upsell.OutOfRangeError, "/later_charges"),
    ({"later_charges": -1}, upsell.OutOfRangeError, "/later_charges"),
    ({"later_charges": 25}, upsell.OutOfRangeError, "/later_charges"),
    ({"later_charges": 2**32 + 1}, upsell.OutOfRangeError, "/later_charges"),
]


@pytest.mark.parametrize(("options", "error", "pointer"), REFUSED)
def test_what_is_not_made(
    options: dict[str, Any], error: type[upsell.UpsellError], pointer: str
) -> None:
    with upsell.Catalog(CATALOG) as catalog:
        uses: list[Callable[[], object]] = [
            lambda: catalog.page(ONE_TIME, **options),
            lambda: catalog.page_json(ONE_TIME, **options),
            lambda: catalog.preview_page("S3", **options),
            lambda: catalog.preview_page_json("S3", **options),
        ]
        for use in uses:
            with pytest.raises(error) as refused:
                use()
            assert refused.value.pointer == pointer and type(refused.value) is error
        assert catalog.page(ORDER)  # an error leaves nothing behind


def test_a_bad_order() -> None:
    with upsell.Catalog(CATALOG) as catalog:
        for order, error, pointer in (
            (None, upsell.WrongTypeError, ""),
            (LINE, upsell.WrongTypeError, ""),
            ("{}", upsell.MissingKeyError, "/format"),
            (dataclasses.replace(ORDER, lines=[LINE, LINE]), upsell.DuplicateIdError, "/lines/1/id"),
        ):
            with pytest.raises(error) as refused:
                catalog.page(order)  # type: ignore[arg-type]
            assert refused.value.pointer == pointer


USES: dict[str, Callable[[upsell.Catalog, Any], object]] = {
    "preview": lambda catalog, id: catalog.preview(id),
    "preview_page": lambda catalog, id: catalog.preview_page(id),
    "preview_page_json": lambda catalog, id: catalog.preview_page_json(id),
}


@pytest.mark.parametrize("use", USES)
def test_no_scenario(use: str) -> None:
    with upsell.Catalog(CATALOG) as catalog:
        for id in ("S9", "", "\0", "\ud800"):
            with pytest.raises(upsell.UnknownIdError) as refused:
                USES[use](catalog, id)
            assert refused.value.pointer == "/scenario_id"
        for no_id in (None, 0, b"S1", ["S1"]):
            with pytest.raises(upsell.WrongTypeError) as refused_type:
                USES[use](catalog, no_id)
            assert refused_type.value.pointer == "/scenario_id"


OPTIONS = ["quantity", "selling_plan_id", "locale", "money", "anchor", "later_charges"]


@settings(max_examples=500)
@given(name=st.sampled_from(OPTIONS), value=garbage.ANYTHING)
def test_garbage_in_a_request(name: str, value: Any) -> None:
    try:
        page = page_of(ONE_TIME, **{name: value})
    except upsell.UpsellError as error:
        assert error.pointer == f"/{name}"
        assert error.message
    else:
        assert page["format"] == "upsell.page/1"
