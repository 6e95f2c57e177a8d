/* SPDX-License-Identifier: MIT */
/*
 * Offer pages from any bytes: 8 choose a valid shop and an order that gets an offer, 12 the
 * request, and the rest are texts of the merchant. A page is JSON, the same every time, and
 * its amounts are the sums of its targets'; a request that is refused leaves details and no
 * page.
 */
#include <stdlib.h>
#include <upsell/upsell.h>

#include "../unit/random_shop.h"
#include "targets.h"

enum { SHOP_BYTES = 8, REQUEST_BYTES = 12, TRIES = 100 };

static void require(int promise)
{
  if (!promise)
    abort();
}

/* ---- the request ---- */

static int32_t word(const uint8_t *bytes)
{
  return (int16_t)(uint16_t)(bytes[0] | bytes[1] << 8);
}

/* A plan that is offered, or one that is not. */
static upsell_str plan_of(const upsell_decision_view *view, uint8_t byte)
{
  upsell_str none = {NULL, 0};
  upsell_str unknown = UPSELL_STR("no such plan");

  if (byte == 0 || view->outcome != UPSELL_OUTCOME_OFFER)
    return none;
  if (byte == 1)
    return unknown;
  if (view->choice_count)
    return view->choices[byte % view->choice_count].selling_plan_id;
  return view->targets[byte % view->target_count].selling_plan_id;
}

static upsell_page_request request_of(const uint8_t *bytes, const upsell_decision_view *view)
{
  upsell_page_request request = {0};

  request.size = sizeof(request);
  request.quantity = (int8_t)bytes[0] % 8;
  request.locale = bytes[2] % 4;
  request.money_style = bytes[3] % 5;
  request.anchor.year = word(bytes + 4) % 10001;
  request.anchor.month = bytes[6] % 14;
  request.anchor.day = bytes[7] % 33;
  request.later_charges = (int8_t)bytes[8];
  request.selling_plan_id = plan_of(view, bytes[9]);
  return request;
}

/* ---- what a page must be ---- */

/* The strict reader of catalogues tells every fault of a text, and here it must find
 * none but that a page is no catalogue; both have a "disclosure", of another type. */
static void check_json(const char *text, size_t len)
{
  upsell_problems *problems = NULL;
  upsell_error error = UPSELL_ERROR_INIT;
  size_t i;

  require(upsell_catalog_check_json(text, len, &problems) == UPSELL_OK);
  require(upsell_problems_count(problems) > 0);
  for (i = 0; i < upsell_problems_count(problems); i++) {
    require(upsell_problems_get(problems, i, &error) == UPSELL_OK);
    require(error.code == UPSELL_UNKNOWN_FORMAT || error.code == UPSELL_UNKNOWN_KEY ||
            error.code == UPSELL_MISSING_KEY || strcmp(error.pointer, "/disclosure") == 0);
  }
  upsell_problems_free(problems);
}

/* The digits of an amount, without its point. */
static int64_t digits(const char *text)
{
  int64_t value = 0;

  for (; *text != '"'; text++) {
    require(*text == '.' || (*text >= '0' && *text <= '9'));
    if (*text != '.')
      value = value * 10 + (*text - '0');
  }
  return value;
}

/* The last amount of this name before the targets is the sum of those in the targets.
 * No string looks like a key: its quotes are escaped. */
static void check_sum(const char *text, const char *key)
{
  const char *targets = strstr(text, "\"targets\":[");
  const char *at = text;
  int64_t whole = -1;
  int64_t sum = 0;

  require(targets != NULL);
  while ((at = strstr(at, key)) != NULL) {
    at += strlen(key);
    if (at < targets)
      whole = digits(at);
    else
      sum += digits(at);
  }
  require(whole == sum);
}

