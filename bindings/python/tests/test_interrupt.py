# SPDX-License-Identifier: MIT
"""Ctrl-C at any place of deciding: the catalogue goes on as if nothing had happened."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import upsell
from shop import CATALOG, LINE, ORDER
from upsell._batch import Batch


def order_of(lines: int) -> upsell.Order:
    return dataclasses.replace(
        ORDER, lines=[dataclasses.replace(LINE, id=f"line {number}") for number in range(lines)]
    )


SHORT, LONG, LONGER = order_of(2), order_of(10), order_of(20)


def interrupted(number: int, use: Callable[[], object]) -> bool:
    """Whether something was interrupted at the line of `Batch.decide_one` with this number."""
    left = number

    def watch(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal left
        if frame.f_code is not Batch.decide_one.__code__:
            return None
        if event == "line":
            left -= 1
            if left < 0:
                raise KeyboardInterrupt
        return watch

    before = sys.gettrace()
    sys.settrace(watch)
    try:
        use()
    except KeyboardInterrupt:
        return True
    finally:
        sys.settrace(before)
    return False


def test_an_interrupted_decision_spoils_no_other() -> None:
    with upsell.Catalog(CATALOG) as catalog:
        expected = [catalog.decide(order) for order in (SHORT, LONG, LONGER)]
    number = 0
    going_on = True
    while going_on:
        with upsell.Catalog(CATALOG) as catalog:
            catalog.decide(LONGER)
            catalog.decide_many([LONGER] * 1000)  # whose texts need another place
            going_on = interrupted(number, lambda: catalog.decide(SHORT))
            found = [catalog.decide(order) for order in (LONG, LONGER, SHORT)]
        assert found == [*expected[1:], expected[0]], f"after line {number}"
        number += 1
    assert number > 10
