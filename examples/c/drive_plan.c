/* SPDX-License-Identifier: MIT */
/*
 * Accepting an offer, and carrying it out: structs only, one file, no network. It
 * charges the buyer on a pretend platform that loses an answer, is killed right after it
 * charged again, and goes on from its journal; the buyer is charged once.
 *
 * What a host has to write itself is at the end: take(), act() and drive(). For the same
 * with HTTP and a journal on disk see examples/run.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <upsell/upsell.h>

/* ---- a shop: whoever bought tea is offered a cup, 20 % off ---- */

static const upsell_variant_input tea_variants[] = {
    {.size = sizeof(tea_variants[0]), .stock_tracked = UPSELL_NO, .id = UPSELL_STR("101"),
     .title = UPSELL_STR("100 g"), .price = 1000}};

static const upsell_variant_input cup_variants[] = {
    {.size = sizeof(cup_variants[0]), .stock_tracked = UPSELL_NO, .id = UPSELL_STR("201"),
     .title = UPSELL_STR("white"), .price = 1800}};

static const upsell_product_input products[] = {
    {.size = sizeof(products[0]), .id = UPSELL_STR("1"), .title = UPSELL_STR("Sencha"),
     .variants = tea_variants, .variant_count = 1},
    {.size = sizeof(products[0]), .id = UPSELL_STR("2"), .title = UPSELL_STR("Yunomi"),
     .variants = cup_variants, .variant_count = 1}};

static const upsell_trigger_input triggers[] = {
    {.size = sizeof(triggers[0]), .product_id = UPSELL_STR("1")}};

static const upsell_scenario_input scenarios[] = {
    {.size = sizeof(scenarios[0]), .id = UPSELL_STR("S1"), .name = UPSELL_STR("A cup"),
     .status = UPSELL_SCENARIO_PUBLISHED, .priority = 1,
     .trigger_kind = UPSELL_KIND_ONE_TIME, .triggers = triggers, .trigger_count = 1,
     .offer_kind = UPSELL_KIND_ONE_TIME,
     .product_id = UPSELL_STR("2"), .variant_id = UPSELL_STR("201"),
     .discount = {.type = UPSELL_ADJUST_PERCENTAGE, .value = 200000}}}; /* millionths */

static const upsell_catalog_input shop = {
    .size = sizeof(shop), .currency = "JPY", .store_plan = UPSELL_STORE_ENTERPRISE,
    .post_purchase_app = UPSELL_YES, .one_time_to_one_time = UPSELL_YES,
    .products = products, .product_count = 2, .scenarios = scenarios, .scenario_count = 1};

/* ---- what was bought, and what the buyer accepted ---- */

static const upsell_order_line lines[] = {
    {.size = sizeof(lines[0]), .quantity = 1, .id = UPSELL_STR("gid://shopify/LineItem/1001"),
     .product_id = UPSELL_STR("1"), .variant_id = UPSELL_STR("101")}};

static const upsell_order order = {
    .size = sizeof(order), .currency = "JPY", .id = UPSELL_STR("gid://shopify/Order/9001"),
    .lines = lines, .line_count = 1};

static const upsell_acceptance acceptance = {
    .size = sizeof(acceptance), .scenario_id = UPSELL_STR("S1"), .quantity = 1,
    .has_total = 1, .total = 1440}; /* what the page showed: refused if it is not so now */

static upsell_plan *accept_offer(upsell_error *error)
{
  upsell_catalog *catalog = NULL;
  upsell_plan *plan = NULL;

  if (!upsell_catalog_new(&shop, &catalog, error))
    upsell_plan_make(catalog, &order, &acceptance, NULL, &plan, error);
  upsell_catalog_free(catalog);
  return plan;
}

/* ---- a pretend platform ---- */

/* Unique to the run. In reality random, made once, when the run begins. */
static const upsell_str run_id = UPSELL_STR("run-2f1c77a0");

typedef struct platform {
  const upsell_plan *plan;
  int calls;
  int charges;
  char key[64]; /* of the changeset that was applied */
  int is_claimed;
  char answer[1024];
} platform;

/* A changeset is applied once per key, however often it comes. */
static void apply_changeset(platform *p, upsell_str key)
{
  if (strlen(p->key) == key.len && memcmp(p->key, key.data, key.len) == 0) {
    strcpy(p->answer,
           "{\"status\":\"unprocessed\",\"errors\":[{\"code\":\"changeset_already_applied\"}]}");
    return;
  }
  strcpy(p->answer, "{\"status\":\"processed\",\"errors\":[]}");
  snprintf(p->key, sizeof(p->key), "%.*s", (int)key.len, key.data);
  p->charges++;
}

static void set_claim(platform *p)
{
  strcpy(p->answer, "{\"data\":{\"metafieldsSet\":{\"userErrors\":[]}}}");
  p->is_claimed = 1;
}

