# SPDX-License-Identifier: MIT
"""A shop as a state machine: what the platform does with what plans send.

Time comes from an Agenda. Whatever changes something ends in `changed()`, which tells the
observers; that is where the invariants look.
"""
import contextlib
from dataclasses import dataclass, field

import changesets
import contracts
import orders

HOLD_SECONDS = 3600     # an order waits this long for the post-purchase page


@dataclass
class Habits:
    """What the platform may do one way or another, and what will go wrong here."""
    fixed_basis: str = "unit"           # a fixed discount counts per unit, or per line
    merge_lines: bool = False           # changes with the same variant become one line
    line_lag: int = 0                   # seconds until a new line shows
    payment_lag: int = 0                # seconds between the line and its payment
    payment: str = "ok"                 # ok, fails
    pays_later: int | None = None       # seconds until the buyer pays what failed
    tax_percent: int = 0                # comes on top of what is added
    refusals: list = field(default_factory=list)    # codes of the first changesets
    server_errors: list = field(default_factory=list)   # the next ones end so: executed or not
    beside: tuple = ((), ())            # codes before and after the one that counts
    honours_keys: bool = True           # a changeset's key is applied once
    creation_error: str | None = None   # what is true of an item whose contract is said to
                                        # be impossible: nothing, paid, unpaid, made
    search_lag: int = 0                 # seconds until the order is found
    trigger_contract: int | None = 20   # seconds until the contract of a bought subscription
    new_contract: int | None = 20       # and of an accepted one; None: never
    contract_discounts: tuple = ()      # line, all, code, unlimited: on every new contract
    stale: str = "revision"             # see contracts.is_stale
    recommit: str = "COMMITTED"         # or STALE_CONTRACT: what committing again gives
    future_edits_at: str = "commit"     # HAS_FUTURE_EDITS at `commit` or already at `open`
    calculation_delay: int = 2
    calculation_fails: bool = False
    refund_pays: int | None = 0         # seconds until a refund's money goes back; None: never
    fulfil_after: int | None = None     # seconds from the release to fulfilment; None: never


class Misuse(Exception):
    """A request that no real platform would take, so a fault of the plan or of this test."""


