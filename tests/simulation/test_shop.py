#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The rules of the simulated shop itself: what it takes, what it refuses, what it charges."""
import sys
import unittest

sys.dont_write_bytecode = True      # leave nothing beside the sources
import agenda as agendas
import cases
import foreign
import graphql_shop
import orders
import prices
from shop import Habits, Misuse

ADD_CUP = {"type": "add_variant", "variantId": cases.CUP, "quantity": 1}
ADD_MONTHLY = {"type": "add_subscription", "variantId": cases.CUP, "quantity": 1,
               "sellingPlanId": cases.MONTHLY, "initialShippingPrice": 0,
               "recurringShippingPrice": 0, "shippingOption": {}}
EVIDENCE = {"type": "set_metafield", "namespace": "upsell", "key": "charge-x", "value": "plan",
            "valueType": "string"}

OPEN = """mutation($id: ID!) { subscriptionContractUpdate(contractId: $id) {
            draft { id } userErrors { code } } }"""
ADD = """mutation($id: ID!, $input: SubscriptionLineInput!) {
           subscriptionDraftLineAdd(draftId: $id, input: $input) { userErrors { code } } }"""
COMMIT = """mutation($id: ID!) { subscriptionDraftCommit(draftId: $id) {
              contract { id } userErrors { code } } }"""
CLAIM = """mutation($list: [MetafieldsSetInput!]!) { metafieldsSet(metafields: $list) {
             userErrors { code } } }"""
CALCULATE = """mutation($id: ID!, $input: SubscriptionContractCalculationContractUpdateInput!) {
  subscriptionContractUpdateCalculate(contractId: $id, contractUpdateInput: $input) {
    subscriptionContractCalculation { ... on SubscriptionContractCalculationPending { id } }
    userErrors { code } } }"""
COMMIT_CALCULATION = """mutation($id: ID!) { subscriptionContractCalculationCommit(id: $id) {
  userErrors { code } } }"""
REFUND = """mutation($input: RefundInput!, $key: String!) {
  refundCreate(input: $input) @idempotent(key: $key) { refund { id } userErrors { message } } }"""
SUGGEST = """query($id: ID!, $lines: [RefundLineItemInput!]) { order(id: $id) {
  suggestedRefund(refundLineItems: $lines) { suggestedTransactions {
    gateway amountSet { shopMoney { amount } } parentTransaction { id } } } } }"""


class ShopTest(unittest.TestCase):
    """A shop with one order."""
    version = "2026-10"

    def open(self, pattern=1, habits=None, **case):
        self.agenda = agendas.Agenda(1000)
        self.shop, self.order = cases.open_shop(cases.Case(pattern=pattern, **case), self.agenda,
                                                habits or Habits())

    def ask(self, document, **variables):
        body = graphql_shop.execute(self.shop, document, variables, self.version)
        return body.get("data") or body["errors"][0]

    def apply(self, *changes, key="key", consent=True):
        return self.shop.apply_changeset(self.order, list(changes), key, consent)

    def codes(self, answer):
        return [error["code"] for error in answer["errors"]]

    def contract(self):
        self.agenda.run_until(self.agenda.now + 60)
        return next(iter(self.shop.contracts.values()))


class Prices(unittest.TestCase):
    def test_amounts_are_read_and_written(self):
        for minor, currency, text in ((800, "JPY", "800.0"), (1234, "USD", "12.34"),
                                      (1200, "USD", "12.0"), (-5, "KWD", "-0.005")):
            self.assertEqual(prices.write(minor, currency), text)
        self.assertEqual(prices.read("12.50", "USD"), 1250)
        with self.assertRaises(ValueError):
            prices.read("12.5", "JPY")

    def test_the_guide_s_example(self):
        ten_off = {"value": 10, "valueType": "percentage", "title": ""}
        self.assertEqual(prices.discounted(356, 1, ten_off, "JPY"), 321)
        plan = [{"after_cycle": 0, "type": "percentage", "value": "10"}]
        self.assertEqual(prices.plan_unit(356, plan, 1, "JPY"), 320)

    def test_a_fixed_discount_counts_per_unit_or_per_line(self):
        off = {"value": 100, "valueType": "fixed_amount", "title": ""}
        self.assertEqual(prices.discounted(1500, 3, off, "JPY", "unit"), 1200)
        self.assertEqual(prices.discounted(1500, 3, off, "JPY", "line"), 1400)


