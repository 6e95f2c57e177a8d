/* SPDX-License-Identifier: MIT */
/* The document "upsell.catalog/1" (CAT-1 ... CAT-19), as tables. */
#include "codec/amounts.h"
#include "codec/fields.h"
#include "model/catalog.h"
#include "model/limits.h"
#include "money/currency.h"
#include "money/decimal.h"

#define REQ UPSELL__REQUIRED
#define OPT UPSELL__OPTIONAL
#define OR_NULL UPSELL__NULLABLE
#define AT(type, member) ((uint16_t)offsetof(type, member))

#define ID(key, flags, type, member) UPSELL__FIELD(key, UPSELL__FIELD_ID, flags, type, member)
#define TEXT(key, flags, type, member) UPSELL__FIELD(key, UPSELL__FIELD_TEXT, flags, type, member)
#define CHOICE(key, type, member) UPSELL__FIELD(key, UPSELL__FIELD_CHOICE, OPT, type, member)
#define INTEGER(key, flags, type, member, min, max)                                                \
  UPSELL__FIELD_WITH(key, UPSELL__FIELD_INTEGER, flags, type, member, 0, min, max, NULL)
#define NAME(key, flags, type, member, first, names)                                               \
  UPSELL__FIELD_WITH(key, UPSELL__FIELD_NAME, flags, type, member, 0, first, 0, names)
#define AMOUNT(key, flags, type, member)                                                           \
  UPSELL__FIELD_WITH(key, UPSELL__FIELD_AMOUNT, flags, type, member, 0, 0, 0, NULL)
#define OBJECT(key, flags, type, member, object)                                                   \
  UPSELL__FIELD_WITH(key, UPSELL__FIELD_OBJECT, flags, type, member, 0, 0, 0, object)
/* An optional object, in a new struct. */
#define NEW(key, type, member, object)                                                             \
  UPSELL__FIELD_WITH(key, UPSELL__FIELD_NEW, OPT, type, member, 0, 0, 0, object)
/* An object whose keys are members of the struct around it. */
#define PART(key, flags, type, object) OBJECT(key, flags, type, size, object)
#define OBJECTS(key, flags, type, member, count, object)                                           \
  UPSELL__FIELD_WITH(key, UPSELL__FIELD_OBJECTS, flags, type, member, AT(type, count), 0, 0, object)
#define IDS(key, type, member, count)                                                              \
  UPSELL__FIELD_WITH(key, UPSELL__FIELD_IDS, OPT, type, member, AT(type, count), 0, 0, NULL)

static const char *const kinds[] = {"subscription", "one_time", NULL};
static const char *const statuses[] = {"published", "draft", NULL};
static const char *const other_items[] = {"allow", "deny", NULL};
static const char *const store_plans[] = {"free", "standard", "enterprise", NULL};
static const char *const intervals[] = {"day", "week", "month", "year", NULL};
static const char *const price_types[] = {"percentage", "fixed_amount", "price", NULL};
static const char *const discount_types[] = {"none", "percentage", "fixed_amount", NULL};
static const char *const modes[] = {"floor", "ceil", "half_up", "half_down", "half_even", NULL};
static const char *const targets[] = {"price", "discount", NULL};
static const char *const bases[] = {"unit", "line", NULL};

/* ---- rules that concern an object as a whole ---- */

/* Percentages have at most 4 decimals, even if the others are zeros (VAL-3). */
static void check_percentage(upsell__reading *reading, int32_t type, int value_is_good)
{
  if (value_is_good && type == UPSELL_ADJUST_PERCENTAGE && reading->decimals > 4)
    upsell__report_key(reading, UPSELL_TOO_MANY_DECIMALS, "value",
                       "A percentage has at most 4 decimals; round it.");
}

enum { PRICE_AFTER_CYCLE, PRICE_TYPE, PRICE_VALUE };

/* What is missing or could not be read becomes no valid value, so that the model
 * neither takes it for left out nor for a value. */
static void finish_price(upsell__reading *reading, void *target, uint64_t seen, uint64_t good)
{
  upsell_plan_price_entry *entry = target;

  (void)seen;
  if (!(good >> PRICE_AFTER_CYCLE & 1))
    entry->after_cycle = -1;
  check_percentage(reading, entry->type, (int)(good >> PRICE_VALUE & 1));
}

enum { DISCOUNT_TYPE, DISCOUNT_VALUE };

