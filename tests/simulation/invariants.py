# SPDX-License-Identifier: MIT
"""What must hold after every change of the shop, whatever was lost, doubled or late."""
import standing
from standing import Violation


class Invariants:
    """Watches one shop. `promises` are the plans that runs carry out there."""

    def __init__(self, shop, order, promises: list):
        self.shop, self.order = shop, order
        self.promises = {promise.plan_id: promise for promise in promises}
        self.shadows = {contract.gid: contract.content()
                        for contract in shop.contracts.values()}
        self.delivered_ever = {plan_id: set() for plan_id in self.promises}
        self.basis = None           # Facts that the request being executed rests on
        shop.observers.append(self.after)

    def after(self, kind: str, subject) -> None:
        check = getattr(self, f"after_{kind}", None)
        if check is not None:
            check(subject)
        if kind not in ("draft", "calculation"):
            self.note_delivered()

    def note_delivered(self) -> None:
        for promise in self.promises.values():
            lines = standing.added_lines(self.order)
            for index, target in enumerate(promise.targets):
                if standing.is_delivered(self.order, promise, target, lines):
                    self.delivered_ever[promise.plan_id].add(index)

    def after_metafield(self, order) -> None:
        if order is not self.order:
            raise Violation("another buyer's order was written to")

    # -- charged at most once per target -------------------------------------------------

    def after_charge(self, order) -> None:
        self.after_order(order)
        charged = standing.charges(order)
        numbers = [number for entry in charged for number in entry.lines]
        if len(numbers) != len(set(numbers)):
            raise Violation("a line was charged twice")
        if not self.shop.habits.honours_keys:
            return              # the platform's fault; what runs say of it is checked
        self._not_more_than_promised(sum(entry.amount for entry in charged))

    def after_order(self, order) -> None:
        added = standing.added_lines(order)
        most = max(len(promise.targets) for promise in self.promises.values())
        if len(added) > most and self.shop.habits.honours_keys:
            raise Violation("a target was put on the order twice")

    def _not_more_than_promised(self, amount: int) -> None:
        for promise in self._charged():
            if amount > promise.charge:
                raise Violation(f"charged {amount}, promised {promise.charge}")

    # -- at most one line per contract, nothing else touched -----------------------------

    def after_contract_made(self, contract) -> None:
        self.shadows[contract.gid] = contract.content()

    def after_contract_foreign(self, contract) -> None:
        """Somebody else's edit is how the contract should be from now on."""
        marked = {line.number for plan_id in self.promises for line in contract.marked(plan_id)}
        lines, discounts = contract.content()
        self.shadows[contract.gid] = ({number: line for number, line in lines.items()
                                       if number not in marked}, discounts)

    def after_contract_changed(self, contract) -> None:
        """A plan's commit: one line more, the promised one, and nothing else."""
        lines, discounts = contract.content()
        before, discounts_before = self.shadows[contract.gid]
        for number, line in before.items():
            if lines.get(number) != line:
                raise Violation(f"line {number} was {line}, is {lines.get(number)}")
        if discounts != discounts_before:
            raise Violation(f"discounts were {discounts_before}, are {discounts}")
        added = [line for line in contract.lines if line.number not in before]
        if len(added) > 1:
            raise Violation(f"{len(added)} lines were added to one contract")
        for line in added:
            self._is_promised(contract, line)
        if not all(line.paid for line in standing.added_lines(self.order)):
            raise Violation("the item was added to a contract before it was paid")

    def _is_promised(self, contract, line) -> None:
        for promise in self.promises.values():
            if not any(one["value"] == promise.plan_id for one in line.attributes):
                continue
            for target in promise.targets:
                bought = next(one for one in self.order.lines if one.number == target.line)
                if bought.contract is contract and \
                        (line.variant, line.quantity, line.price, line.plan) == \
                        (promise.variant, promise.quantity, target.price, target.plan):
                    return
        raise Violation(f"a line was added that no plan promises: {line}")

    # -- nothing refunded without its replacement ----------------------------------------

    def after_refund(self, refund) -> None:
        """A refund that a plan asked for."""
        replaced = sum(line.total for line, _ in refund.lines if line.key is None)
        if replaced and refund.amount != replaced and all(line.paid for line in self.order.lines):
            raise Violation(f"{refund.amount} was given back for lines of {replaced}")
        for line, quantity in refund.lines:
            if line.key is None:
                self._may_replace(line, quantity)
            else:
                self._may_take_off(line, refund.amount)
        if self.order.received < 0:
            raise Violation("more was given back than was paid")

    def _may_replace(self, line, quantity: int) -> None:
        wanted = {pair for promise in self._charged() for pair in promise.replaced}
        if (line.number, quantity) not in wanted or line.refunded > quantity:
            raise Violation(f"line {line.number} is not to be refunded, or was before")
        now = [standing.look(self.order, promise) for promise in self.promises.values()]
        held = [facts for facts in [*now, self.basis] if facts is not None]
        if not any(all(facts.delivered) for facts in held):
            raise Violation(f"line {line.number} was refunded without a paid replacement "
                            f"in force: {self.basis}")

    def _charged(self) -> list:
        """The plans that the order's evidence names."""
        evidence = {one.value for one in self.order.metafields.values()
                    if one.key.startswith("charge-")}
        return [self.promises[plan_id] for plan_id in evidence]

    def _may_take_off(self, line, amount: int) -> None:
        if self.basis is None:
            raise Violation("an accepted item was taken off without a look at the order")
        if line.paid and not amount and not self.basis.unpaid:
            raise Violation("a paid item was taken off and nothing given back")
        if self.basis.contract:
            raise Violation("an item was taken off although its contract was there")
        if amount > line.total + line.tax:
            raise Violation(f"{amount} was given back for an item of {line.total}")