class Changesets(ShopTest):
    def test_each_key_is_applied_once(self):
        self.open()
        self.assertEqual(self.apply(ADD_CUP, EVIDENCE)["status"], "processed")
        self.assertEqual(self.codes(self.apply(ADD_CUP)), ["changeset_already_applied"])
        self.assertEqual([entry.amount for entry in self.order.ledger[1:]], [356])
        self.assertEqual(self.order.metafields["upsell", "charge-x"].value, "plan")

    def test_a_payment_that_fails_leaves_an_unpaid_line(self):
        self.open(habits=Habits(payment="fails", pays_later=100))
        self.assertEqual(self.apply(ADD_CUP)["status"], "partially_processed")
        self.assertEqual(self.order.outstanding, 356)
        self.agenda.run_until(1100)
        self.assertEqual(self.order.outstanding, 0)

    def test_rules_of_subscriptions(self):
        self.open(pattern=3)
        self.assertEqual(self.codes(self.apply(ADD_MONTHLY, consent=False)),
                         ["buyer_consent_required"])
        self.order.shipping_address = False
        self.assertEqual(self.codes(self.apply(ADD_MONTHLY)),
                         ["subscription_no_shipping_address_error"])
        self.open(pattern=1)
        self.assertEqual(self.codes(self.apply(ADD_MONTHLY)), ["subscription_limit_error"])

    def test_a_released_order_takes_nothing(self):
        self.open()
        self.agenda.run_until(1000 + 3600)
        self.assertEqual(self.codes(self.apply(ADD_CUP)), ["order_released_error"])

    def test_a_refused_changeset_changes_nothing(self):
        self.open(habits=Habits(refusals=["insufficient_inventory"]))
        before = self.shop.version
        self.assertEqual(self.codes(self.apply(ADD_CUP, EVIDENCE)), ["insufficient_inventory"])
        self.assertEqual((self.shop.version, self.order.metafields), (before, {}))

    def test_codes_stand_beside_the_one_that_counts(self):
        self.open(habits=Habits(beside=(("invalid_request",), ("payment_required",))))
        self.assertEqual(self.apply(ADD_CUP), {
            "status": "processed", "errors": [], "changesetApplicationsRemaining": 1})
        self.assertEqual(self.codes(self.apply(ADD_CUP)), [
            "invalid_request", "changeset_already_applied", "payment_required"])

    def test_a_server_error_may_have_done_it(self):
        self.open(habits=Habits(server_errors=[False, True]))
        for lines in (1, 2):
            self.assertEqual(self.codes(self.apply(ADD_CUP)), ["server_error"])
            self.assertEqual(len(self.order.lines), lines)
        self.assertEqual(self.codes(self.apply(ADD_CUP)), ["changeset_already_applied"])

    def test_a_platform_that_does_not_honour_keys(self):
        self.open(habits=Habits(honours_keys=False))
        self.assertEqual([self.apply(ADD_CUP)["status"] for _ in range(2)], ["processed"] * 2)
        self.assertEqual([entry.amount for entry in self.order.ledger[1:]], [356, 356])

    def test_tax_comes_on_top(self):
        self.open(habits=Habits(tax_percent=10, payment="fails"))
        self.apply(ADD_CUP)
        self.assertEqual((self.order.outstanding, self.order.lines[-1].total), (391, 356))
        self.shop.pay_outstanding(self.order)
        self.assertEqual((self.order.outstanding, self.order.ledger[-1].amount), (0, 356))

    def test_calculating_changes_nothing(self):
        self.open()
        answer = self.shop.calculate_changeset(self.order, [ADD_CUP])
        [item] = answer["calculatedPurchase"]["updatedLineItems"]
        self.assertEqual(item["totalPriceSet"]["shopMoney"]["amount"], "356.0")
        self.assertEqual(len(self.order.lines), 1)


