# SPDX-License-Identifier: MIT
"""Input types and enums of the Admin API, as far as plans use them.

A key "@oneOf" says that exactly one of the others must be given.
"""

INPUTS = {
    "MetafieldsSetInput": {"ownerId": "ID!", "namespace": "String", "key": "String!",
                           "type": "String", "value": "String!", "compareDigest": "String"},
    "AttributeInput": {"key": "String!", "value": "String!"},
    "MoneyInput": {"amount": "Decimal!", "currencyCode": "CurrencyCode!"},
    "SubscriptionLineInput": {
        "productVariantId": "ID!", "quantity": "Int!", "currentPrice": "Decimal!",
        "customAttributes": "[AttributeInput!]", "sellingPlanId": "ID",
        "sellingPlanName": "String", "pricingPolicy": "SubscriptionPricingPolicyInput"},
    "SubscriptionPricingPolicyInput": {
        "basePrice": "Decimal!",
        "cycleDiscounts": "[SubscriptionPricingPolicyCycleDiscountsInput!]!"},
    "SubscriptionPricingPolicyCycleDiscountsInput": {
        "afterCycle": "Int!", "adjustmentType": "SellingPlanPricingPolicyAdjustmentType!",
        "adjustmentValue": "SellingPlanPricingPolicyValueInput!", "computedPrice": "Decimal!"},
    "SellingPlanPricingPolicyValueInput": {"percentage": "Float", "fixedValue": "Decimal",
                                           "@oneOf": True},
    "RefundLineItemInput": {"lineItemId": "ID!", "quantity": "Int!", "locationId": "ID",
                            "restockType": "RefundLineItemRestockType"},
    "RefundInput": {"orderId": "ID!", "refundLineItems": "[RefundLineItemInput!]",
                    "transactions": "[OrderTransactionInput!]", "note": "String",
                    "notify": "Boolean", "currency": "CurrencyCode"},
    "OrderTransactionInput": {"orderId": "ID!", "gateway": "String!", "amount": "Money!",
                              "kind": "OrderTransactionKind!", "parentId": "ID"},
    "SubscriptionContractCalculationContractUpdateInput": {
        "lines": "[SubscriptionContractCalculationLineInput!]",
        "manualDiscounts": "[SubscriptionContractCalculationManualDiscountInput!]",
        "discountCodes": "[SubscriptionContractCalculationDiscountCodeInput!]!",
        "withMerchandiseCustomizations": "Boolean!", "note": "String"},
    "SubscriptionContractCalculationDiscountCodeInput": {"redeemCode": "String!"},
    "SubscriptionContractCalculationLineInput": {
        "productVariantLine": "SubscriptionContractCalculationProductVariantLineInput",
        "@oneOf": True},
    "SubscriptionContractCalculationProductVariantLineInput": {
        "id": "ID", "productVariantId": "ID!", "quantity": "Int!",
        "priceOverride": "MoneyInput", "customAttributes": "[AttributeInput!]",
        "discounts": "[SubscriptionContractCalculationLineDiscountInput!]!",
        "originSellingPlanId": "ID", "sellingPlanName": "String",
        "appManagedPricingPolicy": "SubscriptionContractCalculationAppManagedPricingPolicyInput"},
    "SubscriptionContractCalculationAppManagedPricingPolicyInput": {
        "basePrice": "MoneyInput!",
        "cyclePriceAdjustments":
            "[SubscriptionContractCalculationCyclePriceAdjustmentInput!]!"},
    "SubscriptionContractCalculationCyclePriceAdjustmentInput": {
        "afterCycle": "Int!", "adjustmentType": "SellingPlanPricingPolicyAdjustmentType!",
        "adjustmentValue": "SellingPlanPricingPolicyValueInput!", "computedPrice": "MoneyInput!"},
    "SubscriptionContractCalculationLineDiscountInput": {
        "id": "ID", "title": "String!", "recurringCycleLimit": "Int!",
        "value": "SubscriptionContractCalculationDiscountValueInput!"},
    "SubscriptionContractCalculationDiscountValueInput": {
        "percentage": "Int",
        "fixedAmount": "SubscriptionContractCalculationFixedAmountInput", "@oneOf": True},
    "SubscriptionContractCalculationFixedAmountInput": {
        "amount": "MoneyInput!", "appliesOnEachItem": "Boolean"},
    "SubscriptionContractCalculationManualDiscountInput": {
        "orderDiscount": "SubscriptionContractCalculationLineDiscountInput", "@oneOf": True},
}

ENUMS = {
    "SubscriptionActor": {"CUSTOMER", "MERCHANT", "PARTNER"},
    "SellingPlanPricingPolicyAdjustmentType": {"PERCENTAGE", "FIXED_AMOUNT", "PRICE"},
    "RefundLineItemRestockType": {"CANCEL", "NO_RESTOCK", "RETURN"},
    "OrderTransactionKind": {"REFUND", "SALE"},
}