/* A discount has a value unless its type is none (CAT-11). */
static void finish_discount(upsell__reading *reading, void *target, uint64_t seen, uint64_t good)
{
  upsell_discount *discount = target;
  int has_value = (int)(seen >> DISCOUNT_VALUE & 1);

  if (!(good >> DISCOUNT_TYPE & 1)) {
    discount->type = -1;
    return;
  }
  if (discount->type == UPSELL_ADJUST_NONE && has_value)
    upsell__report_key(reading, UPSELL_NOT_APPLICABLE, "value",
                       "A discount of type none has no value; leave it out.");
  else if (discount->type != UPSELL_ADJUST_NONE && !has_value)
    upsell__report_key(reading, UPSELL_MISSING_KEY, "value",
                       "The key \"value\" is required here; add it.");
  check_percentage(reading, discount->type, (int)(good >> DISCOUNT_VALUE & 1));
}

enum { INTERVAL_UNIT, INTERVAL_COUNT };

static void finish_interval(upsell__reading *reading, void *target, uint64_t seen, uint64_t good)
{
  upsell_interval *interval = target;

  (void)reading;
  (void)seen;
  if (!(good >> INTERVAL_UNIT & 1))
    interval->unit = -1;
  if (!(good >> INTERVAL_COUNT & 1))
    interval->count = -1;
}

enum { PLAN_ID, PLAN_NAME, PLAN_BILLING, PLAN_DELIVERY, PLAN_PRICING };

/* A delivery that could not be read is not one that was left out. */
static void finish_plan(upsell__reading *reading, void *target, uint64_t seen, uint64_t good)
{
  upsell_selling_plan_input *plan = target;

  (void)reading;
  if ((seen & ~good) >> PLAN_DELIVERY & 1)
    plan->cycle.delivery.unit = -1;
}

/* ---- tables ---- */

static const upsell__field interval_fields[] = {
    [INTERVAL_UNIT] = NAME("interval", REQ, upsell_interval, unit, UPSELL_INTERVAL_DAY, intervals),
    [INTERVAL_COUNT] = INTEGER("count", REQ, upsell_interval, count, 1, UPSELL__INTERVAL_MAX),
};

static const upsell__object interval_object =
    UPSELL__OBJECT("an interval", interval_fields, 0, upsell_interval, 0, finish_interval);

#define PRICE upsell_plan_price_entry
static const upsell__field price_fields[] = {
    [PRICE_AFTER_CYCLE] =
        INTEGER("after_cycle", REQ, PRICE, after_cycle, 0, UPSELL__AFTER_CYCLE_MAX),
    [PRICE_TYPE] = NAME("type", REQ, PRICE, type, UPSELL_ADJUST_PERCENTAGE, price_types),
    [PRICE_VALUE] = AMOUNT("value", REQ, PRICE, value),
};
static const upsell__object price_object =
    UPSELL__OBJECT("a plan's price", price_fields, 0, PRICE, 0, finish_price);

#define PLAN upsell_selling_plan_input
static const upsell__field plan_fields[] = {
    [PLAN_ID] = ID("id", REQ, PLAN, id),
    [PLAN_NAME] = TEXT("name", REQ, PLAN, name),
    [PLAN_BILLING] = OBJECT("billing", REQ, PLAN, cycle.billing, &interval_object),
    [PLAN_DELIVERY] = OBJECT("delivery", OPT, PLAN, cycle.delivery, &interval_object),
    [PLAN_PRICING] = OBJECTS("pricing", REQ, PLAN, pricing, pricing_count, &price_object),
    INTEGER("min_cycles", OPT, PLAN, min_cycles, 1, UPSELL__CYCLES_MAX),
    INTEGER("max_cycles", OPT, PLAN, max_cycles, 1, UPSELL__CYCLES_MAX),
};
static const upsell__object plan_object =
    UPSELL__OBJECT("a selling plan", plan_fields, 0, PLAN, 1, finish_plan);

#define VARIANT upsell_variant_input
static const upsell__field variant_fields[] = {
    ID("id", REQ, VARIANT, id),
    TEXT("title", REQ, VARIANT, title),
    AMOUNT("price", REQ, VARIANT, price),
    UPSELL__FIELD_WITH("available", UPSELL__FIELD_STOCK, REQ | OR_NULL, VARIANT, available,
                       AT(VARIANT, stock_tracked), 0, UPSELL__STOCK_MAX, NULL),
};
static const upsell__object variant_object =
    UPSELL__OBJECT("a variant", variant_fields, 0, VARIANT, 1, NULL);

