/* SPDX-License-Identifier: MIT */
#include "plans.h"

#include <stdlib.h>

/* As the library writes: no white space, and slashes left alone. */
#define PLAIN (JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE)

static const upsell_plan_options options = {
    .size = sizeof(upsell_plan_options),
    .shop = UPSELL_STR("tea.myshopify.com"),
    .reference_id = UPSELL_STR("0a1b2c3d4e5f60718293a4b5c6d7e8f9"),
};

/* ---- the sales ---- */

static void accept(const upsell_decision_view *offer, sale *found)
{
  memset(&found->acceptance, 0, sizeof(found->acceptance));
  found->acceptance.size = sizeof(found->acceptance);
  found->acceptance.scenario_id = offer->scenario_id;
  found->acceptance.quantity = offer->quantity.initial;
}

/* Texts stand in a row; so they are cut out of it when it does not move any more. */
static void add_acceptance(text *out, const upsell_acceptance *acceptance)
{
  text_add(out, "{\"scenario_id\":\"%.*s\",\"quantity\":%d}\n", (int)acceptance->scenario_id.len,
           acceptance->scenario_id.data, (int)acceptance->quantity);
}

static upsell_str next_line(const text *lines, size_t *at)
{
  upsell_str line = {lines->data + *at, 0};

  line.len = (size_t)((char *)memchr(line.data, '\n', lines->len - *at) - line.data);
  *at += line.len + 1;
  return line;
}

static void find_sales(sales *s, const orders *all, size_t most)
{
  upsell_decision *decision;
  size_t i;

  if (upsell_decision_new(&decision))
    give_up("memory ran out");
  for (i = 0; i < all->count && s->count < most; i++) {
    const upsell_decision_view *view = upsell_decision_get(decision);
    if (upsell_decide(s->catalog, &all->structs[i], 0, decision, NULL))
      give_up("an order was refused");
    if (view->outcome != UPSELL_OUTCOME_OFFER)
      continue;
    s->list[s->count].order = &all->structs[i];
    s->list[s->count].order_text.data = all->documents.data + all->begins[i];
    s->list[s->count].order_text.len = all->begins[i + 1] - all->begins[i];
    accept(view, &s->list[s->count]);
    add_acceptance(&s->acceptances, &s->list[s->count].acceptance);
    s->count++;
  }
  upsell_decision_free(decision);
}

static upsell_plan *plan_of_structs(const sales *s, const sale *one)
{
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_plan *plan = NULL;

  if (upsell_plan_make(s->catalog, one->order, &one->acceptance, &options, &plan, &error))
    give_up(error.message);
  return plan;
}

static upsell_plan *plan_of_documents(const sales *s, const sale *one)
{
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_plan *plan = NULL;

  if (upsell_plan_make_json(s->catalog, one->order_text.data, one->order_text.len,
                            one->acceptance_text.data, one->acceptance_text.len, &options, &plan,
                            &error))
    give_up(error.message);
  return plan;
}

/* Both ways must lead to the same plan; its text is kept. */
static void add_plan(sales *s, const sale *one)
{
  upsell_plan *a = plan_of_structs(s, one);
  upsell_plan *b = plan_of_documents(s, one);
  size_t len;

  if (strcmp(upsell_plan_json(a, NULL), upsell_plan_json(b, NULL)) != 0)
    give_up("struct and document lead to different plans");
  upsell_plan_json(a, &len);
  text_reserve(&s->plans, len + 1);
  text_add(&s->plans, "%s\n", upsell_plan_json(a, NULL));
  upsell_plan_free(a);
  upsell_plan_free(b);
}

sales sales_of(const upsell_catalog *catalog, const orders *all, size_t most)
{
  sales s = {.catalog = catalog};
  size_t at = 0;
  size_t i;

  s.list = need(most, sizeof(*s.list));
  s.tokener = json_tokener_new();
  if (!s.tokener || upsell_progress_new(&s.progress))
    give_up("memory ran out");
  find_sales(&s, all, most);
  for (i = 0; i < s.count; i++)
    s.list[i].acceptance_text = next_line(&s.acceptances, &at);
  for (i = 0; i < s.count; i++)
    add_plan(&s, &s.list[i]);
  for (i = 0, at = 0; i < s.count; i++)
    s.list[i].plan = next_line(&s.plans, &at);
  s.plan_bytes = s.plans.len - s.count;
  return s;
}

void sales_free(sales *s)
{
  text_free(&s->acceptances);
  text_free(&s->plans);
  json_tokener_free(s->tokener);
  upsell_progress_free(s->progress);
  free(s->list);
}

/* ---- the jobs ---- */

void job_plan_structs(void *context, size_t from, size_t to)
{
  const sales *s = context;
  size_t i;

  for (i = from; i < to; i++)
    upsell_plan_free(plan_of_structs(s, &s->list[i]));
}

void job_plan_documents(void *context, size_t from, size_t to)
{
  sales *s = context;
  size_t i;

  for (i = from; i < to; i++) {
    upsell_plan *plan = plan_of_documents(s, &s->list[i]);
    size_t len;
    upsell_plan_json(plan, &len);
    s->bytes += len;
    upsell_plan_free(plan);
  }
}

static void parse_and_write(sales *s, upsell_str document)
{
  json_object *tree;
  size_t len;

  json_tokener_reset(s->tokener);
  tree = json_tokener_parse_ex(s->tokener, document.data, (int)document.len);
  if (!tree)
    give_up("json-c refused a document");
  if (!json_object_to_json_string_length(tree, PLAIN, &len) || len != document.len)
    give_up("json-c wrote another document");
  s->bytes += len;
  json_object_put(tree);
}

void job_plan_json_c(void *context, size_t from, size_t to)
{
  sales *s = context;
  size_t i;

  for (i = from; i < to; i++) {
    parse_and_write(s, s->list[i].order_text);
    parse_and_write(s, s->list[i].acceptance_text);
    parse_and_write(s, s->list[i].plan);
  }
}

static upsell_runner *runner_of(const sale *one)
{
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_runner *runner = NULL;

  if (upsell_runner_new(one->plan.data, one->plan.len, &runner, &error))
    give_up(error.message);
  return runner;
}

void job_runner_new(void *context, size_t from, size_t to)
{
  const sales *s = context;
  size_t i;

  for (i = from; i < to; i++)
    upsell_runner_free(runner_of(&s->list[i]));
}

void job_runner_step(void *context, size_t from, size_t to)
{
  upsell_event event = {.size = sizeof(event),
                        .kind = UPSELL_EVENT_START,
                        .now = 1767225600,
                        .run_id = UPSELL_STR("run-0001")};
  const sales *s = context;
  size_t i;

  for (i = from; i < to; i++) {
    upsell_runner *runner = runner_of(&s->list[i]);
    if (upsell_runner_step(runner, NULL, 0, &event, s->progress, NULL) ||
        upsell_progress_get(s->progress)->kind != UPSELL_ACTION_SEND)
      give_up("a plan was not begun");
    upsell_runner_free(runner);
  }
}