class Shop:
    """One shop with one buyer's order in it (and others, to be told apart from it)."""

    def __init__(self, agenda, currency: str, variants: list, plans: list, habits: Habits):
        self.agenda = agenda
        self.currency = currency
        self.variants = {one.number: one for one in variants}
        self.plans = {one.number: one for one in plans}
        self.habits = habits
        self.orders, self.contracts, self.drafts, self.calculations = {}, {}, {}, {}
        self.applied = {}               # key of a changeset -> its answer
        self.refunds_by_key = {}        # idempotency key -> (input, Refund)
        self.version = 0                # of the state; grows with every change
        self.observers = []             # called with (kind, subject) after every change
        self.webhook_listeners = []     # called with (topic, body)
        self._numbers = {}

    @property
    def now(self):
        return self.agenda.now

    def number(self, kind: str) -> int:
        """The next id of a kind; kinds differ so that no id passes for another."""
        start = {"line": 11000, "contract": 21000, "subscription_line": 31000, "draft": 41000,
                 "discount": 51000, "calculation": 61000, "transaction": 71000,
                 "refund": 81000}[kind]
        self._numbers[kind] = self._numbers.get(kind, start) + 1
        return self._numbers[kind]

    def changed(self, kind: str, subject) -> None:
        self.version += 1
        for observer in self.observers:
            observer(kind, subject)

    def emit(self, topic: str, body: dict) -> None:
        for listener in self.webhook_listeners:
            listener(topic, body)

    # -- orders --------------------------------------------------------------------------

    def place_order(self, order: orders.Order, hold: int = HOLD_SECONDS) -> None:
        """Take an order whose lines were just paid."""
        self.orders[order.gid] = order
        order.searchable_from = self.now + self.habits.search_lag
        order.pay(self.number("transaction"), order.price, self.now, None, order.lines)
        if self.habits.search_lag:      # what readers see changes without an event
            self.agenda.at(order.searchable_from, lambda: self.changed("order", order))
        self.agenda.after(hold, lambda: self.release(order))
        self.emit("orders/create", {"admin_graphql_api_id": order.gid,
                                    "checkout_token": order.token})
        bought = [line for line in order.lines if line.plan and not line.contract]
        for plan in {line.plan.number: line.plan for line in bought}.values():
            group = [line for line in bought if line.plan is plan]
            self._expect_contract(order, group, self.habits.trigger_contract)
        self.changed("order", order)

    def release(self, order: orders.Order) -> None:
        """Let the warehouse have the order; no changeset is taken any more."""
        if order.released:
            return
        order.released = True
        if self.habits.fulfil_after is not None:
            self.agenda.after(self.habits.fulfil_after, lambda: self.fulfil(order))
        self.changed("order", order)

    def fulfil(self, order: orders.Order) -> None:
        for line in order.lines:
            line.fulfilled = line.current
        self.changed("order", order)

    def search_orders(self, token: str, exact: bool) -> list:
        """The orders of a checkout token, and others that a vague search takes for them."""
        return [order for order in self.orders.values() if order.searchable_from <= self.now
                and (order.token == token or (token in order.token and not exact))]

    # -- changesets ----------------------------------------------------------------------

    def calculate_changeset(self, order: orders.Order, changes: list) -> dict:
        """What `applyChangeset` would charge; changes nothing."""
        return changesets.calculate(self, order, changes)

    def apply_changeset(self, order: orders.Order, changes: list, key: str, consent: bool,
                        expires_at: int | None = None) -> dict:
        """Apply signed changes once per key; see changesets.apply."""
        if expires_at is not None and self.now > expires_at:
            return changesets.refused("invalid_request")
        return changesets.apply(self, order, changes, key, consent)

    def add_lines(self, order: orders.Order, lines: list, metafields: list) -> None:
        """Put a changeset's lines on the order, and its metafields: all at once."""
        order.lines.extend(lines)
        for metafield in metafields:
            order.metafields[metafield.namespace, metafield.key] = metafield
        if self.habits.line_lag:
            self.agenda.after(self.habits.line_lag, lambda: self.changed("order", order))
        self.changed("order", order)

    def charge(self, order: orders.Order, lines: list, key: str | None) -> None:
        """Take the price of lines from the buyer."""
        amount = sum(line.share(line.current) for line in lines)
        order.pay(self.number("transaction"), amount, self.now, key, lines)
        self.changed("charge", order)

    def pay_outstanding(self, order: orders.Order) -> None:
        """The buyer pays by the link that the platform mails."""
        for line in order.lines:
            if not line.paid and line.current and order.cancelled_at is None:
                self.charge(order, [line], None)

    def expect_new_contract(self, order: orders.Order, line: orders.OrderLine) -> None:
        self._expect_contract(order, [line], self.habits.new_contract)

    def _expect_contract(self, order, lines, delay) -> None:
        if delay is not None:
            self.agenda.after(delay, lambda: self.make_contract(order, lines))

    # -- contracts -----------------------------------------------------------------------

    def make_contract(self, order: orders.Order, lines: list) -> contracts.Contract | None:
        """The contract of order lines of one plan; not for lines that were taken off."""
        lines = [line for line in lines if line.current]
        if not lines or order.cancelled_at is not None:
            return None
        plan = lines[0].plan
        contract = contracts.Contract(
            self.number("contract"), order, self.currency,
            [self._contract_line(line) for line in lines], (plan.interval, plan.count))
        contract.revision = 1000 + contract.number
        contract.discounts = [self._contract_discount(contract, kind)
                              for kind in self.habits.contract_discounts]
        self.contracts[contract.gid] = contract
        for line in lines:
            line.contract = contract
        self.emit("subscription_contracts/create", {
            "admin_graphql_api_id": contract.gid,
            "admin_graphql_api_origin_order_id": order.gid,
            "revision_id": str(contract.revision)})
        self.changed("contract_made", contract)
        return contract

    def _contract_line(self, line: orders.OrderLine) -> contracts.ContractLine:
        unit = changesets.plan_price(self, line.variant, line.plan, 2)
        policy = {"base": line.variant.price,
                  "cycles": [(entry["after_cycle"], entry["type"], entry["value"],
                              changesets.plan_price(self, line.variant, line.plan,
                                                    entry["after_cycle"] + 1))
                             for entry in line.plan.pricing]}
        return contracts.ContractLine(
            self.number("subscription_line"), line.variant.gid, line.quantity, unit,
            line.plan.gid, line.plan.name, [], policy)

    def _contract_discount(self, contract, kind: str) -> contracts.Discount:
        """A discount that was agreed on before."""
        lines = [contract.lines[0].number] if kind in ("line", "unlimited") else None
        return contracts.Discount(
            self.number("discount"), f"Thanks ({kind})", None if kind == "unlimited" else 3,
            "percentage", 5, lines, used=1, code="WELCOME" if kind == "code" else None)

    def open_draft(self, contract: contracts.Contract) -> contracts.Draft:
        draft = contracts.open_draft(contract, self.number("draft"))
        self.drafts[draft.gid] = draft
        return draft

    def add_draft_line(self, draft: contracts.Draft, line: contracts.ContractLine) -> None:
        draft.added.append(line)
        draft.lines.append(line)
        self.changed("draft", draft)

    def commit_draft(self, draft: contracts.Draft) -> str | None:
        code = contracts.commit_draft(draft, self.now, self.habits.stale)
        if code == "COMMITTED":
            code = self.habits.recommit
        if code is None:
            self.changed("contract_changed", draft.contract)
        return code

    def calculate(self, contract: contracts.Contract, lines: list,
                  discounts: list) -> contracts.Calculation:
        calculation = contracts.Calculation(
            self.number("calculation"), contract, contract.revision, lines, discounts,
            self.now + self.habits.calculation_delay)
        self.calculations[calculation.gid] = calculation
        self.agenda.at(calculation.ready_at, lambda: self._finish(calculation))
        return calculation

    def _finish(self, calculation: contracts.Calculation) -> None:
        calculation.state = "Failure" if self.habits.calculation_fails else "Success"
        verb = "fail" if self.habits.calculation_fails else "succeed"
        self.emit(f"subscription_contract_calculations/{verb}",
                  {"admin_graphql_api_id": calculation.gid,
                   "admin_graphql_api_contract_id": calculation.contract.gid})
        self.changed("calculation", calculation)

    def commit_calculation(self, calculation: contracts.Calculation) -> str | None:
        code = contracts.commit_calculation(calculation, self.now)
        if code == "CALCULATION_NOT_FOUND" and self.habits.recommit == "STALE_CONTRACT":
            code = self.habits.recommit
        if code is None:
            self.changed("contract_changed", calculation.contract)
        return code

    # -- claims, refunds -----------------------------------------------------------------

    def set_metafields(self, wanted: list) -> str | None:
        """Set (order, metafield, must be new) all or none; the error's code if refused."""
        for order, metafield, create_only in wanted:
            if create_only and (metafield.namespace, metafield.key) in order.metafields:
                return "STALE_OBJECT"
        for order, metafield, _ in wanted:
            order.metafields[metafield.namespace, metafield.key] = metafield
            self.changed("metafield", order)
        return None

    def refund(self, order: orders.Order, items: list, payments: list, key: str | None,
               content) -> orders.Refund:
        """Refund once per key; the same key with another content is an error of its own."""
        if key in self.refunds_by_key:
            before, made = self.refunds_by_key[key]
            if before != content:
                raise KeyReused(key)
            return made
        made = orders.refund(order, self.number("refund"), items, payments)
        if key is not None:
            self.refunds_by_key[key] = content, made
        delay = self.habits.refund_pays
        if delay == 0:
            orders.give_back(made, self.now, key)
        elif delay is not None:
            self.agenda.after(delay, lambda: self._give_back(made, key))
        self.changed("refund", made)
        return made

    def _give_back(self, refund: orders.Refund, key: str | None) -> None:
        orders.give_back(refund, self.now, key)
        self.changed("order", refund.order)

    # -- what others do ------------------------------------------------------------------

    @contextlib.contextmanager
    def foreign_edit(self, contract: contracts.Contract):
        """A change of a contract by somebody else."""
        yield
        contracts.touch(contract, self.now)
        self.changed("contract_foreign", contract)

    def cancel_order(self, order: orders.Order) -> None:
        """The merchant cancels: all that is left comes off, and the money goes back."""
        order.cancelled_at = self.now
        for line in order.lines:
            line.removed = line.quantity
        for payment in order.transactions:
            rest, payment.refunded = payment.amount - payment.refunded, payment.amount
            if rest:
                order.ledger.append(orders.Entry("refund", rest, self.now, "merchant", ()))
        self.changed("order_cancelled", order)


class KeyReused(Exception):
    """An idempotency key came with other contents than before."""
