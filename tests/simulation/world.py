# SPDX-License-Identifier: MIT
"""One run of the simulation: a shop, its buyer, hosts that carry plans out, and mishaps.

Everything comes from one seed. Nothing sleeps: time is an Agenda's.
"""
import dataclasses
import functools
import json

import agenda as agendas
import cases
import foreign
import graphql_shop
import hosts
import libupsell
import orders
import prices
import standing
from invariants import Invariants
from network import Answer, Network
from shop import Habits

START = 1_800_000_000
LONGEST = 12 * 3600     # a run must have ended by then
MOST_STEPS = 20_000


@dataclasses.dataclass
class Faults:
    """How often what goes wrong. Rates are per call, or per event of a host."""
    network: dict = dataclasses.field(default_factory=dict)     # see network.Network
    page: dict | None = None        # the same for the page; None: as the network
    at: tuple | None = None         # (fault, number of the call) for one call only
    outage: tuple | None = None     # (fault, number of the first call, seconds)
    crash: float = 0.0
    crash_at: tuple | None = None   # (where, how often it was there before) for one crash only
    down: tuple = (1, 5, 60, 600, 600, 4000)    # seconds until a host is back
    never_back: float = 0.0         # of the crashes
    early_tick: float = 0.0
    clock_back: float = 0.0
    webhooks: tuple = (1,)          # how many copies of a webhook come
    webhook_delays: tuple = (0, 2)
    bogus_webhooks: int = 0


@dataclasses.dataclass
class Setup:
    """What one run starts from."""
    cases: list                     # of cases.Case: acceptances, each a plan of its own
    habits: Habits
    faults: Faults
    runners: tuple = (0,)           # for each host the number of its case
    foreign: tuple = ()             # of (name, seconds after the start or None, calls before)
    hold: int = 3600                # seconds until the order is released
    page_closes: int | None = None  # seconds until the buyer is gone
    page_expires: bool = True       # what the page was given to sign has an `exp`
    # Hosts that break their duties on purpose:
    fresh_keys: bool = False        # a changeset's key is never the same
    compares: bool = True           # prices are compared before the buyer is charged
    takes_loss_lightly: bool = False    # what was not answered is reported as not sent


@dataclasses.dataclass
class Plan:
    """A plan ready to run, with what it promises."""
    document: dict
    runner: object
    promise: standing.Promise


def promise_of(case: cases.Case, document: dict, order) -> standing.Promise:
    """What a plan promises: the money from the document, the rest from the case."""
    numbers = {f"input-{index}": line.number for index, line in enumerate(order.lines, 1)}
    numbers |= {line.gid: line.number for line in order.lines}
    plans = {line.number: line.plan for line in order.lines}
    charge = document["charge"]
    targets = []
    for target in charge["targets"]:
        first = numbers[target["line_ids"][0]]
        plan = plans[first] if case.pattern == 1 else None
        price = cases.PRICES[case.currency][0 if case.same_item else 1]
        targets.append(standing.Target(
            first if plan else None, plan.gid if plan else None,
            prices.plan_unit(price, plan.pricing, 2, case.currency) if plan else None))
    replaced = tuple((numbers[one["line_id"]], one["quantity"]) for one in charge["refunds"])
    return standing.Promise(
        document["plan_id"], case.pattern, f"gid://shopify/ProductVariant/{case.offered}",
        case.quantity, prices.read(charge["now"], case.currency), tuple(targets), replaced)


def offered_by(document: dict, currency: str) -> orders.Offered:
    """What others must add to an order to confuse a plan."""
    change, charge = document["steps"][0]["changes"][0], document["charge"]
    return orders.Offered(change["variantId"], change.get("sellingPlanId"), change["quantity"],
                          prices.read(charge["targets"][0]["now"], currency),
                          prices.read(charge["now"], currency))


