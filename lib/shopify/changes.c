/* SPDX-License-Identifier: MIT */
#include "shopify/changes.h"

#include "money/rounding.h"
#include "json/writer.h"

/* What the buyer and the merchant read on the order. */
#define DISCOUNT_TITLE "アップセル割引"
#define SHIPPING_TITLE "送料無料"

static const upsell__target_terms *target_of(const upsell__wording *w)
{
  return &w->terms->targets[w->target];
}

/* The unit price that the platform takes the discount from: it knows the list price, and
 * computes the price of the plan that a subscription is added with. */
static int64_t platform_unit(const upsell__wording *w, const upsell_price *price)
{
  return upsell__replaces(w) ? price->plan_unit : price->list_unit;
}

/* Whether the platform's own arithmetic gives our line: it takes the percentage of the
 * line and cuts the discount down. */
static int platform_agrees(const upsell__wording *w, const upsell_price *price)
{
  static const upsell_rounding cut = {UPSELL_ROUND_FLOOR, UPSELL_ROUND_DISCOUNT, UPSELL_ROUND_LINE};
  const upsell__deal *deal = w->terms->deal;
  upsell_amounts amounts = upsell__percentage_price(
      platform_unit(w, price), deal->scenario->discount.value, deal->quantity, &cut);

  return amounts.line == price->offer_page.line;
}

/* A whole percentage is said as such where the platform agrees; else the discount is an
 * amount for one unit. Where a line's discount cannot be shared out equally among its
 * units only the percentage is left, and `expect` tells whether the platform agrees. */
static int as_percentage(const upsell__wording *w, const upsell_price *price)
{
  const upsell_discount *discount = &w->terms->deal->scenario->discount;
  int shareable = price->offer_page.unit * w->terms->deal->quantity == price->offer_page.line;

  if (discount->type != UPSELL_ADJUST_PERCENTAGE)
    return 0;
  if (!shareable)
    return 1;
  return discount->value % (UPSELL__WHOLE / 100) == 0 && platform_agrees(w, price);
}

static void discount_of(upsell__wording *w, const upsell_price *price)
{
  int64_t unit = platform_unit(w, price);
  int percentage = as_percentage(w, price);

  if (price->offer_page.line >= unit * w->terms->deal->quantity)
    return; /* nothing is off */
  upsell__word(w, ",'discount':{'value':");
  if (percentage)
    upsell__write_percentage(w->out, w->terms->deal->scenario->discount.value);
  else
    upsell__write_plain_money(w->out, unit - price->offer_page.unit, upsell__decimals(w));
  upsell__word(w, percentage ? ",'valueType':'percentage'" : ",'valueType':'fixed_amount'");
  upsell__word(w, ",'title':'" DISCOUNT_TITLE "'}");
}

static void change_of(upsell__wording *w, const upsell__target_terms *target)
{
  upsell__word(w, upsell__replaces(w) ? "{'type':'add_subscription','variantId':"
                                      : "{'type':'add_variant','variantId':");
  upsell__word_integer(w, w->terms->variant_number);
  if (upsell__replaces(w)) {
    upsell__word(w, ",'sellingPlanId':");
    upsell__word_integer(w, target->plan_number);
  }
  upsell__word(w, ",'quantity':");
  upsell__word_integer(w, w->terms->deal->quantity);
  if (upsell__replaces(w))
    upsell__word(w,
                 ",'initialShippingPrice':0,'recurringShippingPrice':0,"
                 "'shippingOption':{'title':'" SHIPPING_TITLE
                 "','presentmentTitle':'" SHIPPING_TITLE "'}");
  discount_of(w, &target->target->price);
  upsell__buffer_append_char(w->out, '}');
}

