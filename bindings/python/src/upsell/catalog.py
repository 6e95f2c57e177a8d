# SPDX-License-Identifier: MIT
"""The catalogue, and deciding with it (CAT, DEC). Since 0.1.0."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from ctypes import byref, c_int32, c_uint32
from dataclasses import dataclass
from datetime import date
from typing import Any, NoReturn

from upsell import _check, _decide, _native
from upsell._batch import EXPLAIN, JSON, PACKED, PLAIN
from upsell._batched import Batched
from upsell._calls import check as check_status
from upsell._calls import details_error, failure, given, new_error
from upsell._catalog_structs import CatalogStructs
from upsell._decide import Core
from upsell._lines import decide_lines
from upsell._page import Request, page_of_order, page_of_preview
from upsell._preview import Preview
from upsell.catalog_input import CatalogInput
from upsell.decision import Decision, LineResult
from upsell.decisions import Decisions
from upsell.enums import Locale, MoneyStyle, Pattern, ScenarioStatus
from upsell.errors import ClosedError, UnknownIdError, UpsellError
from upsell.money import Currency, currency_of
from upsell.order import Order
from upsell.plan import Acceptance, Plan, PlanOptions, make_plan, make_plan_json

__all__ = ["Catalog", "CatalogInfo", "Problem", "ScenarioInfo", "check", "check_file"]


@dataclass(frozen=True)
class CatalogInfo:
    """What a catalogue holds.

    Attributes:
        currency: of all its money.
        selling_plans, products, variants, scenarios: how many it has.
        published: how many scenarios are live.
        bytes: heap memory that the library holds for it.
    """

    currency: Currency
    selling_plans: int
    products: int
    variants: int
    scenarios: int
    published: int
    bytes: int


@dataclass(frozen=True)
class ScenarioInfo:
    """One scenario of a catalogue.

    Attributes:
        id: its id.
        name: for the merchant; may be empty.
        status: published or draft.
        priority: 0 to 1,000,000; the smaller number wins (DEC-14).
        pattern: which of the four.
        product_id, product_title: what is offered.
        variant_id, variant_title: what is offered.
    """

    id: str
    name: str
    status: ScenarioStatus
    priority: int
    pattern: Pattern
    product_id: str
    product_title: str
    variant_id: str
    variant_title: str


@dataclass(frozen=True)
class Problem:
    """Something that is wrong with a catalogue (CAT-17), or will hurt (CAT-20).

    Attributes:
        code: name of the status: ``"missing_key"``.
        status: its number.
        pointer: JSON Pointer to the culprit, ``""`` for the whole document.
        message: one English sentence.
        offset: byte position in JSON text, or None.
    """

    code: str
    status: int
    pointer: str
    message: str
    offset: int | None


class Catalog:
    """A store's selling plans, products and scenarios, checked once and unchangeable.

    Made from native objects, or by `from_json` or `from_file`. Close it, or use it in a
    ``with`` statement, to give its memory back early; otherwise it goes with the last
    reference. Any number of threads may share one. A fork may use it on both sides. It
    cannot be pickled: give another process the text, and build it there.

    Args:
        catalog: the whole catalogue.

    Raises:
        UpsellError: the first problem; `check` tells all of them.
    """

    __slots__ = ("__weakref__", "_core")

    _core: Core | None

    def __init__(self, catalog: CatalogInput) -> None:
        self._core = None
        structs = CatalogStructs()
        struct = structs.catalog(catalog)
        structs.raise_fault()
        pointer, details = _decide.no_catalog(), new_error()
        # Other threads go on meanwhile: nobody else knows of the structs.
        status = _native.released.upsell_catalog_new(struct, byref(pointer), byref(details))
        if status:
            raise failure(status, details)
        self._core = Core(pointer)

    @classmethod
    def from_json(cls, text: bytes | str) -> Catalog:
        """Builds a catalogue from the text of an ``upsell.catalog/1`` document.

        Raises:
            UpsellError: the first problem; `check` tells all of them.
        """
        data = _check.document(text)
        pointer, details = _decide.no_catalog(), new_error()
        status = _native.released.upsell_catalog_new_from_json(
            data, len(data), byref(pointer), byref(details)
        )
        if status:
            raise failure(status, details)
        catalog = cls.__new__(cls)
        catalog._core = Core(pointer)
        return catalog

    @classmethod
    def from_file(cls, path: str | os.PathLike[str]) -> Catalog:
        """Builds a catalogue from a file with an ``upsell.catalog/1`` document.

        Raises:
            OSError: the file cannot be read.
            UpsellError: the first problem; `check_file` tells all of them.
        """
        return cls.from_json(_read(path))

    # ---- life ----

    def close(self) -> None:
        """Ends the use of the catalogue; closing it twice is harmless.

        Calls that are under way in other threads come to their end, and what they gave
        stays good. The memory goes when the last of them is done.
        """
        self._core = None

    @property
    def closed(self) -> bool:
        """Whether it was closed."""
        return self._core is None

    def __enter__(self) -> Catalog:
        self._open()
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Catalog cannot be copied or pickled; build it again from its text")

    def __repr__(self) -> str:
        try:
            info = self.info
        except ClosedError:
            return "<upsell.Catalog, closed>"
        return (
            f"<upsell.Catalog in {info.currency.code}: {info.products} products, "
            f"{info.scenarios} scenarios, {info.published} published>"
        )

    def _open(self) -> Core:
        # Read once: another thread may close it at any time.
        core = self._core
        if core is None:
            raise _closed()
        return core

    @property
    def info(self) -> CatalogInfo:
        """What it holds, in numbers."""
        info = self._open().info()
        return CatalogInfo(
            currency_of(info.currency),
            info.selling_plans,
            info.products,
            info.variants,
            info.scenarios,
            info.published,
            info.bytes,
        )

    def scenarios(self) -> tuple[ScenarioInfo, ...]:
        """All scenarios in their order, drafts included."""
        return tuple(
            ScenarioInfo(
                given(info.id),
                given(info.name),
                ScenarioStatus(info.status),
                info.priority,
                Pattern(info.pattern),
                given(info.product_id),
                given(info.product_title),
                given(info.variant_id),
                given(info.variant_title),
            )
            for info in self._open().scenarios()
        )

    def warnings(self) -> tuple[Problem, ...]:
        """What the catalogue may hold, and what will hurt (CAT-20): texts that the law wants
        and that are missing (``missing_text``), offers that cost more at first than their
        plan does without them (``dearer_than_plan``), and offers that join a contract which
        ends otherwise than the buyer is told (``not_applicable``). Mostly empty.
        """
        core = self._open()
        return _problems(_native.released.upsell_catalog_warnings, core.pointer)

    # ---- deciding ----

    def decide(self, order: Order, *, explain: bool = False) -> Decision:
        """Decides for an order (DEC-1 ... DEC-16).

        Args:
            order: the order that was just paid.
            explain: whether to list every candidate that lost (DEC-15), which costs more.

        Raises:
            ClosedError: the catalogue was closed.
            UpsellError: the order breaks a rule (ORD-1 ... ORD-5).
        """
        # Hot path: nothing here but the call.
        core = self._core
        if core is None:
            raise _closed()
        if not isinstance(order, Order):
            raise _check.wrong_type("An Order", order, "")
        flags = PLAIN if explain is False else _flags(explain)
        return _decide.decide(core, PACKED, order._packed, flags)

    def decide_json(self, order: bytes | str, *, explain: bool = False) -> Decision:
        """Decides for the text of an ``upsell.order/1`` document; otherwise as `decide`."""
        return _decide.decide(self._open(), JSON, _check.document(order), _flags(explain))

    def decide_to_json(self, order: Order | bytes | str, *, explain: bool = False) -> bytes:
        """Decides, and gives the text of an ``upsell.decision/1`` document, without a line
        end (OUT-1). The same input gives the same bytes everywhere; otherwise as `decide`.
        """
        core = self._open()
        return _decide.decide_to_json(core, *_form(order), _flags(explain))

    def decide_many(self, orders: Iterable[Order], *, explain: bool = False) -> Decisions:
        """Decides for many orders in one call (BAT-1), which lets other threads run from
        256 KiB of orders on: about 1000 of them.

        An order that breaks a rule does not stop the others: see `Decisions`.

        Raises:
            ClosedError: the catalogue was closed.
            WrongTypeError: what is given is no iterable of orders.
        """
        core = self._open()
        packed = _packed(orders)
        return Decisions(Batched(core, PACKED, packed, _flags(explain)))

    def decide_lines(self, stream: Any, *, explain: bool = False) -> Iterator[LineResult]:
        """Decides for a stream with an order document on each line (CLI-4).

        Args:
            stream: a file that was opened in binary mode, bytes, or an iterable of bytes
                that may be cut anywhere. It is read as results are asked for; memory is
                bounded by a line of 16 MiB. A file must be one that blocks: another looks
                ended when it has nothing yet.
            explain: whether to list every candidate that lost.

        Returns:
            What came of each line, in order; a line that is not a valid order has an error
            and does not stop the others. Lines of white space are counted, and passed over.

        Raises:
            ClosedError: the catalogue was closed before this call.
            WrongTypeError: the stream gives something else than bytes.
        """
        return decide_lines(self._open(), stream, _flags(explain))

    def preview(self, scenario_id: str) -> Decision:
        """What a scenario would show (DEC-17): decides for a made-up order that sets it off,
        as if there were no other scenario and the store were ready. Drafts are shown, too.

        Returns:
            The decision for an order ``"preview"``; without an offer where the scenario could
            never make one, and then its reason is in `considered`.

        Raises:
            ClosedError: the catalogue was closed.
            UnknownIdError: it has no such scenario.
        """
        core = self._open()
        return Preview(core, _place(core, scenario_id)).read()

    # ---- the offer page ----

    def page(
        self,
        order: Order | bytes | str,
        *,
        quantity: int | None = None,
        selling_plan_id: str | None = None,
        locale: Locale = Locale.JA,
        money: MoneyStyle | None = None,
        anchor: date | None = None,
        later_charges: int | None = None,
    ) -> dict[str, Any] | None:
        """Decides for an order, and says everything that the page of its offer shows (PAG):
        texts, prices now and later, and what the law wants a buyer to be told.

        Args:
            order: the order that was just paid, or the text of its document.
            quantity: 1 to the offer's maximum; None: the offer's default.
            selling_plan_id: one of the choices; None: the target's own.
            locale: the language of the page.
            money: how amounts are written; None: the locale's own.
            anchor: the day of the first charge; None: there are no dates.
            later_charges: how many to list, 1 to 24; None: 3.

        Returns:
            The ``upsell.page/1`` document (PAG-2); None where there is no offer.

        Raises:
            ClosedError: the catalogue was closed.
            QuantityOutOfRangeError, PlanNotOfferedError: the offer does not allow what is
                asked for.
            UpsellError: the order breaks a rule (ORD-1 ... ORD-5), or what is asked for is
                outside its range; the pointer is ``/quantity``, ``/anchor`` and so on.
        """
        return _loaded(
            self.page_json(
                order,
                quantity=quantity,
                selling_plan_id=selling_plan_id,
                locale=locale,
                money=money,
                anchor=anchor,
                later_charges=later_charges,
            )
        )

    def page_json(
        self,
        order: Order | bytes | str,
        *,
        quantity: int | None = None,
        selling_plan_id: str | None = None,
        locale: Locale = Locale.JA,
        money: MoneyStyle | None = None,
        anchor: date | None = None,
        later_charges: int | None = None,
    ) -> bytes | None:
        """The text of the document, without a line end; otherwise as `page`."""
        core = self._open()
        request = Request(quantity, selling_plan_id, locale, money, anchor, later_charges)
        return page_of_order(core, *_form(order), request)

    def preview_page(
        self,
        scenario_id: str,
        *,
        quantity: int | None = None,
        selling_plan_id: str | None = None,
        locale: Locale = Locale.JA,
        money: MoneyStyle | None = None,
        anchor: date | None = None,
        later_charges: int | None = None,
    ) -> dict[str, Any] | None:
        """The page that a scenario would show (DEC-17); None where it could never make its
        offer. Otherwise as `page`.

        Raises:
            UnknownIdError: the catalogue has no such scenario.
        """
        return _loaded(
            self.preview_page_json(
                scenario_id,
                quantity=quantity,
                selling_plan_id=selling_plan_id,
                locale=locale,
                money=money,
                anchor=anchor,
                later_charges=later_charges,
            )
        )

    def preview_page_json(
        self,
        scenario_id: str,
        *,
        quantity: int | None = None,
        selling_plan_id: str | None = None,
        locale: Locale = Locale.JA,
        money: MoneyStyle | None = None,
        anchor: date | None = None,
        later_charges: int | None = None,
    ) -> bytes | None:
        """The text of the document, without a line end; otherwise as `preview_page`."""
        core = self._open()
        request = Request(quantity, selling_plan_id, locale, money, anchor, later_charges)
        return page_of_preview(core, _place(core, scenario_id), request)

    # ---- accepting ----

    def plan(
        self, order: Order, acceptance: Acceptance, options: PlanOptions | None = None
    ) -> Plan:
        """Makes the plan that carries out an accepted offer (PLN-1 ... PLN-15).

        The decision is made again: nothing is taken from the browser but what the
        acceptance says, and that is compared. Errors point into one document of all inputs:
        ``/acceptance/quantity``, ``/order/lines/0/variant_id``, ``/options/shop``.

        Raises:
            ClosedError: the catalogue was closed.
            OfferChangedError, QuantityOutOfRangeError, PlanNotOfferedError,
            PriceChangedError: what was accepted is not what holds now.
            UpsellError: an input breaks a rule, or the offer cannot be carried out.
        """
        return make_plan(self._open().pointer, order, acceptance, options)

    def plan_json(
        self, order: bytes | str, acceptance: bytes | str, options: PlanOptions | None = None
    ) -> Plan:
        """Makes a plan from the texts of an order and an acceptance (PLN-2):
        ``{"scenario_id":…,"quantity":…,"selling_plan_id":null,"total":"800"}``. Otherwise
        as `plan`.
        """
        return make_plan_json(self._open().pointer, order, acceptance, options)


def _flags(explain: object) -> c_uint32:
    return EXPLAIN if _check.flag(explain, "/explain") else PLAIN


def _form(order: object) -> tuple[c_int32, bytes]:
    """How an order is handed over, and as what."""
    if isinstance(order, Order):
        return PACKED, order._packed
    return JSON, _check.document(order)


def _place(core: Core, scenario_id: object) -> int:
    """The place of a scenario, from 0."""
    wanted = _check.instance(scenario_id, str, "/scenario_id")
    place = core.place_of(wanted)
    if place is None:
        raise UnknownIdError(
            f"The id of a scenario of the catalogue was expected, found {_check.found(wanted)}.",
            "/scenario_id",
        )
    return place


def _loaded(page: bytes | None) -> dict[str, Any] | None:
    return None if page is None else json.loads(page)


def _closed() -> ClosedError:
    return ClosedError("This catalogue was closed; build it again, or close it later.")


def _read(path: str | os.PathLike[str]) -> bytes:
    with open(os.fspath(path), "rb") as file:  # not the number of a file that is open
        return file.read()


def _packed(orders: object) -> bytes:
    """All orders, one behind the other."""
    if not isinstance(orders, Iterable):
        raise _check.wrong_type("An iterable of orders", orders, "")
    given = orders if isinstance(orders, (list, tuple)) else list(orders)
    try:
        return b"".join([order._packed for order in given])
    except (AttributeError, TypeError):
        for index, order in enumerate(given):
            _check.instance(order, Order, f"/{index}")
        raise


def _problem(error: UpsellError) -> Problem:
    return Problem(error.code, error.status, error.pointer, error.message, error.offset)


def check(catalog: CatalogInput | bytes | str) -> tuple[Problem, ...]:
    """Finds every problem of a catalogue (CAT-17); none is a valid catalogue.

    Native objects with values of a wrong type are not looked at further: then those are
    the problems.

    Args:
        catalog: native objects, or the text of an ``upsell.catalog/1`` document.
    """
    if not isinstance(catalog, CatalogInput):
        data = _check.document(catalog)
        return _problems(_native.released.upsell_catalog_check_json, data, len(data))
    structs = CatalogStructs()
    struct = structs.catalog(catalog)
    if structs.faults:
        return tuple(map(_problem, structs.faults))
    return _problems(_native.released.upsell_catalog_check, struct)


def check_file(path: str | os.PathLike[str]) -> tuple[Problem, ...]:
    """Finds every problem of a catalogue in a file (CAT-17).

    Raises:
        OSError: the file cannot be read.
    """
    return check(_read(path))


def _problems(function: Callable[..., int], *arguments: object) -> tuple[Problem, ...]:
    """What a checking function of C finds."""
    listed = _native.ProblemsPointer()
    check_status(function(*arguments, byref(listed)))
    try:
        details = new_error()
        found = []
        for index in range(_native.lib.upsell_problems_count(listed)):
            check_status(_native.lib.upsell_problems_get(listed, index, byref(details)))
            found.append(_problem(details_error(details)))
        return tuple(found)
    finally:
        _native.lib.upsell_problems_free(listed)
