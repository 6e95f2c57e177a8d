/* SPDX-License-Identifier: MIT */
/*
 * The rules of a catalogue (CAT-1 ... CAT-19). Everything is looked at, and
 * every problem reported; a rule that cannot be judged because of an earlier
 * problem is passed over, so that one mistake gives one report.
 */
#include "model/check.h"

#include <inttypes.h>

#include "base/alloc.h"
#include "base/sized.h"

void upsell__catalog_ids_free(upsell__catalog_ids *ids)
{
  upsell__idmap_free(&ids->plans);
  upsell__idmap_free(&ids->products);
  upsell__idmap_free(&ids->variants);
}

uint32_t upsell__number_id(upsell__checking *check, upsell__idmap *map, uint32_t scope,
                           upsell_str id, const upsell__path *parent)
{
  upsell__path path = upsell__at_key(parent, "id");
  char quoted[UPSELL__QUOTE_SIZE];
  uint32_t index;
  int added;

  if (!upsell__idmap_add(map, scope, id, &index, &added)) {
    upsell__report_no_memory(check->base.sink);
    return UPSELL__NO_INDEX;
  }
  if (!added) {
    upsell__report(check->base.sink, UPSELL_DUPLICATE_ID, &path,
                   "The id %s stands twice in this list; each must be unique.",
                   upsell__quote(id, quoted));
    return UPSELL__NO_INDEX;
  }
  return index;
}

void upsell__check_adjustment(const upsell__checking *check, const upsell__path *path, int32_t type,
                              int64_t value)
{
  upsell__path key = upsell__at_key(path, "value");

  if (type != UPSELL_ADJUST_PERCENTAGE)
    upsell__check_range(&check->base, path, "value", value, 0, UPSELL_MONEY_MAX);
  else if (value < 0 || value > UPSELL_PERCENTAGE_MAX)
    upsell__report(check->base.sink, UPSELL_OUT_OF_RANGE, &key,
                   "A percentage from 0 to 100 was expected (0 to 1000000 millionths).");
}

static void check_rounding(const upsell__checking *check, const char *surface,
                           const upsell_rounding *policy)
{
  upsell__path rounding = upsell__at_key(NULL, "rounding");
  upsell__path path = upsell__at_key(&rounding, surface);

  upsell__check_enum(&check->base, &path, "mode", policy->mode, UPSELL_ROUND_HALF_EVEN, 0);
  upsell__check_enum(&check->base, &path, "target", policy->target, UPSELL_ROUND_DISCOUNT, 0);
  upsell__check_enum(&check->base, &path, "basis", policy->basis, UPSELL_ROUND_LINE, 0);
}

void upsell__check_disclosure(const upsell__checking *check, const upsell__path *parent,
                              const upsell_disclosure_input *disclosure)
{
  upsell__path path = upsell__at_key(parent, "disclosure");

  if (!disclosure ||
      !upsell__check_sized(&check->base, &path, disclosure, UPSELL__SHAPE(upsell_disclosure_input)))
    return;
  upsell__check_reserved(&check->base, &path, disclosure->reserved);
  upsell__check_text(&check->base, &path, "price", disclosure->price, 0);
  upsell__check_text(&check->base, &path, "payment", disclosure->payment, 0);
  upsell__check_text(&check->base, &path, "delivery", disclosure->delivery, 0);
  upsell__check_text(&check->base, &path, "period", disclosure->period, 0);
  upsell__check_text(&check->base, &path, "withdrawal", disclosure->withdrawal, 0);
  upsell__check_text(&check->base, &path, "cancellation", disclosure->cancellation, 0);
}

static void check_head(const upsell__checking *check)
{
  const upsell_catalog_input *input = check->input;
  upsell__path store = upsell__at_key(NULL, "store");

  upsell__check_reserved(&check->base, NULL, input->reserved || input->reserved_size);
  upsell__check_currency(&check->base, input->currency);
  upsell__check_enum(&check->base, &store, "plan", input->store_plan, UPSELL_STORE_ENTERPRISE, 0);
  upsell__check_choice(&check->base, &store, "post_purchase_app", input->post_purchase_app);
  upsell__check_choice(&check->base, &store, "one_time_to_one_time", input->one_time_to_one_time);
  check_rounding(check, "checkout", &input->rounding.checkout);
  check_rounding(check, "offer_page", &input->rounding.offer_page);
  upsell__check_disclosure(check, NULL, input->disclosure);
}

static int is_digit(char c)
{
  return c >= '0' && c <= '9';
}

/* Whether a pointer is one of a list, one of its items or an item's id: then an
 * id that is named elsewhere may be the one that could not be read. Digits in
 * `pattern` stand for any number. */
static int hides_ids(const char *pointer, const char *pattern)
{
  while (*pointer && *pattern) {
    if (*pattern == '0') {
      if (!is_digit(*pointer))
        return 0;
      while (is_digit(*pointer))
        pointer++;
      pattern++;
    } else if (*pointer++ != *pattern++) {
      return 0;
    }
  }
  return *pointer == '\0' && (*pattern == '\0' || *pattern == '/');
}

/* What was reported before, while the text was read, decides which unknown ids
 * can be told from ids that could not be read. */
static void find_known_lists(upsell__checking *check)
{
  const upsell_problems *problems = check->base.sink->problems;
  size_t count = upsell_problems_count(problems);
  size_t i;

  check->plans_known = 1;
  check->products_known = 1;
  check->variants_known = 1;
  for (i = 0; i < count; i++) {
    const char *pointer = upsell__problems_pointer(problems, i);
    if (upsell__problems_code(problems, i) == UPSELL_DUPLICATE_ID)
      continue; /* that id is known */
    if (hides_ids(pointer, "/selling_plans/0/id"))
      check->plans_known = 0;
    if (hides_ids(pointer, "/products/0/id"))
      check->products_known = 0;
    if (hides_ids(pointer, "/products/0/id") || hides_ids(pointer, "/products/0/variants/0/id"))
      check->variants_known = 0;
  }
}

void upsell__catalog_check(const upsell_catalog_input *input, int clean_text, upsell__sink *sink,
                           upsell__catalog_ids *ids)
{
  upsell__checking check = {{sink, clean_text}, input, ids, NULL, 0, 0, 0};

  if (!upsell__check_sized(&check.base, NULL, input, UPSELL__SHAPE(upsell_catalog_input)))
    return;
  check_head(&check);
  upsell__check_plans(&check);
  upsell__check_products(&check);
  find_known_lists(&check);
  upsell__check_scenarios(&check);
  upsell__free(check.plan_cycles);
}