class Contracts(ShopTest):
    LINE = {"productVariantId": "gid://shopify/ProductVariant/201", "quantity": 1,
            "currentPrice": "320"}

    def open_with_line(self, contract):
        draft = self.ask(OPEN, id=contract.gid)["subscriptionContractUpdate"]["draft"]["id"]
        self.ask(ADD, id=draft, input=self.LINE)
        return draft

    def commit(self, draft):
        errors = self.ask(COMMIT, id=draft)["subscriptionDraftCommit"]["userErrors"]
        return [error["code"] for error in errors]

    def test_a_contract_comes_late(self):
        self.open(habits=Habits(trigger_contract=300))
        self.agenda.run_until(1299)
        self.assertIsNone(self.order.lines[0].contract)
        self.agenda.run_until(1300)
        self.assertEqual(self.order.lines[0].contract.status, "ACTIVE")

    def test_a_draft_is_committed_once(self):
        self.open()
        contract = self.contract()
        draft = self.open_with_line(contract)
        self.assertEqual(self.commit(draft), [])
        self.assertEqual(self.commit(draft), ["COMMITTED"])
        self.assertEqual(len(contract.lines), 2)

    def test_a_changed_contract_makes_drafts_stale(self):
        self.open()
        contract = self.contract()
        first, second = self.open_with_line(contract), self.open_with_line(contract)
        self.assertEqual(self.commit(first), [])
        self.assertEqual(self.commit(second), ["STALE_CONTRACT"])
        third = self.open_with_line(contract)
        foreign.DEEDS["touch"](self.shop, self.order)
        self.assertEqual(self.commit(third), ["STALE_CONTRACT"])

    def test_a_lax_platform_commits_both(self):
        self.open(habits=Habits(stale="overlap"))
        contract = self.contract()
        first, second = self.open_with_line(contract), self.open_with_line(contract)
        self.assertEqual(self.commit(first), [])
        self.agenda.run_until(self.agenda.now + 1)
        self.assertEqual(self.commit(second), [])
        self.assertEqual(len(contract.lines), 3)

    def test_future_edits_and_ended_contracts(self):
        self.open()
        contract = self.contract()
        contract.future_edits = True
        self.assertEqual(self.commit(self.open_with_line(contract)), ["HAS_FUTURE_EDITS"])
        contract.status = "CANCELLED"
        self.assertIsNone(self.ask(OPEN, id=contract.gid)["subscriptionContractUpdate"]["draft"])

    def test_a_calculation_replaces_the_whole_list(self):
        self.open()
        contract = self.contract()
        new = {"productVariantLine": {**self.LINE, "discounts": []}}
        del new["productVariantLine"]["currentPrice"]
        started = self.ask(CALCULATE, id=contract.gid, input={
            "lines": [new], "discountCodes": [], "withMerchandiseCustomizations": False})
        gid = started["subscriptionContractUpdateCalculate"][
            "subscriptionContractCalculation"]["id"]
        self.assertEqual(self.commit_calculation(gid), ["NOT_READY_TO_COMMIT"])
        self.agenda.run_until(self.agenda.now + 5)
        self.assertEqual(self.commit_calculation(gid), [])
        self.assertEqual([line.variant for line in contract.lines], [self.LINE["productVariantId"]])
        self.assertEqual(self.commit_calculation(gid), ["CALCULATION_NOT_FOUND"])

    def commit_calculation(self, gid):
        answer = self.ask(COMMIT_CALCULATION, id=gid)["subscriptionContractCalculationCommit"]
        return [error["code"] for error in answer["userErrors"]]


class Refunds(ShopTest):
    def refund(self, quantity=1, key="k", transactions=None, restock="CANCEL"):
        wanted = {"orderId": self.order.gid, "refundLineItems": [
            {"lineItemId": self.order.lines[0].gid, "quantity": quantity,
             "restockType": restock}]}
        if transactions:
            wanted["transactions"] = transactions
        return self.ask(REFUND, input=wanted, key=key)

    def transactions(self):
        lines = [{"lineItemId": self.order.lines[0].gid, "quantity": 1}]
        answer = self.ask(SUGGEST, id=self.order.gid, lines=lines)
        return [{"orderId": self.order.gid, "gateway": one["gateway"], "kind": "REFUND",
                 "amount": one["amountSet"]["shopMoney"]["amount"],
                 "parentId": one["parentTransaction"]["id"]}
                for one in answer["order"]["suggestedRefund"]["suggestedTransactions"]]

    def test_the_same_key_refunds_once(self):
        self.open(pattern=3)
        wanted = self.transactions()
        first, again = self.refund(transactions=wanted), self.refund(transactions=wanted)
        self.assertEqual(first, again)
        self.assertEqual((self.order.received, self.order.outstanding), (0, 0))
        self.assertEqual(self.refund(quantity=2)["extensions"]["code"],
                         "IDEMPOTENCY_KEY_PARAMETER_MISMATCH")

    def test_without_transactions_nothing_is_given_back(self):
        self.open(pattern=3)
        self.refund()
        self.assertEqual((self.order.received, self.order.outstanding), (1000, -1000))

    def test_the_money_may_come_later_or_never(self):
        for delay, received in ((50, 0), (None, 1000)):
            self.open(pattern=3, habits=Habits(refund_pays=delay))
            self.refund(transactions=self.transactions())
            self.assertEqual((self.order.lines[0].current, self.order.received), (0, 1000))
            self.agenda.run_until(1100)
            self.assertEqual(self.order.received, received)

    def test_no_more_than_there_is(self):
        self.open(pattern=3)
        self.assertTrue(self.refund(quantity=2)["refundCreate"]["userErrors"])
        foreign.DEEDS["fulfil"](self.shop, self.order)
        self.assertTrue(self.refund(key="k2")["refundCreate"]["userErrors"])
        self.assertEqual(self.order.lines[0].current, 1)

    def test_the_key_is_mandatory(self):
        self.open(pattern=3)
        answer = self.ask("mutation($input: RefundInput!) { refundCreate(input: $input) "
                          "{ refund { id } } }", input={"orderId": self.order.gid})
        self.assertIn("idempotent", answer["message"])


