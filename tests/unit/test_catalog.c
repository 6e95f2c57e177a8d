/* SPDX-License-Identifier: MIT */
/* From structs to a frozen catalogue: defaults, copies, sizes, numbers (CAT-2 ... CAT-19). */
#include "../support/check_main.h"
#include "model/catalog.h"
#include "model/cycle.h"
#include "store.h"

static upsell_catalog *build(const store *s)
{
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_catalog *catalog = NULL;
  upsell_status status = upsell_catalog_new(&s->catalog, &catalog, &error);

  ck_assert_msg(status == UPSELL_OK, "%s: %s", error.pointer, error.message);
  return catalog;
}

static void check_str(upsell_str got, const char *expected)
{
  ck_assert_ptr_nonnull(got.data);
  ck_assert_uint_eq(got.len, strlen(expected));
  ck_assert_str_eq(got.data, expected); /* copies have a NUL behind them */
}

/* Zeroes everything that has a default. */
static void leave_out(store *s)
{
  static const upsell_rounding_pair no_rounding = {{0, 0, 0}, {0, 0, 0}};
  static const upsell_discount no_discount = {0, 0, 0};
  static const upsell_quantity no_quantity = {0, 0, 0, 0};
  static const upsell_interval no_interval = {0, 0};

  s->catalog.store_plan = 0;
  s->catalog.post_purchase_app = s->catalog.one_time_to_one_time = UPSELL_DEFAULT;
  s->catalog.rounding = no_rounding;
  s->catalog.disclosure = NULL;
  s->plans[0].cycle.delivery = no_interval;
  s->plans[0].min_cycles = s->plans[0].max_cycles = 0;
  s->products[0].requires_shipping = s->products[0].requires_selling_plan = UPSELL_DEFAULT;
  s->scenarios[0].other_items = 0;
  s->scenarios[0].discount = no_discount;
  s->scenarios[0].quantity = no_quantity;
  memset(&s->page, 0, sizeof(s->page));
  s->page.size = sizeof(s->page);
}

static void check_default_page(const upsell_page *page)
{
  check_str(page->title, "");
  check_str(page->timer_text, "");
  ck_assert_ptr_null(page->description.data);
  check_str(page->buy_button,
            "\xE8\xBF\xBD\xE5\x8A\xA0\xE6\xB3\xA8\xE6\x96\x87\xE3\x81\x99\xE3\x82\x8B");
  check_str(page->close_label, "\xE9\x96\x89\xE3\x81\x98\xE3\x82\x8B");
  ck_assert_int_eq(page->timer_visible, 0);
  ck_assert_int_eq(page->timer_seconds, 0);
  ck_assert_int_eq(page->description_visible, 1);
  ck_assert_int_eq(page->close_visible, 1);
  ck_assert_int_eq(page->expires_after_seconds, 600);
  ck_assert_int_eq(page->reserved, 0);
}

static void check_no_texts(const upsell__disclosure *texts)
{
  static const upsell__disclosure nothing = {0};

  ck_assert_mem_eq(texts, &nothing, sizeof(nothing));
}

