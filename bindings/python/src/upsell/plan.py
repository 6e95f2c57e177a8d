# SPDX-License-Identifier: MIT
"""Accepting: from an accepted offer to a plan that any host can carry out (PLN).

A plan is a frozen value: a text and what it says. Since 0.1.0.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from ctypes import byref, sizeof
from dataclasses import dataclass
from typing import Any

from upsell import _check, _native
from upsell._calls import failure, given, new_error
from upsell._order_structs import OrderStructs
from upsell._structs import Structs
from upsell.catalog_input import Frozen
from upsell.enums import ApiVersion, Dialect, Pattern
from upsell.money import Currency, currency_of

__all__ = ["Acceptance", "Plan", "PlanOptions"]


@dataclass(frozen=True)
class Acceptance:
    """What the buyer accepted (PLN-2).

    Attributes:
        scenario_id: the scenario that was offered.
        quantity: 1 to the offer's maximum.
        selling_plan_id: one of the choices; None: the target's own.
        total: the total shown to the buyer, in minor units, which is compared; None: it is
            not.
    """

    scenario_id: str
    quantity: int
    selling_plan_id: str | None = None
    total: int | None = None


@dataclass(frozen=True)
class PlanOptions(Frozen):
    """How a plan is worded (PLN-3).

    Attributes:
        api_version: None: 2026-07.
        dialect: None: draft.
        shop: the shop's domain, 1 to 255 bytes; may be None.
        reference_id: the purchase's reference (checkout token), 1 to 255 of
            ``A-Z a-z 0-9 . _ -``; required unless the order's id is a
            ``gid://shopify/Order/``.
        granted_scopes: scopes that the app was granted; None: not compared.
    """

    api_version: ApiVersion | None = None
    dialect: Dialect | None = None
    shop: str | None = None
    reference_id: str | None = None
    granted_scopes: Sequence[str] | None = None


@dataclass(frozen=True)
class Plan:
    """A plan (PLN-4, PLN-5).

    Attributes:
        json: the text of the ``upsell.plan/1`` document. Keep it beside the journal: both
            belong together.
        plan_id: digest of all it depends on, a UUID.
        charge_key: the changeset's key, a UUID.
        charge_now: what the buyer pays now, in minor units.
        currency: of the amount.
        pattern: which of the four.
        api_version, dialect: how it is worded.
        scenario_id: the accepted scenario.
        scopes: all scopes that its steps need, sorted.
    """

    json: bytes
    plan_id: str
    charge_key: str
    charge_now: int
    currency: Currency
    pattern: Pattern
    api_version: ApiVersion
    dialect: Dialect
    scenario_id: str
    scopes: tuple[str, ...]


def make_plan(
    catalog: Any, order: object, acceptance: object, options: PlanOptions | None
) -> Plan:
    structs = OrderStructs()
    order_struct = structs.order(order, "/order")
    acceptance_struct = _acceptance_struct(structs, acceptance)
    options_struct = _options_struct(structs, options)
    structs.raise_fault()
    return _make(
        _native.lib.upsell_plan_make, catalog, order_struct, acceptance_struct, options_struct
    )


def make_plan_json(
    catalog: Any, order: object, acceptance: object, options: PlanOptions | None
) -> Plan:
    order_text = _check.document(order, "/order")
    acceptance_text = _check.document(acceptance, "/acceptance")
    structs = Structs()
    options_struct = _options_struct(structs, options)
    structs.raise_fault()
    return _make(
        _native.lib.upsell_plan_make_json,
        catalog,
        order_text,
        len(order_text),
        acceptance_text,
        len(acceptance_text),
        options_struct,
    )


def _make(function: Callable[..., int], *arguments: object) -> Plan:
    """Lets C make the plan, copies it out, and frees it at once."""
    plan, details = _native.PlanPointer(), new_error()
    status = function(*arguments, byref(plan), byref(details))
    if status:
        raise failure(status, details)
    try:
        return _plan_of(plan)
    finally:
        _native.lib.upsell_plan_free(plan)


def _plan_of(plan: Any) -> Plan:
    view = _native.lib.upsell_plan_get(plan).contents
    return Plan(
        json=_native.lib.upsell_plan_json(plan, None),
        plan_id=given(view.plan_id),
        charge_key=given(view.charge_key),
        charge_now=view.charge_now,
        currency=currency_of(view.currency),
        pattern=Pattern(view.pattern),
        api_version=ApiVersion(view.api_version),
        dialect=Dialect(view.dialect),
        scenario_id=given(view.scenario_id),
        scopes=tuple(given(scope) for scope in view.scopes[: view.scope_count]),
    )


def _acceptance_struct(structs: Structs, value: object) -> _native.Acceptance:
    struct = _native.Acceptance(size=sizeof(_native.Acceptance))
    accepted = structs.is_a(value, Acceptance, "/acceptance")
    if accepted is None:
        return struct
    struct.scenario_id = structs.text(accepted.scenario_id, "/acceptance/scenario_id")
    struct.quantity = structs.number(accepted.quantity, "/acceptance/quantity", _check.INT32)
    struct.selling_plan_id = structs.optional_text(
        accepted.selling_plan_id, "/acceptance/selling_plan_id"
    )
    if accepted.total is not None:
        struct.has_total = 1
        struct.total = structs.number(accepted.total, "/acceptance/total")
    return struct


def _options_struct(structs: Structs, value: object) -> _native.PlanOptions | None:
    if value is None:
        return None
    struct = _native.PlanOptions(size=sizeof(_native.PlanOptions))
    options = structs.is_a(value, PlanOptions, "/options")
    if options is None:
        return struct
    if options.api_version is not None:
        struct.api_version = structs.enum(options.api_version, ApiVersion, "/options/api_version")
    if options.dialect is not None:
        struct.dialect = structs.enum(options.dialect, Dialect, "/options/dialect")
    struct.shop = structs.optional_text(options.shop, "/options/shop")
    struct.reference_id = structs.optional_text(options.reference_id, "/options/reference_id")
    struct.granted_scopes, struct.granted_scope_count = structs.texts(
        options.granted_scopes, "/options/granted_scopes"
    )
    return struct