class Strictness(ShopTest):
    """What the schema does not know cannot pass."""

    def assert_misuse(self, document, version="2026-10", **variables):
        self.open()
        self.version = version
        with self.assertRaises(Misuse):
            self.ask(document, **variables)

    def test_documents(self):
        for document in ("{ order(id: \"x\") { idd } }", "{ orders(frist: 1) { nodes { id } } }",
                         "{ order { id } }", "{ order(id: \"x\") { lineItems { nodes { id } } } }",
                         "{ node(id: \"x\") { status } }", "{ order(id: \"x\") }",
                         "query($id: ID!, $x: ID) { order(id: $id) { id } }",
                         "query($id: ID) { order(id: $id) { id } }",
                         "query($id: String!) { order(id: $id) { id } }",
                         "{ node(id: \"x\") { ... on Draft { id } } }"):
            with self.subTest(document=document):
                self.assert_misuse(document, id="x")

    def test_variables(self):
        document = "query($id: ID!) { order(id: $id) { id } }"
        for variables in ({}, {"id": None}, {"id": 5}, {"id": "x", "more": 1}):
            with self.subTest(variables=variables):
                self.assert_misuse(document, **variables)

    def test_inputs(self):
        good = {"ownerId": "x", "namespace": "n", "key": "k", "value": "v", "type": "t"}
        for change in ({"Key": "k"}, {"value": 5}, {"ownerId": None}):
            with self.subTest(change=change):
                self.assert_misuse(CLAIM, list=[{**good, **change}])

    def test_versions(self):
        self.assert_misuse("{ order(id: \"x\") { checkoutToken } }", "2026-04")
        self.assert_misuse("{ subscriptionContractCalculation(id: \"x\") { __typename } }",
                           "2026-07")
        self.assert_misuse(OPEN.replace("$id)", "$id, actor: PARTNER)"), "2026-04", id="x")
        self.assert_misuse(REFUND, "2025-10", input={"orderId": "x"}, key="k")


class Others(ShopTest):
    """What others do to an order."""

    def test_they_add_the_same_item(self):
        for deed, outstanding in (("same_paid", 0), ("same_dearer", 0), ("same_free", 0),
                                  ("same_unpaid", 300), ("same_for_all", 600),
                                  ("add_unpaid_equal", 600)):
            with self.subTest(deed=deed):
                self.open()
                self.order.offered = orders.Offered(cases.CUP, None, 2, 300, 600)
                foreign.DEEDS[deed](self.shop, self.order)
                self.assertEqual(self.order.outstanding, outstanding)
                self.assertIsNone(self.order.lines[-1].key)

    def test_they_take_off_what_was_bought_and_keep_the_money(self):
        self.open(pattern=3)
        foreign.DEEDS["take_off_bought"](self.shop, self.order)
        self.assertEqual((self.order.lines[0].current, self.order.outstanding), (0, -1000))


class Orders(ShopTest):
    def test_a_claim_is_made_once(self):
        self.open()
        claim = {"ownerId": self.order.gid, "namespace": "upsell", "key": "claim", "value": "a",
                 "type": "single_line_text_field", "compareDigest": None}
        self.assertEqual(self.ask(CLAIM, list=[claim])["metafieldsSet"]["userErrors"], [])
        again = self.ask(CLAIM, list=[{**claim, "value": "b"}])["metafieldsSet"]["userErrors"]
        self.assertEqual(again, [{"code": "STALE_OBJECT"}])
        self.assertEqual(self.order.metafields["upsell", "claim"].value, "a")

    def test_the_search_is_late_and_vague(self):
        self.open(habits=Habits(search_lag=50))
        document = "query($q: String!) { orders(first: 2, query: $q) { nodes { id } } }"
        query = {"q": f"checkout_token:{cases.REFERENCE}"}
        found = self.ask(document, **query)["orders"]["nodes"]
        self.assertNotIn({"id": self.order.gid}, found)
        self.agenda.run_until(1050)
        self.assertEqual(len(self.ask(document, **query)["orders"]["nodes"]), 2)
        self.version = "2026-01"
        self.assertEqual(self.ask(document, **query)["orders"]["nodes"],
                         [{"id": self.order.gid}])


if __name__ == "__main__":
    unittest.main()
