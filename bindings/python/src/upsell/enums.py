# SPDX-License-Identifier: MIT
"""Enumerations, with the numbers of the C library.

Names are those of C in capitals. ``text`` is the word that stands in documents. Numbers
are never changed and never used again; a plain int is taken wherever one of these is.
`Reason`, `State`, `Pattern`, `ApiVersion` and `SessionState` also have what a later library
adds to them.
Since 0.1.0.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import TypeVar

from upsell import _native

__all__ = [
    "Adjustment",
    "ApiVersion",
    "Count",
    "Dialect",
    "IdForm",
    "IntervalUnit",
    "Kind",
    "Locale",
    "MoneyStyle",
    "OtherItems",
    "Outcome",
    "Pattern",
    "Reason",
    "RoundingBasis",
    "RoundingMode",
    "RoundingTarget",
    "RunOutcome",
    "ScenarioStatus",
    "SessionEffect",
    "SessionEvent",
    "SessionState",
    "State",
    "StorePlan",
]


class _Word(IntEnum):
    @property
    def text(self) -> str:
        """The word in documents: ``"one_time"``."""
        return self.name.lower()

    def __reduce_ex__(self, protocol: object) -> tuple[type[IntEnum], tuple[int]]:
        # By number, which never changes; Python 3.11 alone would take the name.
        return self.__class__, (self.value,)


W = TypeVar("W", bound=_Word)


def _later(members: type[W], number: object, name_of: Callable[[int], bytes | None]) -> W | None:
    """A member that the loaded library knows, and this release of the package does not."""
    if not isinstance(number, int) or not 0 <= number < 1 << 31:
        return None
    word = name_of(number)
    if word is None:
        return None
    member: W = int.__new__(members, number)
    member._name_ = word.decode("ascii").upper()
    member._value_ = number
    return member


class Kind(_Word):
    """How a line is bought or offered."""

    SUBSCRIPTION = 1
    """Billed again in every cycle."""
    ONE_TIME = 2
    """Billed once."""


class StorePlan(_Word):
    """The merchant's plan of the app (CAT-2)."""

    FREE = 1
    """No post-purchase offers."""
    STANDARD = 2
    """No post-purchase offers; the default."""
    ENTERPRISE = 3
    """Post-purchase offers are included."""


class IntervalUnit(_Word):
    """A unit of time in a cycle (CAT-4)."""

    DAY = 1
    WEEK = 2
    """7 days."""
    MONTH = 3
    """A calendar month."""
    YEAR = 4
    """12 months."""


class Adjustment(_Word):
    """How a price or a discount changes an amount (CAT-5, CAT-11)."""

    NONE = 1
    """No discount (offers only)."""
    PERCENTAGE = 2
    """A share off, in millionths."""
    FIXED_AMOUNT = 3
    """An amount off per unit, in minor units."""
    PRICE = 4
    """The new unit price, in minor units (plans only)."""


class ScenarioStatus(_Word):
    """Whether a scenario is live (CAT-8)."""

    PUBLISHED = 1
    """Takes part in deciding."""
    DRAFT = 2
    """Checked, but never a candidate."""


class OtherItems(_Word):
    """What a scenario does when other things are in the order (DEC-6)."""

    ALLOW = 1
    """Makes its offer all the same; the default."""
    DENY = 2
    """Stands back."""


class Pattern(_Word):
    """The four patterns: what was bought, what is offered."""

    SUBSCRIPTION_TO_SUBSCRIPTION = 1
    """Joins the contract just bought."""
    SUBSCRIPTION_TO_ONE_TIME = 2
    """Joins its first order only."""
    ONE_TIME_TO_SUBSCRIPTION = 3
    """Replaces the lines just bought."""
    ONE_TIME_TO_ONE_TIME = 4
    """Joins the order."""

    @classmethod
    def _missing_(cls, value: object) -> Pattern | None:
        return _later(cls, value, _native.lib.upsell_pattern_name)


class Outcome(_Word):
    """How a decision came out (OUT-1, OUT-2)."""

    NONE = 0
    """Not decided: the order broke a rule. Only in columns of `Decisions`."""
    OFFER = 1
    """There is an offer."""
    NO_OFFER = 2
    """There is none; the reason says why."""


class Reason(_Word):
    """Why there is no offer (1 to 5: DEC-1, DEC-16), or a scenario lost (10 and more: DEC-4)."""

    STORE_PLAN = 1
    STORE_POST_PURCHASE_APP = 2
    CURRENCY_MISMATCH = 3
    NO_CANDIDATE = 4
    ALL_REJECTED = 5
    PATTERN_NOT_ENABLED = 10
    OTHER_ITEMS = 11
    OFFER_NOT_SHIPPABLE = 12
    OFFER_SUBSCRIPTION_ONLY = 13
    ORDER_HAS_SUBSCRIPTION = 14
    NO_SHIPPING_ADDRESS = 15
    NO_MATCHING_CYCLE = 16
    OFFER_OUT_OF_STOCK = 17
    LOWER_PRIORITY = 18

    @classmethod
    def _missing_(cls, value: object) -> Reason | None:
        return _later(cls, value, _native.lib.upsell_reason_name)


class RoundingMode(_Word):
    """How a result between two minor units is settled (PRC-9)."""

    FLOOR = 1
    """Down to the smaller."""
    CEIL = 2
    """Up to the larger."""
    HALF_UP = 3
    """To the nearest, ties up."""
    HALF_DOWN = 4
    """To the nearest, ties down."""
    HALF_EVEN = 5
    """To the nearest, ties to even."""