class PlanMaker:
    """Makes plans with the library, once per case."""

    def __init__(self, library, change=None):
        self.library = library
        self.change = change        # what breaks a plan document on purpose
        self.plan = functools.lru_cache(maxsize=None)(self._plan)

    def _plan(self, case: cases.Case) -> Plan:
        _, order = cases.open_shop(case, agendas.Agenda(START), Habits())
        text = self.library.make_plan(cases.catalog(case), cases.order(case, order),
                                      cases.acceptance(case), cases.options(case))
        document = json.loads(text)
        promise = promise_of(case, document, order)
        if self.change is not None:
            document = self.change(document)
            text = json.dumps(document).encode()
        return Plan(document, self.library.runner(text), promise)


class World:
    """Runs one Setup to its end and checks everything on the way."""

    def __init__(self, setup: Setup, rng, maker: PlanMaker, trace=None):
        self.setup, self.rng, self.trace = setup, rng, trace
        self.agenda = agendas.Agenda(START)
        self.shop, self.order = cases.open_shop(setup.cases[0], self.agenda, setup.habits,
                                                hold=setup.hold)
        self.plans = [maker.plan(case) for case in setup.cases]
        self.order.offered = offered_by(self.plans[0].document, setup.cases[0].currency)
        self.invariants = Invariants(self.shop, self.order,
                                     [plan.promise for plan in self.plans])
        self.shop.webhook_listeners.append(self.on_webhook)
        self.network = Network(self)
        self.hosts = [hosts.Host(self, f"{number}", self.plans[index])
                      for number, index in enumerate(setup.runners)]
        self.calls = self.steps = 0
        self.charger = None         # the host whose changeset was applied
        self.results = []           # (host, completed, stops)
        self._answers = {}          # (plan, document, variables) -> (version of the shop, Answer)

    # -- running -------------------------------------------------------------------------

    def run(self) -> None:
        """Carry everything out, to the end of all runs."""
        for number, host in enumerate(self.hosts):
            host.later(0 if number == 0 else self.rng.choice((0, 1, 3, 20, 400)), host.start)
        for name, seconds, calls in self.setup.foreign:
            if seconds is not None:
                self.agenda.after(seconds, lambda name=name: self.meddle(name))
        for _ in range(self.setup.faults.bogus_webhooks):
            self.agenda.after(self.rng.randrange(600), self.bogus_webhook)
        while not self.is_over() and self.agenda.step():
            if self.agenda.now > START + LONGEST:
                raise standing.Violation(f"still going on after {LONGEST} seconds")
        self.check_end()

    def outcomes(self) -> list:
        """(completed, stops) of the runs that ended."""
        return [(completed, stops) for _, completed, stops in self.results]

    def is_over(self) -> bool:
        return len(self.results) == len(self.hosts) and not self.network.underway

    def count_step(self) -> None:
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise standing.Violation(f"more than {MOST_STEPS} events")

    def run_ended(self, host) -> None:
        completed = host.ended.outcome == libupsell.COMPLETED
        stops = final = standing.final_stops(host.plan.document, host.ended.stops)
        self.tell(host, "ended", host.ended.stops or "completed")
        facts = standing.look(self.order, host.plan.promise)
        moments = [facts] if host.seen is None else [host.seen, facts]
        if self.charger not in (None, host):    # what another run charged is for it to tell
            stops = [stop for stop in stops if stop[2] != "not_charged"]
        standing.check_said(host.plan.promise, completed, stops, moments)
        self.results.append((host, completed, final))

    def check_end(self) -> None:
        """What holds when nothing more will come of any call."""
        ended = {id(host) for host, _, _ in self.results}
        for host in self.hosts:
            if id(host) not in ended and not self.setup.faults.never_back:
                raise standing.Violation(f"run {host.name} never ended")
        for host, completed, stops in self.results:
            standing.check_really_delivered(
                host.plan.promise, completed,
                self.invariants.delivered_ever[host.plan.promise.plan_id])
            if host is self.charger and any(stop[2] == "not_charged" for stop in stops):
                raise standing.Violation(f"{stops}, but it charged the buyer after all")
        for plan in self.plans:
            self.check_not_silent(plan.promise)

    def check_not_silent(self, promise: standing.Promise) -> None:
        """A buyer who paid and does not have the item: some run says so, or may still go on."""
        said = [stops for host, _, stops in self.results if host.plan.promise is promise]
        runs = sum(host.plan.promise is promise for host in self.hosts)
        missing = set(range(len(promise.targets))) \
            - self.invariants.delivered_ever[promise.plan_id]
        facts = standing.look(self.order, promise)
        if promise.plan_id in facts.evidence and facts.net and missing and runs == len(said) \
                and not any(standing.is_outspoken(stops) for stops in said):
            raise standing.Violation(f"the buyer paid and got nothing, and all say {said}")

    def tell(self, host, what: str, details) -> None:
        if self.trace is not None:
            who = f"run {host.name}" if host is not None else "shop"
            self.trace(f"{self.agenda.now - START:6d} {who:6} {what:9} {details}")

    # -- the shop's side of a call -------------------------------------------------------

    def execute(self, host, action: dict, basis) -> Answer:
        """A GraphQL call arrives."""
        self.before_call()
        key = host.plan.document["plan_id"], action["document"], json.dumps(action["variables"])
        known = self._answers.get(key)
        if known is not None and known[0] == self.shop.version:
            return known[1]
        is_query = not action["document"].startswith("mutation")
        self.invariants.basis = basis
        body = graphql_shop.execute(self.shop, action["document"], action["variables"],
                                    host.plan.document["api_version"])
        self.invariants.basis = None
        read = standing.look(self.order, host.plan.promise) \
            if is_query and "data" in body else None
        answer = Answer(json.dumps(body), None, read)
        self.tell(None, "answers", answer.body)
        if is_query:
            self._answers[key] = self.shop.version, answer
        return answer

    def apply(self, host, action: dict, key: str) -> Answer:
        """A changeset arrives from the page."""
        self.before_call()
        before = len(self.shop.applied)
        expires_at = action["expires_at"] if self.setup.page_expires else None
        body = self.shop.apply_changeset(self.order, action["changes"], key,
                                         action["buyer_consent"], expires_at)
        if len(self.shop.applied) > before:
            self.charger = host
        self.tell(None, "answers", body)
        return Answer(json.dumps(body), None, standing.look(self.order, host.plan.promise))

    def changeset_key(self, host, action: dict) -> str:
        if self.setup.fresh_keys:
            return f"{action['idempotency_key']}-{self.rng.random()}"
        return action["idempotency_key"]

    def page_refuses(self, action: dict) -> str | None:
        """Why the page does not send a changeset, or None if it does."""
        now, closes = self.agenda.now, self.setup.page_closes
        if now >= action["expires_at"]:
            return "expired"
        if closes is not None and now >= START + closes:
            return "not_sent"
        if self.setup.compares and hosts.price_differs(self.shop, self.order, action):
            return "price_differs"
        return None

    # -- what others do ------------------------------------------------------------------

    def before_call(self) -> None:
        self.calls += 1
        for name, seconds, calls in self.setup.foreign:
            if seconds is None and calls == self.calls:
                self.meddle(name)

    def meddle(self, name: str) -> None:
        self.tell(None, "foreign", name)
        foreign.DEEDS[name](self.shop, self.order)

    def on_webhook(self, topic: str, body: dict) -> None:
        faults = self.setup.faults
        for host in self.hosts:
            for _ in range(self.rng.choice(faults.webhooks)):
                host.later(self.rng.choice(faults.webhook_delays),
                           lambda host=host: host.webhook(topic, body))

    def bogus_webhook(self) -> None:
        """A webhook that says more than is true, or nothing to the point."""
        body = self.rng.choice([{"admin_graphql_api_origin_order_id": self.order.gid},
                                {"admin_graphql_api_id": "gid://shopify/Order/1"}, []])
        topic = self.rng.choice(["subscription_contracts/create", "orders/create"])
        for host in self.hosts:
            host.webhook(topic, body)
