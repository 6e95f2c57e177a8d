# SPDX-License-Identifier: MIT
"""Amounts as the platform computes and writes them.

Amounts are whole minor units; every share is an exact fraction that is rounded once.
"""
from fractions import Fraction

DECIMALS = {"JPY": 0, "USD": 2, "KWD": 3}


def half_up(amount: Fraction) -> int:
    """A price of a selling plan."""
    return int(amount + Fraction(1, 2))


def floor(amount: Fraction) -> int:
    """An explicit discount: what is left over stays with the shop."""
    return int(amount)


def read(text: str, currency: str) -> int:
    """Minor units of a decimal string; ValueError where the currency has fewer decimals."""
    amount = Fraction(text) * 10 ** DECIMALS[currency]
    if amount.denominator != 1 or amount < 0:
        raise ValueError(f"not an amount of {currency}: {text!r}")
    return int(amount)


def write(minor: int, currency: str) -> str:
    """The decimal string that the Admin API answers: "800.0", "12.34"."""
    places = max(DECIMALS[currency], 1)
    digits = str(abs(minor) * 10 ** (places - DECIMALS[currency])).rjust(places + 1, "0")
    sign = "-" if minor < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:].rstrip('0') or '0'}"


def discounted(total: int, quantity: int, discount: dict | None, currency: str,
               fixed_basis: str = "unit") -> int:
    """A line's total after an explicit discount of a changeset."""
    if discount is None:
        return total
    value = Fraction(str(discount["value"]))
    if discount["valueType"] == "percentage":
        return total - floor(total * value / 100)
    off = floor(value * 10 ** DECIMALS[currency]) * (quantity if fixed_basis == "unit" else 1)
    return max(0, total - off)


def plan_unit(price: int, pricing: list[dict], cycle: int, currency: str) -> int:
    """The unit price of a selling plan in a cycle; `pricing` as in a catalogue."""
    entries = [entry for entry in pricing if entry["after_cycle"] < cycle]
    if not entries:
        return price
    entry = max(entries, key=lambda one: one["after_cycle"])
    if entry["type"] == "percentage":
        return half_up(price * (1 - Fraction(entry["value"]) / 100))
    value = read(entry["value"], currency)
    return max(0, price - value) if entry["type"] == "fixed_amount" else value
