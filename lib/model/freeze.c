/* SPDX-License-Identifier: MIT */
/* From checked input to an immutable catalogue. */
#include "base/alloc.h"
#include "base/sized.h"
#include "base/sort.h"
#include "model/catalog.h"
#include "model/choice.h"
#include "model/cycle.h"
#include "model/limits.h"
#include "money/currency.h"
#include "money/rounding.h"

static const upsell_str default_buy_button = UPSELL_STR("追加注文する");
static const upsell_str default_close_label = UPSELL_STR("閉じる");
static const upsell_str empty = UPSELL_STR("");

/* Copies every text of a map into the arena, so that it outlives the input. */
static int keep_ids(upsell_catalog *catalog, upsell__idmap *map, size_t from)
{
  size_t i;

  for (i = from; i < map->count; i++) {
    if (!upsell__arena_copy(&catalog->arena, map->entries[i].text, &map->entries[i].text))
      return 0;
  }
  return 1;
}

/* The number of an id that a trigger names, new or not. */
static int number_of(upsell__idmap *map, uint32_t scope, upsell_str id, uint32_t *number)
{
  int added;

  return upsell__idmap_add(map, scope, id, number, &added);
}

static int price_after(uint32_t a, uint32_t b, const void *context)
{
  const upsell_plan_price_entry *entries = context;

  return entries[a].after_cycle > entries[b].after_cycle;
}

/* The numbers 0 ... count - 1 in the order that `after` gives; the caller frees
 * them. */
static uint32_t *sorted_numbers(size_t count, upsell__after after, const void *context)
{
  uint32_t *order = upsell__alloc(count, sizeof(*order));
  size_t i;

  for (i = 0; order && i < count; i++)
    order[i] = (uint32_t)i;
  if (order)
    upsell__sort(order, count, after, context);
  return order;
}

static int freeze_plan(upsell_catalog *catalog, const upsell_selling_plan_input *input,
                       upsell__plan *plan, uint32_t number)
{
  size_t count = input->pricing_count;
  upsell_plan_price_entry *pricing = upsell__arena_alloc(&catalog->arena, count, sizeof(*pricing));
  uint32_t *order = sorted_numbers(count, price_after, input->pricing);
  size_t i;

  for (i = 0; pricing && order && i < count; i++)
    pricing[i] = input->pricing[order[i]];
  upsell__free(order);
  plan->id = catalog->plan_ids.entries[number].text;
  plan->pricing = pricing;
  plan->pricing_count = (uint32_t)count;
  plan->cycle = upsell__cycle_code(&input->cycle);
  plan->interval = input->cycle;
  if (upsell__interval_is_default(&plan->interval.delivery))
    plan->interval.delivery = plan->interval.billing;
  plan->min_cycles = input->min_cycles;
  plan->max_cycles = input->max_cycles;
  return pricing && order && upsell__arena_copy(&catalog->arena, input->name, &plan->name);
}

static int freeze_plans(upsell_catalog *catalog, const upsell_catalog_input *input)
{
  size_t i;

  catalog->plans =
      upsell__arena_alloc(&catalog->arena, input->selling_plan_count, sizeof(*catalog->plans));
  for (i = 0; catalog->plans && i < input->selling_plan_count; i++) {
    if (!freeze_plan(catalog, upsell__sized_item(input->selling_plans, i), &catalog->plans[i],
                     (uint32_t)i))
      return 0;
  }
  catalog->plan_count = (uint32_t)input->selling_plan_count;
  return catalog->plans != NULL;
}

static int freeze_variant(upsell_catalog *catalog, const upsell_variant_input *input)
{
  uint32_t number = catalog->variant_count++;
  upsell__variant *variant = &catalog->variants[number];

  variant->id = catalog->variant_ids.entries[number].text;
  variant->price = input->price;
  variant->available = input->stock_tracked == UPSELL_YES ? input->available : -1;
  return upsell__arena_copy(&catalog->arena, input->title, &variant->title);
}