#define PRODUCT upsell_product_input
static const upsell__field product_fields[] = {
    ID("id", REQ, PRODUCT, id),
    TEXT("title", REQ, PRODUCT, title),
    CHOICE("requires_shipping", PRODUCT, requires_shipping),
    CHOICE("requires_selling_plan", PRODUCT, requires_selling_plan),
    OBJECTS("variants", REQ, PRODUCT, variants, variant_count, &variant_object),
};
static const upsell__object product_object =
    UPSELL__OBJECT("a product", product_fields, 0, PRODUCT, 1, NULL);

#define TRIGGER upsell_trigger_input
static const upsell__field trigger_product_fields[] = {
    ID("product_id", REQ, TRIGGER, product_id),
    IDS("variant_ids", TRIGGER, variant_ids, variant_count),
    IDS("selling_plan_ids", TRIGGER, selling_plan_ids, selling_plan_count),
};
static const upsell__object trigger_product_object =
    UPSELL__OBJECT("a trigger product", trigger_product_fields, 0, TRIGGER, 1, NULL);

#define SCENARIO upsell_scenario_input
static const upsell__field trigger_fields[] = {
    NAME("kind", REQ, SCENARIO, trigger_kind, UPSELL_KIND_SUBSCRIPTION, kinds),
    NAME("other_items", OPT, SCENARIO, other_items, UPSELL_OTHER_ITEMS_ALLOW, other_items),
    OBJECTS("products", REQ, SCENARIO, triggers, trigger_count, &trigger_product_object),
};
static const upsell__object trigger_object =
    UPSELL__OBJECT("a trigger", trigger_fields, 0, SCENARIO, 1, NULL);

static const upsell__field discount_fields[] = {
    [DISCOUNT_TYPE] = NAME("type", REQ, upsell_discount, type, UPSELL_ADJUST_NONE, discount_types),
    [DISCOUNT_VALUE] = AMOUNT("value", OPT, upsell_discount, value),
};
static const upsell__object discount_object =
    UPSELL__OBJECT("a discount", discount_fields, 0, upsell_discount, 0, finish_discount);

static const upsell__field quantity_fields[] = {
    INTEGER("default", OPT, upsell_quantity, initial, 1, UPSELL_QUANTITY_MAX),
    INTEGER("max", OPT, upsell_quantity, max, 1, UPSELL_QUANTITY_MAX),
    CHOICE("adjustable", upsell_quantity, adjustable),
};
static const upsell__object quantity_object =
    UPSELL__OBJECT("a quantity", quantity_fields, 0, upsell_quantity, 0, NULL);

static const upsell__field offer_fields[] = {
    NAME("kind", REQ, SCENARIO, offer_kind, UPSELL_KIND_SUBSCRIPTION, kinds),
    ID("product_id", REQ, SCENARIO, product_id),
    ID("variant_id", REQ, SCENARIO, variant_id),
    IDS("selling_plan_ids", SCENARIO, selling_plan_ids, selling_plan_count),
    OBJECT("discount", OPT, SCENARIO, discount, &discount_object),
    OBJECT("quantity", OPT, SCENARIO, quantity, &quantity_object),
};
static const upsell__object offer_object =
    UPSELL__OBJECT("an offer", offer_fields, 0, SCENARIO, 1, NULL);

#define DISCLOSURE upsell_disclosure_input
static const upsell__field disclosure_fields[] = {
    TEXT("price", OPT, DISCLOSURE, price),
    TEXT("payment", OPT, DISCLOSURE, payment),
    TEXT("delivery", OPT, DISCLOSURE, delivery),
    TEXT("period", OPT, DISCLOSURE, period),
    TEXT("withdrawal", OPT, DISCLOSURE, withdrawal),
    TEXT("cancellation", OPT, DISCLOSURE, cancellation),
};
static const upsell__object disclosure_object =
    UPSELL__OBJECT("a disclosure", disclosure_fields, 0, DISCLOSURE, 1, NULL);

#define PAGE upsell_page_input
static const upsell__field timer_fields[] = {
    CHOICE("enabled", PAGE, timer_enabled),
    INTEGER("seconds", OPT, PAGE, timer_seconds, 1, UPSELL__TIMER_MAX),
    TEXT("text", OPT, PAGE, timer_text),
};
static const upsell__object timer_object =
    UPSELL__OBJECT("a timer", timer_fields, 0, PAGE, 1, NULL);