/* One change for each target, and the evidence. */
void upsell__word_changes(upsell__wording *wording)
{
  size_t i;

  upsell__buffer_append_char(wording->out, '[');
  for (i = 0; i < wording->terms->deal->target_count; i++) {
    change_of(wording, &wording->terms->targets[i]);
    upsell__buffer_append_char(wording->out, ',');
  }
  upsell__word(wording,
               "{'type':'set_metafield','namespace':'upsell','key':@evidence_key@,"
               "'value':@plan_id@,'valueType':'string'}]");
}

void upsell__word_expected_lines(upsell__wording *wording)
{
  size_t i;

  upsell__buffer_append_char(wording->out, '[');
  for (i = 0; i < wording->terms->deal->target_count; i++) {
    upsell__word_comma(wording, i);
    upsell__word_money(wording, wording->terms->targets[i].target->price.offer_page.line);
  }
  upsell__buffer_append_char(wording->out, ']');
}

/* One amount in the wording of the dialect: a decimal, or an object with its currency. */
static void amount(upsell__wording *w, const char *key, int64_t value)
{
  int with_currency = w->terms->dialect == UPSELL_DIALECT_CALCULATION;

  upsell__word(w, key);
  if (with_currency)
    upsell__word(w, "{'amount':");
  upsell__word_money(w, value);
  if (with_currency) {
    upsell__word(w, ",'currencyCode':'");
    upsell__word(w, w->terms->deal->catalog->currency.code);
    upsell__word(w, "'}");
  }
}

static void adjustment(upsell__wording *w, const upsell_plan_price_entry *entry)
{
  switch (entry->type) {
  case UPSELL_ADJUST_PERCENTAGE:
    upsell__word(w, "'adjustmentType':'PERCENTAGE','adjustmentValue':{'percentage':");
    upsell__write_percentage(w->out, entry->value);
    break;
  case UPSELL_ADJUST_FIXED_AMOUNT:
    upsell__word(w, "'adjustmentType':'FIXED_AMOUNT','adjustmentValue':{'fixedValue':");
    upsell__word_money(w, entry->value);
    break;
  default:
    upsell__word(w, "'adjustmentType':'PRICE','adjustmentValue':{'fixedValue':");
    upsell__word_money(w, entry->value);
    break;
  }
  upsell__buffer_append_char(w->out, '}');
}

/* The plan's prices as the contract keeps them; the platform computes none of them. */
static void pricing_policy(upsell__wording *w, const char *cycles)
{
  const upsell__deal *deal = w->terms->deal;
  const upsell__plan *plan = target_of(w)->target->plan;
  upsell__pricing pricing = upsell__pricing_of(plan);
  uint32_t i;

  amount(w, "{'basePrice':", deal->variant->price);
  upsell__word(w, cycles);
  for (i = 0; i < plan->pricing_count; i++) {
    const upsell_plan_price_entry *entry = &plan->pricing[i];
    upsell__word_comma(w, i);
    upsell__word(w, "{'afterCycle':");
    upsell__word_integer(w, entry->after_cycle);
    upsell__buffer_append_char(w->out, ',');
    adjustment(w, entry);
    amount(w, ",'computedPrice':",
           upsell__plan_price(deal->variant->price, &pricing, entry->after_cycle + 1,
                              &deal->catalog->rounding.checkout));
    upsell__buffer_append_char(w->out, '}');
  }
  upsell__word(w, "]}");
}

static void plan_name(upsell__wording *w)
{
  const upsell__plan *plan = target_of(w)->target->plan;

  if (plan->name.len) {
    upsell__word(w, ",'sellingPlanName':");
    upsell__write_string(w->out, plan->name);
  }
}

#define MARKER "[{'key':'_upsell_plan','value':@plan_id@}]"

/* The first cycle is the order that was just paid, so that the line begins with the price
 * of the next. */