static int freeze_product(upsell_catalog *catalog, const upsell_product_input *input,
                          upsell__product *product, uint32_t number)
{
  size_t i;

  product->id = catalog->product_ids.entries[number].text;
  product->requires_shipping = upsell__choice(input->requires_shipping, 1);
  product->requires_selling_plan = upsell__choice(input->requires_selling_plan, 0);
  for (i = 0; i < input->variant_count; i++) {
    if (!freeze_variant(catalog, upsell__sized_item(input->variants, i)))
      return 0;
  }
  return upsell__arena_copy(&catalog->arena, input->title, &product->title);
}

static int freeze_products(upsell_catalog *catalog, const upsell_catalog_input *input)
{
  size_t i;

  catalog->products =
      upsell__arena_alloc(&catalog->arena, input->product_count, sizeof(*catalog->products));
  catalog->variants =
      upsell__arena_alloc(&catalog->arena, catalog->variant_ids.count, sizeof(*catalog->variants));
  if (!catalog->products || !catalog->variants)
    return 0;
  for (i = 0; i < input->product_count; i++) {
    if (!freeze_product(catalog, upsell__sized_item(input->products, i), &catalog->products[i],
                        (uint32_t)i))
      return 0;
  }
  catalog->product_count = (uint32_t)input->product_count;
  return 1;
}

/* Numbers for a list of ids, in its order. */
static int number_all(upsell__idmap *map, uint32_t scope, const upsell_str *ids, size_t count,
                      uint32_t *numbers)
{
  size_t i;

  for (i = 0; i < count; i++) {
    if (!number_of(map, scope, ids[i], &numbers[i]))
      return 0;
  }
  return 1;
}

/* The plans of an offer, in its order. */
static int freeze_offer_plans(upsell_catalog *catalog, const upsell_scenario_input *input,
                              upsell__scenario *scenario)
{
  size_t count = input->selling_plan_count;
  uint32_t *list = upsell__arena_alloc(&catalog->arena, count, sizeof(*list));

  scenario->plans = list;
  scenario->plan_count = (uint32_t)count;
  return list && number_all(&catalog->plan_ids, 0, input->selling_plan_ids, count, list);
}

static int number_after(uint32_t a, uint32_t b, const void *context)
{
  (void)context;
  return a > b;
}

/* Numbers for a list of ids of a trigger: ascending, and then as given. */
static int freeze_id_set(upsell_catalog *catalog, upsell__idmap *map, uint32_t scope,
                         const upsell_str *ids, size_t count, const uint32_t **numbers)
{
  uint32_t *list;

  if (count == 0)
    return 1;
  list = upsell__arena_alloc(&catalog->arena, count, 2 * sizeof(*list));
  if (!list || !number_all(map, scope, ids, count, list + count))
    return 0;
  memcpy(list, list + count, count * sizeof(*list));
  upsell__sort(list, count, number_after, NULL);
  *numbers = list;
  return 1;
}

static int freeze_trigger(upsell_catalog *catalog, const upsell_trigger_input *input,
                          upsell__trigger *trigger)
{
  trigger->variant_count = (uint32_t)input->variant_count;
  trigger->plan_count = (uint32_t)input->selling_plan_count;
  return number_of(&catalog->product_ids, 0, input->product_id, &trigger->product) &&
         freeze_id_set(catalog, &catalog->variant_ids, trigger->product, input->variant_ids,
                       input->variant_count, &trigger->variants) &&
         freeze_id_set(catalog, &catalog->plan_ids, 0, input->selling_plan_ids,
                       input->selling_plan_count, &trigger->plans);
}

static int trigger_after(uint32_t a, uint32_t b, const void *context)
{
  const upsell__trigger *triggers = context;

  return triggers[a].product != triggers[b].product ? triggers[a].product > triggers[b].product
                                                    : a > b;
}

