# SPDX-License-Identifier: MIT
"""Subscription contracts of the simulated shop, and the two ways to change one."""
from dataclasses import dataclass, field

TERMINAL = {"CANCELLED", "EXPIRED", "FAILED"}


@dataclass(eq=False)
class ContractLine:
    """A line. It never changes: an edit puts another one with its number in its place."""
    number: int
    variant: str                    # GID
    quantity: int
    price: int                      # per unit, minor units
    plan: str | None = None         # GID
    plan_name: str | None = None
    attributes: list = field(default_factory=list)
    policy: dict | None = None      # basePrice, cycleDiscounts; amounts in minor units
    typename = "SubscriptionLine"

    @property
    def gid(self):
        return f"gid://shopify/SubscriptionLine/{self.number}"

    def content(self):
        return (self.variant, self.quantity, self.price, self.plan, self.plan_name,
                sorted((one["key"], one["value"]) for one in self.attributes), self.policy)


@dataclass(eq=False)
class Discount:
    """A manual discount, or an applied code (`code` set)."""
    number: int
    title: str
    limit: int | None
    kind: str                       # percentage, fixed_amount
    value: int                      # percent, or minor units
    lines: list | None              # numbers of the entitled lines; None: all
    used: int = 0
    code: str | None = None
    each: bool = False

    @property
    def typename(self):
        return "SubscriptionManualDiscount" if self.code is None \
            else "SubscriptionAppliedCodeDiscount"

    @property
    def gid(self):
        return f"gid://shopify/{self.typename}/{self.number}"

    def content(self):
        lines = None if self.lines is None else sorted(self.lines)
        return (self.title, self.limit, self.kind, self.value, lines, self.used, self.code,
                self.each)


@dataclass(eq=False)
class Contract:
    number: int
    order: object                   # the order it came from
    currency: str
    lines: list
    billing: tuple = ("MONTH", 1)
    discounts: list = field(default_factory=list)
    status: str = "ACTIVE"
    revision: int = 1
    future_edits: bool = False
    committed_at: int = -10**9      # when a change was last committed
    typename = "SubscriptionContract"

    @property
    def gid(self):
        return f"gid://shopify/SubscriptionContract/{self.number}"

    def marked(self, value: str) -> list:
        """Its lines that carry a plan's marker."""
        return [line for line in self.lines
                if any(one["value"] == value for one in line.attributes)]

    def content(self):
        """All that a change could spoil, by line and discount."""
        return ({line.number: line.content() for line in self.lines},
                {one.number: one.content() for one in self.discounts})


@dataclass(eq=False)
class Draft:
    """A working copy of a contract."""
    number: int
    contract: Contract
    revision: int
    lines: list
    added: list = field(default_factory=list)
    committed: bool = False
    typename = "SubscriptionDraft"

    @property
    def gid(self):
        return f"gid://shopify/SubscriptionDraft/{self.number}"


@dataclass(eq=False)
class Calculation:
    """A contract as it would be; committed at most once."""
    number: int
    contract: Contract
    revision: int
    lines: list
    discounts: list
    ready_at: int
    state: str = "Pending"          # Pending, Success, Failure
    gone: bool = False

    @property
    def typename(self):
        return "SubscriptionContractCalculation" + self.state

    @property
    def gid(self):
        return f"gid://shopify/SubscriptionContractCalculation/{self.number}"


def open_draft(contract: Contract, number: int) -> Draft:
    return Draft(number, contract, contract.revision, list(contract.lines))


def is_stale(contract: Contract, revision: int, now: int, habit: str) -> bool:
    """Whether a commit comes too late. With the habit `overlap` the platform notices only
    a change that is committed at the same moment, and adds to what is there by then."""
    if habit == "overlap":
        return contract.revision != revision and contract.committed_at == now
    return contract.revision != revision


def commit_draft(draft: Draft, now: int, habit: str) -> str | None:
    """Apply a draft; the error's code if that is refused."""
    contract = draft.contract
    if draft.committed:
        return "COMMITTED"
    if contract.future_edits:
        return "HAS_FUTURE_EDITS"
    if is_stale(contract, draft.revision, now, habit):
        return "STALE_CONTRACT"
    if contract.status in TERMINAL:
        return "INVALID"
    draft.committed = True
    contract.lines = [*contract.lines, *draft.added]
    touch(contract, now)
    return None


def commit_calculation(calculation: Calculation, now: int) -> str | None:
    """Replace a contract's lists; the error's code if that is refused."""
    contract = calculation.contract
    if calculation.gone:
        return "CALCULATION_NOT_FOUND"
    if calculation.state != "Success":
        return "NOT_READY_TO_COMMIT"
    if contract.revision != calculation.revision:
        return "STALE_CONTRACT"
    if contract.status in TERMINAL:
        return "INVALID"
    calculation.gone = True
    contract.lines = calculation.lines
    contract.discounts = calculation.discounts
    touch(contract, now)
    return None


def touch(contract: Contract, now: int) -> None:
    contract.revision += 1
    contract.committed_at = now