void upsell__word_draft_line(upsell__wording *wording)
{
  upsell__word(wording, "{'productVariantId':");
  upsell__write_string(wording->out, wording->terms->variant);
  upsell__word(wording, ",'quantity':");
  upsell__word_integer(wording, wording->terms->deal->quantity);
  amount(wording, ",'currentPrice':", target_of(wording)->target->next_unit);
  upsell__word(wording, ",'sellingPlanId':");
  upsell__write_string(wording->out, target_of(wording)->plan);
  plan_name(wording);
  upsell__word(wording, ",'pricingPolicy':");
  pricing_policy(wording, ",'cycleDiscounts':[");
  upsell__word(wording, ",'customAttributes':" MARKER "}");
}

void upsell__word_calculated_line(upsell__wording *wording)
{
  upsell__word(wording, "{'productVariantLine':{'productVariantId':");
  upsell__write_string(wording->out, wording->terms->variant);
  upsell__word(wording, ",'quantity':");
  upsell__word_integer(wording, wording->terms->deal->quantity);
  amount(wording, ",'priceOverride':", target_of(wording)->target->next_unit);
  upsell__word(wording, ",'discounts':[],'customAttributes':" MARKER ",'originSellingPlanId':");
  upsell__write_string(wording->out, target_of(wording)->plan);
  plan_name(wording);
  upsell__word(wording, ",'appManagedPricingPolicy':");
  pricing_policy(wording, ",'cyclePriceAdjustments':[");
  upsell__word(wording, "}}");
}

#define ITEM_MONEY(at)                                                                             \
  "{'amount':{'$item':'" at "/amount'},'currencyCode':{'$item':'" at "/currencyCode'}}"

/* A line that was there before, with everything of it: what is not repeated is lost. */
void upsell__word_kept_line(upsell__wording *wording)
{
  upsell__word(
      wording,
      "{'productVariantLine':{'id':{'$item':'/id'},'productVariantId':{'$item':'/variantId'},"
      "'quantity':{'$item':'/quantity'},'priceOverride':" ITEM_MONEY("/currentPrice")
      ",'discounts':{'$map':{'from':{'$item':'/discountAllocations'},'each':{"
      "'id':{'$item':'/discount/id'},'title':{'$item':'/discount/title'},"
      "'recurringCycleLimit':{'$item':'/discount/recurringCycleLimit'},'value':{"
      "'percentage':{'$item':'/discount/value/percentage'},'fixedAmount':{'amount':"
      ITEM_MONEY("/discount/value/amount")
      ",'appliesOnEachItem':{'$item':'/discount/value/appliesOnEachItem'}}}}}},"
      "'customAttributes':{'$item':'/customAttributes'},"
      "'originSellingPlanId':{'$item':'/sellingPlanId'},"
      "'sellingPlanName':{'$item':'/sellingPlanName'},'appManagedPricingPolicy':{'basePrice':"
      ITEM_MONEY("/pricingPolicy/basePrice")
      ",'cyclePriceAdjustments':{'$map':{'from':{'$item':'/pricingPolicy/cycleDiscounts'},"
      "'each':{'adjustmentType':{'$item':'/adjustmentType'},'adjustmentValue':{"
      "'percentage':{'$item':'/adjustmentValue/percentage'},"
      "'fixedValue':{'$item':'/adjustmentValue/amount'}},'afterCycle':{'$item':'/afterCycle'},"
      "'computedPrice':" ITEM_MONEY("/computedPrice") "}}}}}}");
}

/* The line as it must stand in what is about to be committed. */
static void exact_line(upsell__wording *w)
{
  upsell__word(w, "'/variantId':");
  upsell__write_string(w->out, w->terms->variant);
  upsell__word(w, ",'/quantity':");
  upsell__word_integer(w, w->terms->deal->quantity);
  upsell__word(w, ",'/currentPrice/amount':");
  upsell__word_money(w, target_of(w)->target->next_unit);
  upsell__word(w, ",@marker@");
}

void upsell__word_marked_line(upsell__wording *wording)
{
  exact_line(wording);
  upsell__word(wording, ",'/sellingPlanId':");
  upsell__write_string(wording->out, target_of(wording)->plan);
}

void upsell__word_calculated_marked_line(upsell__wording *wording)
{
  exact_line(wording);
}