/* Sorts triggers by product. */
static int order_triggers(upsell_catalog *catalog, upsell__scenario *scenario,
                          const upsell__trigger *given)
{
  size_t count = scenario->trigger_count;
  upsell__trigger *triggers = upsell__arena_alloc(&catalog->arena, count, sizeof(*triggers));
  uint32_t *order = sorted_numbers(count, trigger_after, given);
  size_t i;

  for (i = 0; triggers && order && i < count; i++)
    triggers[i] = given[order[i]];
  upsell__free(order);
  scenario->triggers = triggers;
  return triggers && order;
}

static int freeze_triggers(upsell_catalog *catalog, const upsell_scenario_input *input,
                           upsell__scenario *scenario)
{
  upsell__trigger *given = upsell__alloc(input->trigger_count, sizeof(*given));
  int done = given != NULL;
  size_t i;

  scenario->trigger_count = (uint32_t)input->trigger_count;
  for (i = 0; done && i < input->trigger_count; i++) {
    given[i].place = (uint32_t)i;
    done = freeze_trigger(catalog, upsell__sized_item(input->triggers, i), &given[i]);
  }
  done = done && order_triggers(catalog, scenario, given);
  upsell__free(given);
  return done;
}

static upsell_quantity freeze_quantity(const upsell_quantity *input)
{
  upsell_quantity quantity = {0};

  quantity.initial = input->initial ? input->initial : 1;
  quantity.max = input->max ? input->max : quantity.initial;
  quantity.adjustable = upsell__choice(input->adjustable, 0) ? UPSELL_YES : UPSELL_NO;
  return quantity;
}

static upsell_str or_default(upsell_str text, upsell_str by_default)
{
  return text.data ? text : by_default;
}

/* The page with its defaults; texts still belong to the input (CAT-16, OUT-4). */
static upsell_page complete_page(const upsell_page_input *input)
{
  static const upsell_page_input none = {0};
  upsell_page page = {0};

  if (!input)
    input = &none;
  page.title = or_default(input->title, empty);
  page.description = input->description;
  page.description_visible = upsell__choice(input->description_visible, 1);
  page.buy_button = or_default(input->buy_button, default_buy_button);
  page.close_label = or_default(input->close_label, default_close_label);
  page.close_visible = upsell__choice(input->close_visible, 1);
  page.timer_visible = upsell__choice(input->timer_enabled, 0);
  page.timer_seconds = page.timer_visible ? input->timer_seconds : 0;
  page.timer_text = page.timer_visible ? or_default(input->timer_text, empty) : empty;
  page.expires_after_seconds =
      page.timer_visible ? input->timer_seconds : UPSELL__EXPIRES_WITHOUT_TIMER;
  return page;
}

static int freeze_page(upsell_catalog *catalog, const upsell_page_input *input,
                       const upsell_page **frozen)
{
  upsell__arena *arena = &catalog->arena;
  upsell_page *page = upsell__arena_alloc(arena, 1, sizeof(*page));

  if (!page)
    return 0;
  *page = complete_page(input);
  *frozen = page;
  return upsell__arena_copy(arena, page->title, &page->title) &&
         upsell__arena_copy(arena, page->timer_text, &page->timer_text) &&
         upsell__arena_copy(arena, page->description, &page->description) &&
         upsell__arena_copy(arena, page->buy_button, &page->buy_button) &&
         upsell__arena_copy(arena, page->close_label, &page->close_label);
}

/* The length of the white space that a text begins with, the ideographic space (U+3000) and
 * the one that does not break (U+00A0) among it. */
static size_t white_space(upsell_str text)
{
  static const upsell_str spaces[] = {UPSELL_STR(" "),  UPSELL_STR("\t"),     UPSELL_STR("\n"),
                                      UPSELL_STR("\r"), UPSELL_STR("\u3000"), UPSELL_STR("\u00a0")};
  size_t len = 0;
  size_t i = 0;

  while (i < sizeof(spaces) / sizeof(spaces[0])) {
    upsell_str space = spaces[i++];
    if (text.len - len >= space.len && memcmp(text.data + len, space.data, space.len) == 0) {
      len += space.len;
      i = 0;
    }
  }
  return len;
}