/* Every query of this plan reads the order; here each is shown all of it. */
static void show_order(platform *p)
{
  upsell_str plan_id = upsell_plan_get(p->plan)->plan_id;

  snprintf(p->answer, sizeof(p->answer),
           "{\"data\":{\"order\":{\"id\":\"gid://shopify/Order/9001\",\"cancelledAt\":null,"
           "\"totalOutstandingSet\":{\"shopMoney\":{\"amount\":\"0\"}},"
           "\"evidence\":{\"value\":\"%.*s\"},\"claim\":{\"value\":\"%.*s\"},"
           "\"lineItems\":{\"pageInfo\":{\"hasNextPage\":false},\"nodes\":["
           "{\"id\":\"gid://shopify/LineItem/1002\",\"currentQuantity\":1,"
           "\"variant\":{\"id\":\"gid://shopify/ProductVariant/201\"},\"sellingPlan\":null}]}}}}",
           (int)plan_id.len, plan_id.data, p->is_claimed ? (int)run_id.len : 0, run_id.data);
}

/* Executes a call and returns the text of its answer; NULL: it got lost on the way. */
static const char *call_platform(platform *p, const upsell_progress_view *call)
{
  upsell_str claim = UPSELL_STR("metafieldsSet");

  if (!call->operation.data) /* only changesets have none */
    apply_changeset(p, call->idempotency_key);
  else if (call->operation.len == claim.len && !memcmp(call->operation.data, claim.data, claim.len))
    set_claim(p);
  else
    show_order(p);
  return p->calls++ ? p->answer : NULL;
}

/* ---- the host ---- */

typedef struct host {
  const upsell_runner *runner;
  upsell_progress *progress;
  platform *platform;
  char *journal; /* in reality a file or a row: all that survives when the host is killed */
  char step[65]; /* the step that was sent last */
  int64_t now;   /* in reality the clock */
} host;

/* Lets the runner take in what happened, and stores the journal, before anything is done
 * about it. In reality "stored" means synced to disk. */
static int take(host *h, upsell_event *event)
{
  upsell_error error = UPSELL_ERROR_INIT;
  size_t len = h->journal ? strlen(h->journal) : 0;

  event->size = sizeof(*event);
  event->now = h->now;
  if (upsell_runner_step(h->runner, h->journal, len, event, h->progress, &error)) {
    fprintf(stderr, "%s: %s\n", error.pointer, error.message);
    return 0;
  }
  free(h->journal);
  h->journal = strdup(upsell_progress_get(h->progress)->journal.data);
  return h->journal != NULL;
}

/* Sends a step, and says what came of it. When it is not known whether a call was
 * executed, the host must say so, and never guess. In reality the buyer's page applies
 * the changeset, after it has compared calculateChangeset() with the action's `expect`. */
static void send_step(host *h, const upsell_progress_view *view, upsell_event *event)
{
  const char *answer = call_platform(h->platform, view);

  snprintf(h->step, sizeof(h->step), "%.*s", (int)view->step.len, view->step.data);
  printf("%s: %s\n", h->step, answer ? "answered" : "no answer");
  event->kind = answer ? UPSELL_EVENT_ANSWER : UPSELL_EVENT_NO_ANSWER;
  event->step = upsell_str_of(h->step);
  if (answer)
    event->body = upsell_str_of(answer);
}

/* Does what the runner asks for. In reality a wait sleeps, and a webhook may end it. */
static void act(host *h, const upsell_progress_view *view, upsell_event *event)
{
  if (view->kind == UPSELL_ACTION_SEND) {
    send_step(h, view, event);
  } else {
    printf("(%d seconds pass)\n", (int)(view->wait_until - h->now));
    h->now = view->wait_until;
    event->kind = UPSELL_EVENT_TICK;
  }
}

/* One life of the host: until the run has ended, or until it is killed, here when it has
 * done something and not yet recorded what came of it. */
static int drive(host *h, int actions)
{
  upsell_event event = {.kind = UPSELL_EVENT_START, .run_id = run_id};

  if (h->journal)
    event = (upsell_event){.kind = UPSELL_EVENT_RESUME};
  while (take(h, &event)) {
    const upsell_progress_view *view = upsell_progress_get(h->progress);
    if (view->kind == UPSELL_ACTION_FINISHED)
      return 1;
    memset(&event, 0, sizeof(event));
    act(h, view, &event);
    if (--actions == 0)
      return 1;
  }
  return 0;
}

/* Whether everything was done, and if not, how the buyer stands. */
static void tell_end(const upsell_progress_view *view, const platform *p)
{
  size_t i;

  printf("%s; charged %d time(s)\n",
         view->outcome == UPSELL_RUN_COMPLETED ? "completed" : "stopped", p->charges);
  for (i = 0; i < view->stop_count; i++)
    printf("%.*s: %s\n", (int)view->stops[i].step.len, view->stops[i].step.data,
           upsell_state_message(view->stops[i].state));
}

int main(void)
{
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_plan *plan = accept_offer(&error);
  upsell_runner *runner = NULL;
  platform pretended = {.plan = plan};
  host h = {.platform = &pretended, .now = 1800000000};
  size_t len = 0;
  const char *text = upsell_plan_json(plan, &len);
  int done =
      plan && !upsell_runner_new(text, len, &runner, &error) && !upsell_progress_new(&h.progress);

  if (!done)
    fprintf(stderr, "%s: %s\n", error.pointer, error.message);
  h.runner = runner;
  done = done && drive(&h, 3);
  if (done)
    puts("(the program is killed, and starts again with its journal)");
  done = done && drive(&h, 0); /* never killed */
  if (done)
    tell_end(upsell_progress_get(h.progress), &pretended);
  free(h.journal);
  upsell_progress_free(h.progress);
  upsell_runner_free(runner);
  upsell_plan_free(plan);
  return done ? 0 : 1;
}
