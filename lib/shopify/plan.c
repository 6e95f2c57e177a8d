/* SPDX-License-Identifier: MIT */
#include "shopify/plan.h"

#include "base/alloc.h"
#include "model/order.h"
#include "money/currency.h"
#include "plan/program.h"
#include "shopify/documents.h"
#include "shopify/plan_text.h"

struct upsell_plan {
  upsell__arena arena; /* texts of the view */
  upsell__buffer text;
  upsell_plan_view view;
};

/* What is needed while a plan is made, and not afterwards. */
typedef struct workshop {
  upsell__arena arena;
  upsell__plan_steps steps;
  upsell_decision *decision;
  upsell__deal deal;
  upsell__terms terms;
  upsell__sink sink;
} workshop;

void upsell__plan_blame(upsell_error *error, const char *input)
{
  size_t added = strlen(input) + 1;
  size_t len;

  if (!error || error->size < sizeof(*error) || error->code == UPSELL_NO_MEMORY)
    return;
  len = strlen(error->pointer);
  if (len + added >= sizeof(error->pointer))
    len = 0; /* cut to the nearest ancestor that fits: the input itself */
  memmove(error->pointer + added, error->pointer, len);
  error->pointer[0] = '/';
  memcpy(error->pointer + 1, input, added - 1);
  error->pointer[added + len] = '\0';
}

/* Each input by itself. */
static upsell_status check_inputs(const upsell__plan_inputs *inputs, workshop *shop)
{
  if (!inputs->from_text && upsell__order_check(inputs->order, 0, &shop->sink))
    upsell__plan_blame(shop->sink.first, "order");
  else if (upsell__acceptance_check(inputs->acceptance, inputs->from_text, &shop->sink))
    upsell__plan_blame(shop->sink.first, "acceptance");
  else if (upsell__options_check(inputs->options, &shop->sink))
    upsell__plan_blame(shop->sink.first, "options");
  return shop->sink.status;
}

/* Who may write may read, and platforms list the former only. */
static int gives(upsell_str granted, upsell_str needed)
{
  static const upsell_str write = UPSELL_STR("write_");
  static const upsell_str read = UPSELL_STR("read_");

  if (upsell__str_equal(granted, needed))
    return 1;
  if (granted.len < write.len || memcmp(granted.data, write.data, write.len) != 0 ||
      needed.len < read.len || memcmp(needed.data, read.data, read.len) != 0)
    return 0;
  granted.data += write.len;
  granted.len -= write.len;
  needed.data += read.len;
  needed.len -= read.len;
  return upsell__str_equal(granted, needed);
}

static int is_granted(const upsell_plan_options *options, upsell_str scope)
{
  size_t i;

  for (i = 0; i < options->granted_scope_count; i++) {
    if (gives(options->granted_scopes[i], scope))
      return 1;
  }
  return 0;
}

/* Names all scopes that are missing, before anything is charged. */
static int check_scopes(const upsell_plan_options *options, uint32_t scopes, workshop *shop)
{
  upsell__path root = upsell__at_key(NULL, "options");
  upsell__path path = upsell__at_key(&root, "granted_scopes");
  upsell__buffer missing = {NULL, 0, 0, 0};
  upsell_str names[UPSELL__SCOPES];
  size_t count = upsell__scope_names(scopes, names);
  size_t i;

  for (i = 0; options && options->granted_scopes && i < count; i++) {
    if (is_granted(options, names[i]))
      continue;
    if (missing.len)
      UPSELL__APPEND(&missing, ", ");
    upsell__buffer_append(&missing, names[i].data, names[i].len);
  }
  if (missing.failed)
    upsell__report_no_memory(&shop->sink);
  else if (missing.len)
    upsell__report(&shop->sink, UPSELL_MISSING_SCOPE, &path,
                   "The plan needs scopes that were not granted: %.*s. Ask the merchant for them "
                   "before anything is charged.",
                   (int)missing.len, missing.data);
  upsell__buffer_free(&missing);
  return shop->sink.status == UPSELL_OK;
}

static int fill_scopes(upsell_plan *plan, uint32_t scopes)
{
  upsell_str *names = upsell__arena_alloc(&plan->arena, UPSELL__SCOPES, sizeof(*names));

  if (names)
    plan->view.scope_count = upsell__scope_names(scopes, names);
  plan->view.scopes = names;
  return names != NULL;
}

static int fill_view(upsell_plan *plan, const upsell__terms *terms, uint32_t scopes)
{
  upsell_plan_view *view = &plan->view;

  view->size = sizeof(*view);
  view->pattern = terms->deal->pattern;
  view->api_version = terms->api_version;
  view->dialect = terms->dialect;
  view->currency = terms->deal->catalog->currency;
  view->charge_now = terms->deal->now;
  return upsell__arena_copy(&plan->arena, upsell_str_of(terms->plan_id), &view->plan_id) &&
         upsell__arena_copy(&plan->arena, upsell_str_of(terms->charge_key), &view->charge_key) &&
         upsell__arena_copy(&plan->arena, terms->deal->scenario->id, &view->scenario_id) &&
         fill_scopes(plan, scopes);
}

/* How many lines of an order are read at once; an order with more is never confirmed. */
enum { LINES_READ = 250 };

/* What could not be carried out is not begun: more lines than can be read, or more
 * contracts than a runner takes steps for. */