START_TEST(test_defaults)
{
  upsell_rounding_pair defaults;
  upsell_catalog *catalog;
  store s;

  store_init(&s);
  leave_out(&s);
  catalog = build(&s);
  upsell_rounding_defaults(&defaults);
  ck_assert_int_eq(catalog->store_plan, UPSELL_STORE_STANDARD);
  ck_assert_int_eq(catalog->post_purchase_app, 0);
  ck_assert_int_eq(catalog->one_time_to_one_time, 0);
  ck_assert_mem_eq(&catalog->rounding, &defaults, sizeof(defaults));
  ck_assert_uint_eq(catalog->plans[0].cycle, upsell__cycle_code(&s.plans[0].cycle));
  ck_assert_uint_eq(catalog->plans[0].cycle >> 16, catalog->plans[0].cycle & 0xFFFF);
  ck_assert_mem_eq(&catalog->plans[0].interval.delivery, &s.plans[0].cycle.billing,
                   sizeof(upsell_interval)); /* as billing */
  ck_assert_int_eq(catalog->plans[0].min_cycles, 0);
  ck_assert_int_eq(catalog->plans[0].max_cycles, 0);
  ck_assert_int_eq(catalog->products[0].requires_shipping, 1);
  ck_assert_int_eq(catalog->products[0].requires_selling_plan, 0);
  ck_assert_int_eq(catalog->scenarios[0].denies_other_items, 0);
  ck_assert_int_eq(catalog->scenarios[0].discount.type, UPSELL_ADJUST_NONE);
  ck_assert_int_eq(catalog->scenarios[0].quantity.initial, 1);
  ck_assert_int_eq(catalog->scenarios[0].quantity.max, 1);
  ck_assert_int_eq(catalog->scenarios[0].quantity.adjustable, UPSELL_NO);
  check_default_page(catalog->scenarios[0].page); /* a page without anything */
  check_default_page(catalog->scenarios[1].page); /* no page */
  check_no_texts(catalog->scenarios[0].disclosure);
  check_no_texts(catalog->scenarios[1].disclosure);
  upsell_catalog_free(catalog);
}
END_TEST

/* Each key of a rounding policy takes its own default (CAT-3). */
START_TEST(test_rounding_defaults_apart)
{
  upsell_catalog *catalog;
  store s;

  store_init(&s);
  s.catalog.rounding.checkout.mode = 0;
  s.catalog.rounding.checkout.target = UPSELL_ROUND_DISCOUNT;
  s.catalog.rounding.checkout.basis = UPSELL_ROUND_LINE;
  s.catalog.rounding.offer_page.mode = UPSELL_ROUND_CEIL;
  s.catalog.rounding.offer_page.target = 0;
  s.catalog.rounding.offer_page.basis = 0;
  catalog = build(&s);
  ck_assert_int_eq(catalog->rounding.checkout.mode, UPSELL_ROUND_HALF_UP);
  ck_assert_int_eq(catalog->rounding.checkout.target, UPSELL_ROUND_DISCOUNT);
  ck_assert_int_eq(catalog->rounding.checkout.basis, UPSELL_ROUND_LINE);
  ck_assert_int_eq(catalog->rounding.offer_page.mode, UPSELL_ROUND_CEIL);
  ck_assert_int_eq(catalog->rounding.offer_page.target, UPSELL_ROUND_DISCOUNT);
  ck_assert_int_eq(catalog->rounding.offer_page.basis, UPSELL_ROUND_LINE);
  upsell_catalog_free(catalog);
}
END_TEST

/* max left out is the default quantity, not 1 (CAT-12). */
START_TEST(test_quantity_default)
{
  upsell_catalog *catalog;
  store s;

  store_init(&s);
  s.scenarios[0].quantity.initial = 3;
  s.scenarios[0].quantity.max = 0;
  s.scenarios[0].quantity.adjustable = UPSELL_NO;
  catalog = build(&s);
  ck_assert_int_eq(catalog->scenarios[0].quantity.initial, 3);
  ck_assert_int_eq(catalog->scenarios[0].quantity.max, 3);
  upsell_catalog_free(catalog);
}
END_TEST

static void check_frozen_items(const upsell_catalog *c)
{
  check_str(c->plans[0].id, "sp-m1");
  ck_assert_uint_eq(c->plans[0].pricing_count, 2);
  ck_assert_int_eq(c->plans[0].pricing[0].value, 100000);
  ck_assert_int_eq(c->plans[0].pricing[1].after_cycle, 2);
  ck_assert_uint_eq(c->plans[1].pricing_count, 0);
  ck_assert_int_eq(c->plans[0].min_cycles, 3);
  ck_assert_int_eq(c->plans[0].max_cycles, 12);
  ck_assert_int_eq(c->plans[1].interval.billing.unit, UPSELL_INTERVAL_WEEK); /* as given */
  ck_assert_int_eq(c->plans[1].interval.billing.count, 2);
  ck_assert_int_eq(c->plans[1].interval.delivery.unit, UPSELL_INTERVAL_DAY);
  ck_assert_int_eq(c->plans[1].interval.delivery.count, 14);
  check_str(c->products[0].id, "p-tea");
  check_str(c->products[0].title, "Sencha");
  check_str(c->variants[1].id, "v-200");
  check_str(c->variants[1].title, "200g");
  ck_assert_int_eq(c->variants[1].price, 1900);
  ck_assert_int_eq(c->variants[0].available, -1);
  ck_assert_int_eq(c->variants[1].available, 7);
}