class RoundingTarget(_Word):
    """What is rounded (PRC-8)."""

    PRICE = 1
    """The price that is left."""
    DISCOUNT = 2
    """The discount."""


class RoundingBasis(_Word):
    """Where it is rounded (PRC-8)."""

    UNIT = 1
    """The unit; the line is unit times quantity."""
    LINE = 2
    """The unit for display, and the line on its own."""


class ApiVersion(_Word):
    """A version of Shopify's Admin API (PLN-3)."""

    V2025_10 = 1
    V2026_01 = 2
    V2026_04 = 3
    V2026_07 = 4
    """The default."""
    V2026_10 = 5

    @property
    def text(self) -> str:
        """The word in documents: ``"2026-07"``."""
        return self.name.removeprefix("V").replace("_", "-")

    @classmethod
    def _missing_(cls, value: object) -> ApiVersion | None:
        return _later(cls, value, _native.lib.upsell_api_version_name)


class Dialect(_Word):
    """How a line is added to a contract (PLN-3)."""

    DRAFT = 1
    """A draft of the contract is changed and committed; the default."""
    CALCULATION = 2
    """A whole new list is calculated; from 2026-10 on."""


class IdForm(_Word):
    """How an adapter writes ids of products, variants and selling plans (ADA-2)."""

    NUMBERS = 1
    """``"201"``."""
    GIDS = 2
    """``"gid://shopify/ProductVariant/201"``."""


class RunOutcome(_Word):
    """How a run ended (RUN-9)."""

    OPEN = 0
    """It has not ended."""
    COMPLETED = 1
    """Everything was done, and proved."""
    STOPPED = 2
    """Some branch stopped; the states say how the buyer stands."""


class State(_Word):
    """How the buyer stands when a branch stopped (RUN-9)."""

    NOT_CHARGED = 1
    """Nothing was charged; the order is as it was."""
    UNPAID_LINE = 2
    """The item is on the order but not paid."""
    UNPAID_LINE_REMOVED = 3
    """The unpaid item was taken off the order."""
    PAID_NOT_DELIVERED = 4
    """The buyer paid and the contract does not have the item."""
    DELIVERED_NOT_REFUNDED = 5
    """The buyer has the subscription and the replaced item is not refunded."""
    PAID_CONTRACT_UNKNOWN = 6
    """The buyer paid and it is not known whether there is a contract."""
    CLAIMED_BY_OTHER = 7
    """Another plan charged the buyer for this offer."""
    UNKNOWN = 8
    """It is not known how the buyer stands; a person must look."""

    @property
    def meaning(self) -> str:
        """What it means, in one English phrase: that of the loaded library."""
        return str(_native.lib.upsell_state_message(self.value), "utf-8")

    @classmethod
    def _missing_(cls, value: object) -> State | None:
        return _later(cls, value, _native.lib.upsell_state_name)


class Locale(_Word):
    """A language of offer pages and of reports as CSV (PAG-1, CNT-6)."""

    JA = 1
    """Japanese; the default."""
    EN = 2
    """English."""


class MoneyStyle(_Word):
    """How an amount is written for people (PAG-4)."""

    ISO = 1
    """``JPY 1000``, ``USD 12.50``."""
    YEN_SIGN = 2
    """``￥1,000``; another currency as ISO."""
    YEN_WORD = 3
    """``1,000円``; another currency as ISO."""


class SessionState(_Word):
    """Where a session stands (SES-1)."""

    OFFERED = 1
    """Decided; not seen yet."""
    SHOWN = 2
    """The buyer sees the page."""
    CLICKED = 3
    """The buyer wants it."""
    PROCESSING = 4
    """The charge is under way."""
    ORDERED = 5
    """The buyer has bought it; nothing changes this."""
    FAILED = 6
    """The charge failed."""
    DECLINED = 7
    """The buyer does not want it."""
    EXPIRED = 8
    """Time was up before the buyer answered."""

    @classmethod
    def _missing_(cls, value: object) -> SessionState | None:
        return _later(cls, value, _native.lib.upsell_session_state_name)


class SessionEvent(_Word):
    """What happened in a session (SES-5 ... SES-8)."""

    SHOWN = 1
    """The page was drawn, for the first time or again."""
    CLICKED = 2
    """The buyer pressed the buy button."""
    PROCESSING = 3
    """The host has begun to charge."""
    ORDERED = 4
    """It is proved that the buyer has bought it."""
    FAILED = 5
    """It is proved that nothing was charged."""
    DECLINED = 6
    """The buyer pressed the close button."""
    LEFT = 7
    """The buyer left the page, perhaps to come back."""
    TICK = 8
    """Time went by."""


class SessionEffect(_Word):
    """What the host must do after an event of a session (SES-4)."""

    COUNT_SHOWN = 1
    """Write the event "shown" (CNT-1)."""
    COUNT_CLICKED = 2
    """Write the event "clicked"."""
    COUNT_ORDERED = 4
    """Write the event "ordered"."""
    CHARGE = 8
    """Begin to charge; at most once in a session."""
    SHOW_OFFER = 16
    """The page shows the offer for the seconds that are left."""
    SHOW_PROGRESS = 32
    """The page shows that it is being done."""
    THANK_YOU = 64
    """The page goes on to the thank-you page."""


class Count(_Word):
    """What is counted (CNT-2); each one means the ones before it, too."""

    SHOWN = 1
    """The buyer saw the page."""
    CLICKED = 2
    """The buyer pressed the buy button."""
    ORDERED = 3
    """The buyer has bought it."""
