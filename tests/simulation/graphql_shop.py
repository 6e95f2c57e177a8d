# SPDX-License-Identifier: MIT
"""The part of the Admin GraphQL API that plans use, on a simulated shop.

Names and types are those of the published schemas (2025-10 to 2026-10).
"""
import graphql_contracts
import graphql_mutations as mutations
import graphql_orders
from graphql_engine import Engine
from graphql_inputs import ENUMS, INPUTS
from graphql_schema import Schema, field


def user_error(*more: str) -> dict:
    members = {"field": field("field"), "message": field("message")}
    return members | {name: field(name) for name in more}


def payload(errors: str, **members) -> dict:
    return {"userErrors": field("userErrors", errors, "list")} | members


TYPES = {
    "Node": {"id": field("gid")},
    "Query": {
        "order": field(graphql_orders.order_by_id, "Order", id="ID!"),
        "orders": field(graphql_orders.orders_by_query, "Order", "connection",
                        first="Int!", query="String"),
        "node": field(graphql_orders.node_by_id, "Node", id="ID!"),
        "subscriptionContract": field(
            lambda obj, call, given: call.shop.contracts.get(given["id"]),
            "SubscriptionContract", id="ID!"),
        "subscriptionDraft": field(
            lambda obj, call, given: call.shop.drafts.get(given["id"]),
            "SubscriptionDraft", id="ID!"),
        "subscriptionContractCalculation": field(
            lambda obj, call, given: call.shop.calculations.get(given["id"]),
            "SubscriptionContractCalculation", since="2026-10", id="ID!"),
    },
    "Mutation": {
        "metafieldsSet": field(mutations.metafields_set, "MetafieldsSetPayload",
                               metafields="[MetafieldsSetInput!]!"),
        "subscriptionContractUpdate": field(
            mutations.contract_update, "SubscriptionContractUpdatePayload",
            contractId="ID!", actor="SubscriptionActor"),
        "subscriptionDraftLineAdd": field(
            mutations.draft_line_add, "SubscriptionDraftLineAddPayload",
            draftId="ID!", input="SubscriptionLineInput!"),
        "subscriptionDraftCommit": field(
            mutations.draft_commit, "SubscriptionDraftCommitPayload", draftId="ID!"),
        "refundCreate": field(mutations.refund_create, "RefundCreatePayload",
                              input="RefundInput!"),
        "subscriptionContractUpdateCalculate": field(
            mutations.calculate, "SubscriptionContractUpdateCalculatePayload",
            since="2026-10", contractId="ID!", actor="SubscriptionActor",
            contractUpdateInput="SubscriptionContractCalculationContractUpdateInput!"),
        "subscriptionContractCalculationCommit": field(
            mutations.calculation_commit, "SubscriptionContractCalculationCommitPayload",
            since="2026-10", id="ID!"),
    },
    "MetafieldsSetPayload": payload(
        "MetafieldsSetUserError",
        metafields=field("metafields", "Metafield", "list")),
    "SubscriptionContractUpdatePayload": payload(
        "SubscriptionDraftUserError", draft=field("draft", "SubscriptionDraft")),
    "SubscriptionDraftLineAddPayload": payload(
        "SubscriptionDraftUserError", draft=field("draft", "SubscriptionDraft"),
        lineAdded=field("lineAdded", "SubscriptionLine")),
    "SubscriptionDraftCommitPayload": payload(
        "SubscriptionDraftUserError", contract=field("contract", "SubscriptionContract")),
    "RefundCreatePayload": payload(
        "UserError", refund=field("refund", "Refund"), order=field("order", "Order")),
    "SubscriptionContractUpdateCalculatePayload": payload(
        "SubscriptionContractUpdateCalculateUserError",
        subscriptionContractCalculation=field("subscriptionContractCalculation",
                                              "SubscriptionContractCalculation")),
    "SubscriptionContractCalculationCommitPayload": payload(
        "SubscriptionContractCalculationCommitUserError",
        contract=field("contract", "SubscriptionCommittedContract")),
    "UserError": user_error(),
    "SubscriptionDraftUserError": user_error("code"),
    "SubscriptionContractUpdateCalculateUserError": user_error("code"),
    "SubscriptionContractCalculationCommitUserError": user_error("code"),
    "MetafieldsSetUserError": user_error("code", "elementIndex"),
} | graphql_orders.TYPES | graphql_contracts.TYPES

UNIONS = {
    "Node": {"LineItem", "Order", "SubscriptionContract"},
    "SubscriptionContractCalculation": {
        "SubscriptionContractCalculationPending", "SubscriptionContractCalculationSuccess",
        "SubscriptionContractCalculationFailure"},
    "SubscriptionCommittedContract": {"SubscriptionContract"},
    "SubscriptionDiscount": {"SubscriptionManualDiscount", "SubscriptionAppliedCodeDiscount"},
    "SubscriptionDiscountValue": {"SubscriptionDiscountPercentageValue",
                                  "SubscriptionDiscountFixedAmountValue"},
    "SellingPlanPricingPolicyAdjustmentValue": {"MoneyV2",
                                                "SellingPlanPricingPolicyPercentageValue"},
}

ENGINE = Engine(Schema(TYPES, UNIONS, INPUTS, ENUMS))


def execute(shop, document: str, variables: dict, version: str) -> dict:
    """The answer's body, as the platform would give it at once and without faults."""
    return ENGINE.execute(shop, document, variables, version)