static void check_frozen_scenario(const upsell__scenario *scenario)
{
  check_str(scenario->id, "S1");
  check_str(scenario->name, "More tea");
  ck_assert_int_eq(scenario->priority, 1);
  ck_assert_int_eq(scenario->published, 1);
  ck_assert_int_eq(scenario->pattern, UPSELL_SUBSCRIPTION_TO_SUBSCRIPTION);
  ck_assert_uint_eq(scenario->trigger_count, 2);
  ck_assert_uint_eq(scenario->triggers[0].variant_count, 2);
  ck_assert_uint_eq(scenario->triggers[0].variants[1], 1);
  ck_assert_uint_eq(scenario->triggers[0].plans[1], 1);
  ck_assert_uint_eq(scenario->triggers[1].product, 2); /* behind those of the catalogue */
  ck_assert_uint_eq(scenario->plan_count, 2);
  ck_assert_int_eq(scenario->discount.value, 200000);
  ck_assert_int_eq(scenario->quantity.max, 5);
  check_str(scenario->page->title, "One more?");
  check_str(scenario->page->timer_text, "Left:");
  check_str(scenario->page->description, "Fresh.");
  check_str(scenario->page->buy_button, "Add");
  check_str(scenario->page->close_label, "No");
  ck_assert_int_eq(scenario->page->timer_visible, 1);
  ck_assert_int_eq(scenario->page->timer_seconds, 300);
  ck_assert_int_eq(scenario->page->expires_after_seconds, 300);
}

/* The catalogue's texts, but for the one that the first scenario has of its own. */
static void check_frozen_texts(const upsell_catalog *c)
{
  const upsell__disclosure *own = c->scenarios[0].disclosure;
  const upsell__disclosure *common = c->scenarios[1].disclosure;

  ck_assert_ptr_eq(common, &c->disclosure); /* shared */
  check_str(common->price, "With tax.");
  check_str(common->payment, "By card.");
  check_str(common->delivery, "Sent the next day.");
  check_str(common->period, "Only on this page.");
  check_str(common->withdrawal, "No returns of food.");
  check_str(common->cancellation, "Cancel on your page.");
  check_str(own->price, "With tax.");
  check_str(own->payment, "By card.");
  check_str(own->delivery, "Sent the next day.");
  check_str(own->period, "Only on this page.");
  check_str(own->withdrawal, "Returns within 8 days.");
  check_str(own->cancellation, "Cancel on your page.");
}

/* Everything is there, and is a copy: the input may go. */
START_TEST(test_frozen)
{
  upsell_catalog *catalog;
  store s;

  store_init(&s);
  catalog = build(&s);
  memset(&s, 0xEE, sizeof(s));
  ck_assert_int_eq(catalog->store_plan, UPSELL_STORE_ENTERPRISE);
  ck_assert_int_eq(catalog->post_purchase_app, 1);
  ck_assert_str_eq(catalog->currency.code, "JPY");
  check_frozen_items(catalog);
  check_frozen_scenario(&catalog->scenarios[0]);
  check_frozen_texts(catalog);
  ck_assert_int_eq(catalog->scenarios[1].pattern, UPSELL_ONE_TIME_TO_ONE_TIME);
  ck_assert_int_eq(catalog->scenarios[1].denies_other_items, 1);
  ck_assert_int_eq(catalog->scenarios[1].pattern_not_enabled, 0);
  upsell_catalog_free(catalog);
}
END_TEST

/* What a trigger names is kept in both orders: ascending for deciding, as given for
 * previews; entries remember their places. */
