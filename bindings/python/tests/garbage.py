# SPDX-License-Identifier: MIT
"""Values of every kind that somebody may pass by mistake."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import strategies as st

import upsell


class Unspeakable:
    """An object whose repr() and str() fail."""

    def __repr__(self) -> str:
        raise RuntimeError("no name")

    __str__ = __repr__


class LikeAnInt:
    """What the __index__ protocol would take for 1."""

    def __index__(self) -> int:
        return 1

    __int__ = __index__


class IntOfItsOwn(int):
    """A subclass of int, which may mean something else."""


_PLAIN = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(-(2**70), 2**70),
    st.sampled_from([0, -1, 2**31, 2**32 + 1, 2**63, 2**64 + 5, 10**400]),
    st.floats(),
    st.text(st.characters(blacklist_categories=())),
    st.sampled_from(["", "\0", "a\0b", "\ud800", "x" * 256, "101", "6901"]),
    st.binary(),
    st.sampled_from([Decimal("1.5"), Fraction(1, 3), 1j, LikeAnInt(), object()]),
    st.builds(Unspeakable),
    st.sampled_from([IntOfItsOwn(1), upsell.Kind.ONE_TIME, upsell.StorePlan.FREE]),
    st.sampled_from([int, bytearray(b"JPY")]),
)

ANYTHING = st.one_of(
    _PLAIN,
    st.lists(_PLAIN, max_size=3),
    st.tuples(_PLAIN),
    st.dictionaries(st.text(max_size=3), _PLAIN, max_size=2),
    st.sets(st.integers(), max_size=2),
)