static int check_size(workshop *shop)
{
  upsell__path order = upsell__at_key(NULL, "order");
  upsell__path path = upsell__at_key(&order, "lines");
  size_t lines = shop->deal.order->line_count + shop->deal.target_count;

  if (lines > LINES_READ)
    upsell__report(&shop->sink, UPSELL_BAD_COUNT, &path,
                   "With what is added the order has %zu lines, and at most %d can be read back. "
                   "Charge nothing.",
                   lines, LINES_READ);
  else if (shop->steps.count > UPSELL__STEPS_MAX)
    upsell__report(&shop->sink, UPSELL_BAD_COUNT, &path,
                   "The offer would join %zu contracts, which takes %zu steps; a plan has at most "
                   "%d. Charge nothing.",
                   shop->deal.target_count, shop->steps.count, UPSELL__STEPS_MAX);
  return shop->sink.status == UPSELL_OK;
}

/* Writes the plan; NULL after a report. */
static upsell_plan *write_plan(const upsell__plan_inputs *inputs, workshop *shop)
{
  upsell_plan *plan;

  upsell__plan_write_steps(&shop->terms, &shop->steps);
  if (!check_size(shop) || !check_scopes(inputs->options, shop->steps.scopes, shop))
    return NULL;
  plan = upsell__alloc(1, sizeof(*plan));
  if (plan) {
    upsell__plan_write(&shop->terms, &shop->steps, &plan->text);
    upsell__buffer_append_char(&plan->text, '\0');
  }
  if (plan && !shop->steps.text.failed && !plan->text.failed &&
      fill_view(plan, &shop->terms, shop->steps.scopes))
    return plan;
  upsell_plan_free(plan);
  upsell__report_no_memory(&shop->sink);
  return NULL;
}

/* An order in another currency gets no offer; the order is what is wrong then. */
static int check_currency(const upsell__plan_inputs *inputs, workshop *shop)
{
  const char *currency = inputs->catalog->currency.code;
  upsell__path order = upsell__at_key(NULL, "order");
  upsell__path path = upsell__at_key(&order, "currency");

  if (upsell__str_equal(upsell__currency_text(inputs->order->currency), upsell_str_of(currency)))
    return 1;
  upsell__report(&shop->sink, UPSELL_CURRENCY_MISMATCH, &path,
                 "The catalogue's currency is %s, and the order's is another one. Charge nothing.",
                 currency);
  return 0;
}

static upsell_plan *make(const upsell__plan_inputs *inputs, workshop *shop)
{
  if (check_inputs(inputs, shop) || !check_currency(inputs, shop))
    return NULL;
  if (upsell_decision_new(&shop->decision)) {
    upsell__report_no_memory(&shop->sink);
    return NULL;
  }
  if (upsell__decide_checked(inputs->catalog, inputs->order, 0, shop->decision, &shop->sink))
    return NULL;
  if (upsell__deal_make(inputs->catalog, inputs->order, inputs->acceptance, shop->decision,
                        &shop->arena, &shop->deal, &shop->sink)) {
    upsell__plan_blame(shop->sink.first, "acceptance");
    return NULL;
  }
  if (upsell__terms_make(&shop->deal, inputs->options, &shop->arena, &shop->terms, &shop->sink))
    return NULL;
  return write_plan(inputs, shop);
}

upsell_status upsell__plan_make(const upsell__plan_inputs *inputs, upsell_plan **plan,
                                upsell_error *error)
{
  workshop shop;
  upsell_plan *made;

  memset(&shop, 0, sizeof(shop));
  shop.sink.first = error;
  made = make(inputs, &shop);
  if (made)
    *plan = made;
  upsell_decision_free(shop.decision);
  upsell__buffer_free(&shop.steps.text);
  upsell__arena_free(&shop.arena);
  return shop.sink.status;
}

upsell_status upsell_plan_make(const upsell_catalog *catalog, const upsell_order *order,
                               const upsell_acceptance *acceptance,
                               const upsell_plan_options *options, upsell_plan **plan,
                               upsell_error *error)
{
  upsell__plan_inputs inputs = {catalog, order, acceptance, options, 0};

  if (catalog && order && acceptance && plan)
    return upsell__plan_make(&inputs, plan, error);
  upsell__error_set(error, UPSELL_INVALID_ARGUMENT, "", -1,
                    "A catalogue, an order, an acceptance and a place for the plan were expected; "
                    "one of them is NULL.");
  return UPSELL_INVALID_ARGUMENT;
}

const char *upsell_plan_json(const upsell_plan *plan, size_t *len)
{
  if (!plan)
    return NULL;
  if (len)
    *len = plan->text.len - 1;
  return plan->text.data;
}

const upsell_plan_view *upsell_plan_get(const upsell_plan *plan)
{
  return plan ? &plan->view : NULL;
}

void upsell_plan_free(upsell_plan *plan)
{
  if (!plan)
    return;
  upsell__buffer_free(&plan->text);
  upsell__arena_free(&plan->arena);
  upsell__free(plan);
}

const char *upsell_api_version_name(int32_t api_version)
{
  switch (api_version) {
#define CASE(symbol, number, name)                                                                 \
  case number:                                                                                     \
    return name;
    UPSELL_API_VERSION_LIST(CASE)
#undef CASE
  default:
    return NULL;
  }
}