/* A text of the input; absent: the one `by_default`, which the catalogue holds already. White
 * space alone tells a buyer nothing: it is kept as an empty text (CAT-19). */
static int keep_or_default(upsell_catalog *catalog, upsell_str text, upsell_str by_default,
                           upsell_str *kept)
{
  *kept = by_default;
  if (text.data && white_space(text) == text.len)
    text.len = 0;
  return !text.data || upsell__arena_copy(&catalog->arena, text, kept);
}

/* The texts of `input` over those of `defaults` (CAT-19). */
static int freeze_disclosure(upsell_catalog *catalog, const upsell_disclosure_input *input,
                             const upsell__disclosure *defaults, upsell__disclosure *kept)
{
  return keep_or_default(catalog, input->price, defaults->price, &kept->price) &&
         keep_or_default(catalog, input->payment, defaults->payment, &kept->payment) &&
         keep_or_default(catalog, input->delivery, defaults->delivery, &kept->delivery) &&
         keep_or_default(catalog, input->period, defaults->period, &kept->period) &&
         keep_or_default(catalog, input->withdrawal, defaults->withdrawal, &kept->withdrawal) &&
         keep_or_default(catalog, input->cancellation, defaults->cancellation, &kept->cancellation);
}

/* Scenarios without texts of their own share the catalogue's. */
static int freeze_own_disclosure(upsell_catalog *catalog, const upsell_page_input *page,
                                 upsell__scenario *scenario)
{
  upsell__disclosure *own;

  scenario->disclosure = &catalog->disclosure;
  if (!page || !page->disclosure)
    return 1;
  own = upsell__arena_alloc(&catalog->arena, 1, sizeof(*own));
  scenario->disclosure = own;
  return own && freeze_disclosure(catalog, page->disclosure, &catalog->disclosure, own);
}

/* What holds whatever the order (DEC-5, DEC-7, DEC-8). */
static void judge_offer(const upsell_catalog *catalog, upsell__scenario *scenario)
{
  const upsell__product *product = &catalog->products[scenario->product];

  scenario->pattern_not_enabled =
      scenario->pattern == UPSELL_ONE_TIME_TO_ONE_TIME && !catalog->one_time_to_one_time;
  scenario->offer_not_shippable = !product->requires_shipping;
  scenario->offer_subscription_only =
      product->requires_selling_plan && scenario->pattern != UPSELL_ONE_TIME_TO_SUBSCRIPTION;
}

static void freeze_offer(const upsell_catalog *catalog, const upsell_scenario_input *input,
                         upsell__scenario *scenario)
{
  int32_t pattern = 0;

  upsell_pattern_of(input->trigger_kind, input->offer_kind, &pattern);
  scenario->pattern = (uint8_t)pattern;
  scenario->trigger_kind = (uint8_t)input->trigger_kind;
  scenario->priority = input->priority;
  scenario->published = input->status == UPSELL_SCENARIO_PUBLISHED;
  scenario->denies_other_items = input->other_items == UPSELL_OTHER_ITEMS_DENY;
  scenario->discount = input->discount;
  if (!scenario->discount.type)
    scenario->discount.type = UPSELL_ADJUST_NONE;
  scenario->quantity = freeze_quantity(&input->quantity);
  scenario->product = upsell__idmap_find(&catalog->product_ids, 0, input->product_id);
  scenario->variant =
      upsell__idmap_find(&catalog->variant_ids, scenario->product, input->variant_id);
  judge_offer(catalog, scenario);
}

/* Scenarios without a page of their own share `shared_page`. */
static int freeze_scenario(upsell_catalog *catalog, const upsell_scenario_input *input,
                           const upsell_page *shared_page, upsell__scenario *scenario)
{
  freeze_offer(catalog, input, scenario);
  scenario->page = shared_page;
  return upsell__arena_copy(&catalog->arena, input->id, &scenario->id) &&
         upsell__arena_copy(&catalog->arena, input->name, &scenario->name) &&
         (!input->page || freeze_page(catalog, input->page, &scenario->page)) &&
         freeze_own_disclosure(catalog, input->page, scenario) &&
         freeze_triggers(catalog, input, scenario) && freeze_offer_plans(catalog, input, scenario);
}