static const upsell__field description_fields[] = {
    CHOICE("visible", PAGE, description_visible),
    TEXT("text", OR_NULL, PAGE, description),
};
static const upsell__object description_object =
    UPSELL__OBJECT("a description", description_fields, 0, PAGE, 1, NULL);

static const upsell__field close_button_fields[] = {
    CHOICE("visible", PAGE, close_visible),
    TEXT("label", OPT, PAGE, close_label),
};
static const upsell__object close_button_object =
    UPSELL__OBJECT("a close button", close_button_fields, 0, PAGE, 1, NULL);

static const upsell__field page_fields[] = {
    TEXT("title", OPT, PAGE, title),
    PART("timer", OPT, PAGE, &timer_object),
    PART("description", OPT, PAGE, &description_object),
    TEXT("buy_button", OPT, PAGE, buy_button),
    PART("close_button", OPT, PAGE, &close_button_object),
    NEW("disclosure", PAGE, disclosure, &disclosure_object),
};
static const upsell__object page_object = UPSELL__OBJECT("a page", page_fields, 0, PAGE, 1, NULL);

static const upsell__field scenario_fields[] = {
    ID("id", REQ, SCENARIO, id),
    TEXT("name", REQ, SCENARIO, name),
    NAME("status", REQ, SCENARIO, status, UPSELL_SCENARIO_PUBLISHED, statuses),
    INTEGER("priority", REQ, SCENARIO, priority, 0, UPSELL__PRIORITY_MAX),
    PART("trigger", REQ, SCENARIO, &trigger_object),
    PART("offer", REQ, SCENARIO, &offer_object),
    NEW("page", SCENARIO, page, &page_object),
};
static const upsell__object scenario_object =
    UPSELL__OBJECT("a scenario", scenario_fields, 0, SCENARIO, 1, NULL);

#define CATALOG upsell_catalog_input
static const upsell__field store_fields[] = {
    NAME("plan", OPT, CATALOG, store_plan, UPSELL_STORE_FREE, store_plans),
    CHOICE("post_purchase_app", CATALOG, post_purchase_app),
    CHOICE("one_time_to_one_time", CATALOG, one_time_to_one_time),
};
static const upsell__object store_object =
    UPSELL__OBJECT("a store", store_fields, 0, CATALOG, 1, NULL);

static const upsell__field policy_fields[] = {
    NAME("mode", OPT, upsell_rounding, mode, UPSELL_ROUND_FLOOR, modes),
    NAME("target", OPT, upsell_rounding, target, UPSELL_ROUND_PRICE, targets),
    NAME("basis", OPT, upsell_rounding, basis, UPSELL_ROUND_UNIT, bases),
};
static const upsell__object policy_object =
    UPSELL__OBJECT("a rounding policy", policy_fields, 0, upsell_rounding, 0, NULL);

static const upsell__field rounding_fields[] = {
    OBJECT("checkout", OPT, upsell_rounding_pair, checkout, &policy_object),
    OBJECT("offer_page", OPT, upsell_rounding_pair, offer_page, &policy_object),
};
static const upsell__object rounding_object =
    UPSELL__OBJECT("a rounding", rounding_fields, 0, upsell_rounding_pair, 0, NULL);

static const upsell__field catalog_fields[] = {
    UPSELL__FIELD_WITH("format", UPSELL__FIELD_FORMAT, REQ, CATALOG, size, 0, 0, 0,
                       "upsell.catalog/1"),
    UPSELL__FIELD("currency", UPSELL__FIELD_CURRENCY, REQ, CATALOG, currency),
    PART("store", OPT, CATALOG, &store_object),
    OBJECT("rounding", OPT, CATALOG, rounding, &rounding_object),
    OBJECTS("selling_plans", REQ, CATALOG, selling_plans, selling_plan_count, &plan_object),
    OBJECTS("products", REQ, CATALOG, products, product_count, &product_object),
    OBJECTS("scenarios", REQ, CATALOG, scenarios, scenario_count, &scenario_object),
    NEW("disclosure", CATALOG, disclosure, &disclosure_object),
};
const upsell__object upsell__catalog_object =
    UPSELL__OBJECT("a catalogue", catalog_fields, 0, CATALOG, 1, NULL);

/* ---- amounts, once the currency is known ----
 * The structs below were made by this file's reader, which owns them: writing
 * to them through the input's pointers to const is writing to its own memory. */

