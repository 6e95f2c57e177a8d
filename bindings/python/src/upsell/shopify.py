# SPDX-License-Identifier: MIT
"""Adapters: what Shopify says, as documents of this library (ADA).

All functions may be called from any thread. Since 0.1.0.
"""

from __future__ import annotations

from collections.abc import Callable
from ctypes import byref

from upsell import _check, _native
from upsell._calls import failure, new_error, take_text
from upsell.enums import IdForm

__all__ = ["order_from_input_data", "order_from_shopify_order", "shopify_order_query"]


def order_from_input_data(payload: bytes | str, ids: IdForm = IdForm.NUMBERS) -> bytes:
    """Turns Shopify's post-purchase InputData into an ``upsell.order/1`` document (ADA-5).

    Args:
        payload: JSON text of the InputData, or of its ``initialPurchase`` alone.
        ids: how the catalogue writes ids of products, variants and selling plans.

    Raises:
        CurrencyMismatchError: the buyer paid in another currency than the shop's.
        UpsellError: the payload breaks a rule; the pointer is one into it.
    """
    return _adapt(_native.lib.upsell_order_from_input_data, payload, ids)


def order_from_shopify_order(answer: bytes | str, ids: IdForm = IdForm.NUMBERS) -> bytes:
    """Turns an order as read by `shopify_order_query` into an ``upsell.order/1`` document
    (ADA-6, ADA-7).

    Args:
        answer: JSON text of the answer, of its ``data``, or of the order object itself.
        ids: how the catalogue writes ids of products, variants and selling plans.

    Raises:
        BadCountError: not all lines were read.
        BadValueError: the answer has errors.
        UpsellError: the answer breaks another rule; the pointer is one into it.
    """
    return _adapt(_native.lib.upsell_order_from_shopify_order, answer, ids)


def shopify_order_query() -> str:
    """The Admin GraphQL query whose answer `order_from_shopify_order` takes. Its one variable
    is ``id``, the order's GID; it is the same for all API versions (ADA-6).
    """
    return str(_native.lib.upsell_shopify_order_query(), "utf-8")


def _adapt(function: Callable[..., int], payload: object, ids: IdForm) -> bytes:
    data = _check.document(payload)
    form = _check.enum_number(ids, IdForm, "/ids")
    order, details = _native.TextPointer(), new_error()
    status = function(data, len(data), form, byref(order), byref(details))
    if status:
        raise failure(status, details)
    return take_text(order)