static int freeze_scenarios(upsell_catalog *catalog, const upsell_catalog_input *input)
{
  const upsell_page *shared_page;
  size_t i;

  catalog->scenarios =
      upsell__arena_alloc(&catalog->arena, input->scenario_count, sizeof(*catalog->scenarios));
  if (!catalog->scenarios || !freeze_page(catalog, NULL, &shared_page))
    return 0;
  for (i = 0; i < input->scenario_count; i++) {
    if (!freeze_scenario(catalog, upsell__sized_item(input->scenarios, i), shared_page,
                         &catalog->scenarios[i]))
      return 0;
  }
  catalog->scenario_count = (uint32_t)input->scenario_count;
  return 1;
}

static int freeze_head(upsell_catalog *catalog, const upsell_catalog_input *input)
{
  static const upsell__disclosure nothing = {0};
  upsell_rounding_pair defaults;

  upsell_rounding_defaults(&defaults);
  catalog->currency = *upsell__currency_find(upsell__currency_text(input->currency));
  catalog->rounding.checkout =
      upsell__rounding_complete(&input->rounding.checkout, &defaults.checkout);
  catalog->rounding.offer_page =
      upsell__rounding_complete(&input->rounding.offer_page, &defaults.offer_page);
  catalog->store_plan = input->store_plan ? input->store_plan : UPSELL_STORE_STANDARD;
  catalog->post_purchase_app = upsell__choice(input->post_purchase_app, 0);
  catalog->one_time_to_one_time = upsell__choice(input->one_time_to_one_time, 0);
  return !input->disclosure ||
         freeze_disclosure(catalog, input->disclosure, &nothing, &catalog->disclosure);
}

/* Numbers that do not fit in 32 bits would need more memory than there is. */
static int fits(const upsell_catalog_input *input)
{
  return input->selling_plan_count < UPSELL__NO_INDEX && input->product_count < UPSELL__NO_INDEX &&
         input->scenario_count < UPSELL__NO_INDEX;
}

static int freeze_all(upsell_catalog *catalog, const upsell_catalog_input *input)
{
  size_t plans = catalog->plan_ids.count;
  size_t products = catalog->product_ids.count;
  size_t variants = catalog->variant_ids.count;

  return fits(input) && freeze_head(catalog, input) && keep_ids(catalog, &catalog->plan_ids, 0) &&
         keep_ids(catalog, &catalog->product_ids, 0) &&
         keep_ids(catalog, &catalog->variant_ids, 0) && freeze_plans(catalog, input) &&
         freeze_products(catalog, input) && freeze_scenarios(catalog, input) &&
         keep_ids(catalog, &catalog->plan_ids, plans) &&
         keep_ids(catalog, &catalog->product_ids, products) &&
         keep_ids(catalog, &catalog->variant_ids, variants) && upsell__catalog_index(catalog);
}

upsell_catalog *upsell__catalog_freeze(const upsell_catalog_input *input, upsell__catalog_ids *ids)
{
  upsell_catalog *catalog = upsell__alloc(1, sizeof(*catalog));

  if (!catalog)
    return NULL;
  catalog->plan_ids = ids->plans;
  catalog->product_ids = ids->products;
  catalog->variant_ids = ids->variants;
  memset(ids, 0, sizeof(*ids));
  if (!freeze_all(catalog, input)) {
    upsell_catalog_free(catalog);
    return NULL;
  }
  return catalog;
}

void upsell_catalog_free(upsell_catalog *catalog)
{
  if (!catalog)
    return;
  upsell__idmap_free(&catalog->plan_ids);
  upsell__idmap_free(&catalog->product_ids);
  upsell__idmap_free(&catalog->variant_ids);
  upsell__arena_free(&catalog->arena);
  upsell__free(catalog);
}
