/* SPDX-License-Identifier: MIT */
#include "jobs.h"

/* As the library writes: no white space, and slashes left alone. */
#define PLAIN (JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE)

static upsell_str document(const text *documents, const size_t *begins, size_t index)
{
  upsell_str found = {documents->data + begins[index], begins[index + 1] - begins[index]};

  return found;
}

static void decide_struct(job *j, size_t index)
{
  if (upsell_decide(j->catalog, &j->all->structs[index], j->flags, j->decision, NULL))
    give_up("an order was refused");
}

static void decide_document(job *j, size_t index)
{
  upsell_str order = document(&j->all->documents, j->all->begins, index);

  if (upsell_decide_json(j->catalog, order.data, order.len, j->flags, j->decision, NULL))
    give_up("an order's document was refused");
}

static upsell_str written(job *j)
{
  upsell_str found;

  if (upsell_decision_to_json(j->decision, &found.data, &found.len))
    give_up("a decision was not written");
  j->bytes += found.len;
  return found;
}

void job_structs(void *context, size_t from, size_t to)
{
  job *j = context;
  size_t i;

  for (i = from; i < to; i++) {
    decide_struct(j, i);
    j->offers += upsell_decision_get(j->decision)->outcome == UPSELL_OUTCOME_OFFER;
  }
}

void job_documents(void *context, size_t from, size_t to)
{
  size_t i;

  for (i = from; i < to; i++) {
    decide_document(context, i);
    written(context);
  }
}

static json_object *parse(job *j, upsell_str document)
{
  json_object *tree;

  json_tokener_reset(j->tokener);
  tree = json_tokener_parse_ex(j->tokener, document.data, (int)document.len);
  if (!tree)
    give_up("json-c refused a document");
  return tree;
}

static void parse_and_write(job *j, upsell_str document)
{
  json_object *tree = parse(j, document);
  size_t len;

  if (!json_object_to_json_string_length(tree, PLAIN, &len) || len != document.len)
    give_up("json-c wrote another document");
  j->bytes += len;
  json_object_put(tree);
}

void job_json_c_parse(void *context, size_t from, size_t to)
{
  job *j = context;
  size_t i;

  for (i = from; i < to; i++)
    json_object_put(parse(j, document(&j->all->documents, j->all->begins, i)));
}

void job_json_c(void *context, size_t from, size_t to)
{
  job *j = context;
  size_t i;

  for (i = from; i < to; i++) {
    parse_and_write(j, document(&j->all->documents, j->all->begins, i));
    parse_and_write(j, document(j->decisions, j->begins, i));
  }
}

void job_write_decisions(job *j, text *decisions, size_t *begins)
{
  size_t i;

  for (i = 0; i < j->all->count; i++) {
    upsell_str decision;
    begins[i] = decisions->len;
    decide_document(j, i);
    decision = written(j);
    text_reserve(decisions, decision.len);
    memcpy(decisions->data + decisions->len, decision.data, decision.len);
    decisions->len += decision.len;
    decide_struct(j, i);
    decision = written(j);
    if (decision.len != decisions->len - begins[i] ||
        memcmp(decisions->data + begins[i], decision.data, decision.len) != 0)
      give_up("struct and document lead to different decisions");
  }
  begins[i] = decisions->len;
}