static void settle_plans(upsell__sink *sink, const CATALOG *input, const upsell_currency *currency)
{
  upsell__path list = upsell__at_key(NULL, "selling_plans");
  size_t i;
  size_t j;

  for (i = 0; i < input->selling_plan_count; i++) {
    upsell__path plan = upsell__at_index(&list, i);
    upsell__path pricing = upsell__at_key(&plan, "pricing");
    PRICE *prices = (PRICE *)input->selling_plans[i].pricing;
    for (j = 0; j < input->selling_plans[i].pricing_count; j++) {
      upsell__path price = upsell__at_index(&pricing, j);
      if (prices[j].type == UPSELL_ADJUST_FIXED_AMOUNT || prices[j].type == UPSELL_ADJUST_PRICE)
        upsell__amount_settle(sink, &price, "value", currency, &prices[j].value);
    }
  }
}

static void settle_products(upsell__sink *sink, const CATALOG *input,
                            const upsell_currency *currency)
{
  upsell__path list = upsell__at_key(NULL, "products");
  size_t i;
  size_t j;

  for (i = 0; i < input->product_count; i++) {
    upsell__path product = upsell__at_index(&list, i);
    upsell__path variants = upsell__at_key(&product, "variants");
    VARIANT *items = (VARIANT *)input->products[i].variants;
    for (j = 0; j < input->products[i].variant_count; j++) {
      upsell__path variant = upsell__at_index(&variants, j);
      upsell__amount_settle(sink, &variant, "price", currency, &items[j].price);
    }
  }
}

static void settle_discounts(upsell__sink *sink, const CATALOG *input,
                             const upsell_currency *currency)
{
  upsell__path list = upsell__at_key(NULL, "scenarios");
  SCENARIO *scenarios = (SCENARIO *)input->scenarios;
  size_t i;

  for (i = 0; i < input->scenario_count; i++) {
    upsell__path scenario = upsell__at_index(&list, i);
    upsell__path offer = upsell__at_key(&scenario, "offer");
    upsell__path discount = upsell__at_key(&offer, "discount");
    if (scenarios[i].discount.type == UPSELL_ADJUST_FIXED_AMOUNT)
      upsell__amount_settle(sink, &discount, "value", currency, &scenarios[i].discount.value);
  }
}

static void settle_amounts(upsell__sink *sink, const CATALOG *input)
{
  const upsell_currency *currency = upsell__currency_find(upsell__currency_text(input->currency));

  settle_plans(sink, input, currency);
  settle_products(sink, input, currency);
  settle_discounts(sink, input, currency);
}

/* ---- public functions ---- */

/* Reads the text into structs in the arena. Returns 0 when the text is not JSON
 * or nothing more is wanted. */
static int read_catalog(const char *text, size_t len, upsell__sink *sink, upsell__arena *arena,
                        CATALOG *input)
{
  if (!upsell__document_read(text, len, &upsell__catalog_object, input, sink, arena))
    return 0;
  settle_amounts(sink, input);
  return upsell__sink_goes_on(sink);
}

upsell_status upsell_catalog_new_from_json(const char *text, size_t len, upsell_catalog **catalog,
                                           upsell_error *error)
{
  upsell__sink sink = {UPSELL_OK, error, NULL, 0};
  upsell__arena arena = {0};
  CATALOG input;

  if (!text || !catalog) {
    upsell__report(&sink, UPSELL_INVALID_ARGUMENT, NULL, "text and catalog must not be NULL.");
    return sink.status;
  }
  if (read_catalog(text, len, &sink, &arena, &input))
    upsell__catalog_build(&input, 1, &sink, catalog);
  upsell__arena_free(&arena);
  return sink.status;
}

upsell_status upsell_catalog_check_json(const char *text, size_t len, upsell_problems **problems)
{
  upsell__sink sink = {UPSELL_OK, NULL, NULL, 0};
  upsell__catalog_ids ids = {{0}, {0}, {0}};
  upsell__arena arena = {0};
  CATALOG input;

  if (!text || !problems)
    return UPSELL_INVALID_ARGUMENT;
  sink.problems = upsell__problems_new();
  if (!sink.problems)
    return UPSELL_NO_MEMORY;
  if (read_catalog(text, len, &sink, &arena, &input))
    upsell__catalog_check(&input, 1, &sink, &ids);
  upsell__catalog_ids_free(&ids);
  upsell__arena_free(&arena);
  return upsell__problems_finish(&sink, problems);
}