static void check_page(const upsell_decision *decision, const upsell_page_request *request)
{
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_text *pages[2] = {NULL, NULL};
  upsell_status status = upsell_page_make(decision, request, &pages[0], &error);
  const char *text;
  size_t len;

  require(error.code == status && (status == UPSELL_OK) == (error.message[0] == '\0'));
  require((status == UPSELL_OK) == (pages[0] != NULL));
  if (status) {
    require((status == UPSELL_NOT_APPLICABLE) ==
            (upsell_decision_get(decision)->outcome != UPSELL_OUTCOME_OFFER));
    return;
  }
  text = upsell_text_data(pages[0], &len);
  require(upsell_page_make(decision, request, &pages[1], NULL) == UPSELL_OK);
  require(strlen(text) == len && strcmp(text, upsell_text_data(pages[1], NULL)) == 0);
  check_json(text, len);
  check_sum(text, "\"subtotal\":{\"amount\":\"");
  check_sum(text, "\"charge_now\":{\"amount\":\"");
  upsell_text_free(pages[0]);
  upsell_text_free(pages[1]);
}

/* ---- the shop ---- */

static uint64_t state_of(const uint8_t *bytes)
{
  uint64_t state = 0;
  int i;

  for (i = 0; i < SHOP_BYTES; i++)
    state = state << 8 | bytes[i];
  return state;
}

/* Plans that end, or that a buyer agrees to for some time. */
static void limit_plans(shop *s, uint64_t *state)
{
  static const int32_t limits[] = {0, 1, 2, 3, 12, 999};
  size_t i;

  for (i = 0; i < SHOP_PLANS; i++) {
    s->plans[i].max_cycles = limits[random_below(state, 6)];
    s->plans[i].min_cycles = limits[random_below(state, 4)];
    if (s->plans[i].max_cycles && s->plans[i].min_cycles > s->plans[i].max_cycles)
      s->plans[i].min_cycles = s->plans[i].max_cycles;
  }
}

/* The merchant says the same everywhere. */
static void say(shop *s, upsell_disclosure_input *disclosure, upsell_str text)
{
  size_t i;

  memset(disclosure, 0, sizeof(*disclosure));
  disclosure->size = sizeof(*disclosure);
  disclosure->price = disclosure->payment = disclosure->delivery = text;
  disclosure->period = disclosure->withdrawal = disclosure->cancellation = text;
  s->catalog.disclosure = disclosure;
  for (i = 0; i < SHOP_PLANS; i++)
    s->plans[i].name = text;
}

/* Makes shops until one has an offer for its order; NULL when the text is none. */
static upsell_catalog *open_shop(const uint8_t *bytes, upsell_str text, upsell_decision *decision)
{
  uint64_t state = state_of(bytes);
  upsell_disclosure_input disclosure;
  upsell_catalog *catalog = NULL;
  shop s;
  int i;

  for (i = 0; i < TRIES; i++) {
    shop_make(&s, &state);
    limit_plans(&s, &state);
    say(&s, &disclosure, text);
    upsell_catalog_free(catalog);
    catalog = NULL;
    if (upsell_catalog_new(&s.catalog, &catalog, NULL))
      return NULL;
    require(upsell_decide(catalog, &s.order, 0, decision, NULL) == UPSELL_OK);
    if (upsell_decision_get(decision)->outcome == UPSELL_OUTCOME_OFFER)
      break;
  }
  return catalog;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  upsell_decision *decision = NULL;
  upsell_catalog *catalog;
  upsell_page_request request;
  upsell_str text;

  if (size < SHOP_BYTES + REQUEST_BYTES)
    return 0;
  text.data = (const char *)data + SHOP_BYTES + REQUEST_BYTES;
  text.len = size - SHOP_BYTES - REQUEST_BYTES;
  require(upsell_decision_new(&decision) == UPSELL_OK);
  catalog = open_shop(data, text, decision);
  if (catalog) {
    request = request_of(data + SHOP_BYTES, upsell_decision_get(decision));
    check_page(decision, NULL);
    check_page(decision, &request);
  }
  upsell_decision_free(decision);
  upsell_catalog_free(catalog);
  return 0;
}