START_TEST(test_triggers_as_given)
{
  upsell_trigger_input first;
  upsell_str id;
  const upsell__trigger *trigger;
  upsell_catalog *catalog;
  store s;

  store_init(&s);
  first = s.triggers[0];
  s.triggers[0] = s.triggers[1];
  s.triggers[1] = first;
  id = s.trigger_variants[0];
  s.trigger_variants[0] = s.trigger_variants[1];
  s.trigger_variants[1] = id;
  id = s.trigger_plans[0];
  s.trigger_plans[0] = s.trigger_plans[1];
  s.trigger_plans[1] = id;
  catalog = build(&s);
  trigger = &catalog->scenarios[0].triggers[0];
  ck_assert_uint_eq(trigger->place, 1);
  ck_assert_uint_eq(trigger[1].place, 0);
  ck_assert_uint_eq(trigger->variants[0], 0);
  ck_assert_uint_eq(trigger->variants[1], 1);
  ck_assert_uint_eq(trigger->variants[2], 1);
  ck_assert_uint_eq(trigger->variants[3], 0);
  ck_assert_uint_eq(trigger->plans[0], 0);
  ck_assert_uint_eq(trigger->plans[1], 1);
  ck_assert_uint_eq(trigger->plans[2], 1);
  ck_assert_uint_eq(trigger->plans[3], 0);
  upsell_catalog_free(catalog);
}
END_TEST

/* Texts of the input are not kept either, ids that only triggers name included. */
START_TEST(test_texts_are_copied)
{
  char texts[6][8] = {"S1", "p-lost", "v-lost", "sp-lost", "common", "own"};
  upsell_str lost[6];
  upsell_catalog *catalog;
  store s;
  int i;

  store_init(&s);
  for (i = 0; i < 6; i++)
    lost[i] = upsell_str_of(texts[i]);
  s.scenarios[0].id = lost[0];
  s.triggers[1].product_id = lost[1];
  s.triggers[1].variant_ids = &lost[2];
  s.triggers[1].selling_plan_ids = &lost[3];
  s.triggers[1].variant_count = s.triggers[1].selling_plan_count = 1;
  s.disclosures[0].price = lost[4];
  s.disclosures[1].withdrawal = lost[5];
  catalog = build(&s);
  memset(texts, 'x', sizeof(texts));
  check_str(catalog->scenarios[0].disclosure->price, "common");
  check_str(catalog->scenarios[0].disclosure->withdrawal, "own");
  check_str(catalog->scenarios[0].id, "S1");
  check_str(catalog->product_ids.entries[2].text, "p-lost");
  check_str(catalog->variant_ids.entries[3].text, "v-lost");
  check_str(catalog->plan_ids.entries[2].text, "sp-lost");
  upsell_catalog_free(catalog);
}
END_TEST

/* Prices are kept in the order of their cycles, however they come (CAT-5). */
START_TEST(test_pricing_is_sorted)
{
  upsell_plan_price_entry given[20];
  upsell_catalog *catalog;
  store s;
  int32_t i;

  store_init(&s);
  for (i = 0; i < 20; i++) {
    upsell_plan_price_entry entry = {i * 7 % 20 * 3, UPSELL_ADJUST_PRICE, i};
    given[i] = entry;
  }
  s.plans[0].pricing = given;
  s.plans[0].pricing_count = 20;
  catalog = build(&s);
  for (i = 0; i < 20; i++) {
    ck_assert_int_eq(catalog->plans[0].pricing[i].after_cycle, i * 3);
    ck_assert_int_eq(catalog->plans[0].pricing[i].value * 7 % 20, i);
  }
  upsell_catalog_free(catalog);
}
END_TEST

/* ---- structs of a newer caller ---- */

enum { WIDER = 16 };

/* A copy of an array whose items are `WIDER` bytes longer, with zeros behind. */
static void *widened(const void *items, size_t count, size_t size)
{
  char *wide = calloc(count, size + WIDER);
  uint32_t wide_size = (uint32_t)(size + WIDER);
  size_t i;

  for (i = 0; i < count; i++) {
    memcpy(wide + i * wide_size, (const char *)items + i * size, size);
    memcpy(wide + i * wide_size, &wide_size, sizeof(wide_size));
  }
  return wide;
}

/* Widens the structs of one kind; returns them and where the last one's tail is. */
static char *widen_kind(store *s, int kind, char **tail)
{
  static const size_t sizes[] = {sizeof(upsell_catalog_input),  sizeof(upsell_selling_plan_input),
                                 sizeof(upsell_product_input),  sizeof(upsell_variant_input),
                                 sizeof(upsell_scenario_input), sizeof(upsell_trigger_input),
                                 sizeof(upsell_page_input),     sizeof(upsell_disclosure_input),
                                 sizeof(upsell_disclosure_input)};
  const void *items[] = {&s->catalog,  s->plans, s->products,     s->tea,           s->scenarios,
                         s->triggers,  &s->page, s->disclosures, &s->disclosures[1]};
  size_t count = kind == 0 || kind >= 6 ? 1 : 2;
  char *wide = widened(items[kind], count, sizes[kind]);

  *tail = wide + count * (sizes[kind] + WIDER) - 1;
  s->catalog.selling_plans = kind == 1 ? (void *)wide : s->plans;
  s->catalog.products = kind == 2 ? (void *)wide : s->products;
  s->products[0].variants = kind == 3 ? (void *)wide : s->tea;
  s->catalog.scenarios = kind == 4 ? (void *)wide : s->scenarios;
  s->scenarios[0].triggers = kind == 5 ? (void *)wide : s->triggers;
  s->scenarios[0].page = kind == 6 ? (void *)wide : &s->page;
  s->catalog.disclosure = kind == 7 ? (void *)wide : &s->disclosures[0];
  s->page.disclosure = kind == 8 ? (void *)wide : &s->disclosures[1];
  return wide;
}

START_TEST(test_wider_structs)
{
  static const char *const pointers[] = {"",
                                         "/selling_plans/1",
                                         "/products/1",
                                         "/products/0/variants/1",
                                         "/scenarios/1",
                                         "/scenarios/0/trigger/products/1",
                                         "/scenarios/0/page",
                                         "/disclosure",
                                         "/scenarios/0/page/disclosure"};
  upsell_error error = UPSELL_ERROR_INIT;
  const upsell_catalog_input *input;
  upsell_catalog *catalog = NULL;
  char *wide;
  char *tail;
  store s;

  store_init(&s);
  wide = widen_kind(&s, _i, &tail);
  input = _i == 0 ? (const upsell_catalog_input *)(const void *)wide : &s.catalog;
  ck_assert_int_eq(upsell_catalog_new(input, &catalog, &error), UPSELL_OK);
  check_frozen_items(catalog);
  check_frozen_scenario(&catalog->scenarios[0]);
  check_frozen_texts(catalog);
  check_str(catalog->scenarios[1].id, "S2");
  upsell_catalog_free(catalog);
  *tail = 1; /* something this library does not know is asked for */
  ck_assert_int_eq(upsell_catalog_new(input, &catalog, &error), UPSELL_INVALID_ARGUMENT);
  ck_assert_str_eq(error.pointer, pointers[_i]);
  free(wide);
}
END_TEST

/* ---- numbers ---- */

START_TEST(test_describe)
{
  upsell_catalog_info info = {sizeof(info), 0, {"", 0}, 0, 0, 0, 0, 0, 0};
  upsell_catalog_info unsized = {0};
  upsell_catalog *catalog;
  store s;

  store_init(&s);
  s.scenarios[1].status = UPSELL_SCENARIO_DRAFT;
  catalog = build(&s);
  ck_assert_int_eq(upsell_catalog_describe(catalog, &info), UPSELL_OK);
  ck_assert_str_eq(info.currency.code, "JPY");
  ck_assert_uint_eq(info.selling_plans, 2);
  ck_assert_uint_eq(info.products, 2); /* not the one that only a trigger names */
  ck_assert_uint_eq(info.variants, 3);
  ck_assert_uint_eq(info.scenarios, 2);
  ck_assert_uint_eq(info.published, 1);
  ck_assert_uint_gt(info.bytes, sizeof(upsell_catalog));
  ck_assert_int_eq(upsell_catalog_describe(NULL, &info), UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_catalog_describe(catalog, NULL), UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_catalog_describe(catalog, &unsized), UPSELL_INVALID_ARGUMENT);
  upsell_catalog_free(catalog);
}
END_TEST

/* Every field of a scenario; a caller's larger struct is filled as far as it is known. */
START_TEST(test_scenario)
{
  struct {
    upsell_scenario_info known;
    char unknown[16];
  } info;
  upsell_scenario_info small = {0};
  upsell_catalog *catalog;
  store s;

  store_init(&s);
  s.scenarios[1].status = UPSELL_SCENARIO_DRAFT;
  catalog = build(&s);
  memset(&info, 0xEE, sizeof(info));
  info.known.size = sizeof(info);
  ck_assert_int_eq(upsell_catalog_scenario(catalog, 1, &info.known), UPSELL_OK);
  ck_assert_uint_eq(info.known.size, sizeof(info));
  ck_assert_int_eq(info.known.status, UPSELL_SCENARIO_DRAFT);
  ck_assert_int_eq(info.known.priority, 2);
  ck_assert_int_eq(info.known.pattern, UPSELL_ONE_TIME_TO_ONE_TIME);
  check_str(info.known.id, "S2");
  check_str(info.known.name, "Another cup");
  check_str(info.known.product_id, "p-cup");
  check_str(info.known.product_title, "Cup");
  check_str(info.known.variant_id, "v-cup");
  check_str(info.known.variant_title, "White");
  ck_assert_int_eq((unsigned char)info.unknown[0], 0xEE);
  ck_assert_int_eq(upsell_catalog_scenario(catalog, 0, &info.known), UPSELL_OK);
  ck_assert_int_eq(info.known.status, UPSELL_SCENARIO_PUBLISHED);
  ck_assert_int_eq(info.known.priority, 1);
  check_str(info.known.id, "S1");
  ck_assert_int_eq(upsell_catalog_scenario(catalog, 2, &info.known), UPSELL_OUT_OF_RANGE);
  ck_assert_int_eq(upsell_catalog_scenario(catalog, SIZE_MAX, &info.known), UPSELL_OUT_OF_RANGE);
  check_str(info.known.id, "S1"); /* untouched */
  ck_assert_int_eq(upsell_catalog_scenario(NULL, 0, &info.known), UPSELL_INVALID_ARGUMENT);
  ck_assert_int_eq(upsell_catalog_scenario(catalog, 0, NULL), UPSELL_INVALID_ARGUMENT);
  small.size = sizeof(small) - 1;
  ck_assert_int_eq(upsell_catalog_scenario(catalog, 0, &small), UPSELL_INVALID_ARGUMENT);
  ck_assert_ptr_null(small.id.data);
  upsell_catalog_free(catalog);
}
END_TEST

/* A catalogue may be empty (CAT-1). */
START_TEST(test_empty)
{
  upsell_catalog_input input = {0};
  upsell_catalog *catalog = NULL;

  input.size = sizeof(input);
  memcpy(input.currency, "USD", 4);
  ck_assert_int_eq(upsell_catalog_new(&input, &catalog, NULL), UPSELL_OK);
  ck_assert_uint_eq(catalog->scenario_count, 0);
  upsell_catalog_free(catalog);
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("catalog");
  TCase *frozen = tcase_create("frozen");
  TCase *sizes = tcase_create("sizes");

  tcase_add_test(frozen, test_defaults);
  tcase_add_test(frozen, test_rounding_defaults_apart);
  tcase_add_test(frozen, test_quantity_default);
  tcase_add_test(frozen, test_frozen);
  tcase_add_test(frozen, test_triggers_as_given);
  tcase_add_test(frozen, test_texts_are_copied);
  tcase_add_test(frozen, test_pricing_is_sorted);
  tcase_add_test(frozen, test_empty);
  tcase_add_loop_test(sizes, test_wider_structs, 0, 9);
  tcase_add_test(sizes, test_describe);
  tcase_add_test(sizes, test_scenario);
  suite_add_tcase(suite, frozen);
  suite_add_tcase(suite, sizes);
  return check_main(suite);
}
