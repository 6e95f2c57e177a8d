/* SPDX-License-Identifier: MIT */
#include "shopify/terms.h"

#include <inttypes.h>

#include "model/values.h"
#include "shopify/gid.h"

/* What filling in the terms carries along. */
typedef struct making {
  const upsell__deal *deal;
  upsell__arena *arena;
  upsell__sink *sink;
} making;

static void check_reference(upsell__sink *sink, upsell_str reference)
{
  static const char others[] = "._-";
  upsell__path path = upsell__at_key(NULL, "reference_id");
  size_t i;

  for (i = 0; i < reference.len; i++) {
    char c = reference.data[i];
    int letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!letter && (!c || !strchr(others, c)))
      break;
  }
  if (i < reference.len || i < 1 || i > 255)
    upsell__report(sink, UPSELL_BAD_VALUE, &path,
                   "A reference of 1 to 255 characters from A-Z a-z 0-9 . _ - was expected: the "
                   "referenceId of the purchase.");
}

static void check_scopes(const upsell__check *check, const upsell_plan_options *options)
{
  upsell__path list = upsell__at_key(NULL, "granted_scopes");
  size_t i;

  if (!options->granted_scopes && options->granted_scope_count)
    upsell__report(check->sink, UPSELL_INVALID_ARGUMENT, &list,
                   "granted_scopes is NULL and granted_scope_count is not 0.");
  for (i = 0; options->granted_scopes && i < options->granted_scope_count; i++) {
    upsell__path path = upsell__at_index(&list, i);
    upsell__check_id_at(check, &path, options->granted_scopes[i]);
  }
}

upsell_status upsell__options_check(const upsell_plan_options *options, upsell__sink *sink)
{
  upsell__check check = {sink, 0};
  upsell__path shop = upsell__at_key(NULL, "shop");
  upsell__path dialect = upsell__at_key(NULL, "dialect");

  if (!options)
    return sink->status;
  if (!upsell__check_sized(&check, NULL, options, UPSELL__SHAPE(upsell_plan_options)))
    return sink->status;
  upsell__check_reserved(&check, NULL, (uint32_t)options->reserved);
  upsell__check_enum(&check, NULL, "api_version", options->api_version, UPSELL_API_2026_10, 0);
  upsell__check_enum(&check, NULL, "dialect", options->dialect, UPSELL_DIALECT_CALCULATION, 0);
  if (options->dialect == UPSELL_DIALECT_CALCULATION && options->api_version != UPSELL_API_2026_10)
    upsell__report(sink, UPSELL_NOT_APPLICABLE, &dialect,
                   "The calculation dialect is there from API version 2026-10 on; take that "
                   "version, or the draft dialect.");
  if (options->shop.data)
    upsell__check_id_at(&check, &shop, options->shop);
  if (options->reference_id.data)
    check_reference(sink, options->reference_id);
  check_scopes(&check, options);
  return sink->status;
}

/* Reports an id that is neither a number nor a GID of this type. */
static void not_shopify(const making *m, const upsell__path *path, upsell_str id, const char *type)
{
  char quoted[UPSELL__QUOTE_SIZE];

  upsell__report(m->sink, UPSELL_ID_NOT_SHOPIFY, path,
                 "A number from 1 to 2^53 or gid://shopify/%s/<number> was expected, found %s.",
                 type, upsell__quote(id, quoted));
}

/* The GID of an id; 0 after a report. */
static int to_gid(const making *m, const upsell__path *path, upsell_str id, const char *type,
                  upsell_str *gid, int64_t *number)
{
  int64_t parsed;

  if (!upsell__gid_number(id, type, &parsed)) {
    not_shopify(m, path, id, type);
    return 0;
  }
  if (number)
    *number = parsed;
  *gid = upsell__gid_make(m->arena, type, parsed);
  if (gid->data)
    return 1;
  upsell__report_no_memory(m->sink);
  return 0;
}

/* Whether two ids are one, as a number or as a GID. */
static int same_id(upsell_str a, upsell_str b, const char *type)
{
  int64_t x;
  int64_t y;

  if (!a.data || !b.data)
    return !a.data && !b.data;
  if (upsell__gid_number(a, type, &x) && upsell__gid_number(b, type, &y))
    return x == y;
  return upsell__str_equal(a, b);
}

static int alike(const upsell_order_line *line, upsell_str variant, upsell_str plan)
{
  return same_id(line->variant_id, variant, "ProductVariant") &&
         same_id(line->selling_plan_id, plan, "SellingPlan");
}

static int not_identifiable(const making *m, size_t index, const char *why)
{
  upsell__path list = upsell__at_key(NULL, "order");
  upsell__path lines = upsell__at_key(&list, "lines");
  upsell__path path = upsell__at_index(&lines, index);

  upsell__report(m->sink, UPSELL_LINE_NOT_IDENTIFIABLE, &path,
                 "%s Read the order with the line ids of the Admin API and make the plan from "
                 "that.",
                 why);
  return 0;
}

/* Looks for another line like this one; a total must tell them apart. */
static int tell_apart(const making *m, size_t index, upsell__line_terms *terms)
{
  const upsell_order_line *line = upsell__order_line_at(m->deal->order, index);
  size_t i;

  for (i = 0; i < m->deal->order->line_count; i++) {
    const upsell_order_line *other = upsell__order_line_at(m->deal->order, i);
    int64_t total;
    if (i == index || !alike(other, line->variant_id, line->selling_plan_id))
      continue;
    terms->needs_total = 1;
    if (!upsell__paid_for(line, &terms->total) || !upsell__paid_for(other, &total) ||
        total == terms->total)
      return not_identifiable(m, index,
                              "This line has no Shopify id, and another line has the same variant, "
                              "selling plan and total.");
  }
  return 1;
}

/* How a line of the order is known to Shopify; 0 after a report. */
static int line_terms(const making *m, size_t index, int ids_known, upsell__line_terms *terms)
{
  const upsell_order_line *line = upsell__order_line_at(m->deal->order, index);
  upsell__path order = upsell__at_key(NULL, "order");
  upsell__path lines = upsell__at_key(&order, "lines");
  upsell__path at = upsell__at_index(&lines, index);
  upsell__path variant = upsell__at_key(&at, "variant_id");
  upsell__path plan = upsell__at_key(&at, "selling_plan_id");

  if (ids_known) {
    terms->gid = line->id;
    return 1;
  }
  if (!line->variant_id.data)
    return not_identifiable(m, index, "This line has neither a Shopify id nor a variant.");
  if (!to_gid(m, &variant, line->variant_id, "ProductVariant", &terms->variant, NULL))
    return 0;
  if (line->selling_plan_id.data &&
      !to_gid(m, &plan, line->selling_plan_id, "SellingPlan", &terms->plan, NULL))
    return 0;
  return tell_apart(m, index, terms);
}

/* A host that numbers its lines does not know Shopify's ids: only a GID is one. */
static int has_gid(const making *m, size_t index)
{
  return upsell__is_gid(upsell__order_line_at(m->deal->order, index)->id, "LineItem");
}

/* Some lines have GIDs and this one has none: it cannot be told what it is. */
static int mixed_ids(const making *m, size_t index)
{
  upsell__path order = upsell__at_key(NULL, "order");
  upsell__path lines = upsell__at_key(&order, "lines");
  upsell__path line = upsell__at_index(&lines, index);
  upsell__path path = upsell__at_key(&line, "id");
  char quoted[UPSELL__QUOTE_SIZE];

  upsell__report(m->sink, UPSELL_ID_NOT_SHOPIFY, &path,
                 "Other lines have gid://shopify/LineItem/<number> as their id, and so must this "
                 "one, found %s.",
                 upsell__quote(upsell__order_line_at(m->deal->order, index)->id, quoted));
  return 0;
}

/* The GIDs of all lines, where all have one; 0 after a report. */
static int known_lines(const making *m, const upsell_str **known)
{
  size_t count = m->deal->order->line_count;
  upsell_str *gids = upsell__arena_alloc(m->arena, count, sizeof(*gids));
  int known_first = has_gid(m, 0);
  size_t i;

  if (!gids) {
    upsell__report_no_memory(m->sink);
    return 0;
  }
  for (i = 0; i < count; i++) {
    if (has_gid(m, i) != known_first)
      return mixed_ids(m, known_first ? i : 0);
    gids[i] = upsell__order_line_at(m->deal->order, i)->id;
  }
  if (known_first)
    *known = gids;
  return 1;
}

/* Where the order's line ids are not known, no line of it may look like a new one. */
static int new_lines_apart(const making *m, const upsell__terms *terms)
{
  const upsell__deal *deal = m->deal;
  const upsell__deal_target *first = &deal->targets[0];
  upsell_str none = {NULL, 0};
  upsell_str plan = deal->pattern == UPSELL_ONE_TIME_TO_SUBSCRIPTION ? first->plan->id : none;
  size_t i;

  for (i = 0; !terms->known_lines && i < deal->order->line_count; i++) {
    const upsell_order_line *line = upsell__order_line_at(deal->order, i);
    int64_t total;
    if (!alike(line, deal->variant->id, plan))
      continue;
    if (deal->target_count > 1 || !upsell__paid_for(line, &total) ||
        total == first->price.offer_page.line)
      return not_identifiable(m, i,
                              "This line has no Shopify id, and the line that is added now could "
                              "not be told from it.");
  }
  return 1;
}

static size_t same_price(const upsell__deal *deal, int64_t line)
{
  size_t count = 0;
  size_t i;

  for (i = 0; i < deal->target_count; i++)
    count += deal->targets[i].price.offer_page.line == line;
  return count;
}

/* Where the catalogue names a selling plan of the offer. */
static size_t plan_position(const upsell__deal *deal, const upsell__plan *plan)
{
  size_t i = 0;

  while (i + 1 < deal->scenario->plan_count &&
         &deal->catalog->plans[deal->scenario->plans[i]] != plan)
    i++;
  return i;
}

static int target_plan(const making *m, upsell__target_terms *terms)
{
  const upsell__plan *plan = terms->target->plan;
  upsell__path catalog = upsell__at_key(NULL, "catalog");
  upsell__path scenarios = upsell__at_key(&catalog, "scenarios");
  upsell__path scenario = upsell__at_index(&scenarios, m->deal->view->scenario_index);
  upsell__path offer = upsell__at_key(&scenario, "offer");
  upsell__path plans = upsell__at_key(&offer, "selling_plan_ids");
  upsell__path path;

  if (!plan)
    return 1;
  path = upsell__at_index(&plans, plan_position(m->deal, plan));
  return to_gid(m, &path, plan->id, "SellingPlan", &terms->plan, &terms->plan_number);
}

static int target_terms(const making *m, size_t index, int ids_known, upsell__target_terms *terms)
{
  upsell_str contract = m->deal->targets[index].first->contract_id;

  terms->target = &m->deal->targets[index];
  terms->same_price = same_price(m->deal, terms->target->price.offer_page.line);
  if (!target_plan(m, terms))
    return 0;
  if (m->deal->pattern != UPSELL_SUBSCRIPTION_TO_SUBSCRIPTION)
    return 1;
  if (contract.data && upsell__is_gid(contract, "SubscriptionContract"))
    terms->contract = contract;
  return line_terms(m, terms->target->first_index, ids_known, &terms->line);
}

static int offered_variant(const making *m, upsell__terms *terms)
{
  upsell__path catalog = upsell__at_key(NULL, "catalog");
  upsell__path scenarios = upsell__at_key(&catalog, "scenarios");
  upsell__path scenario = upsell__at_index(&scenarios, m->deal->view->scenario_index);
  upsell__path offer = upsell__at_key(&scenario, "offer");
  upsell__path path = upsell__at_key(&offer, "variant_id");

  return to_gid(m, &path, m->deal->variant->id, "ProductVariant", &terms->variant,
                &terms->variant_number);
}

/* One of reference and order must lead to the order. */
static int order_terms(const making *m, const upsell_plan_options *options, upsell__terms *terms)
{
  upsell__path root = upsell__at_key(NULL, "options");
  upsell__path path = upsell__at_key(&root, "reference_id");

  terms->api_version = options && options->api_version ? options->api_version : UPSELL_API_2026_07;
  terms->dialect = options && options->dialect ? options->dialect : UPSELL_DIALECT_DRAFT;
  if (options) {
    terms->shop = options->shop;
    terms->reference = options->reference_id;
  }
  if (upsell__is_gid(m->deal->order->id, "Order"))
    terms->order_gid = m->deal->order->id;
  if (terms->order_gid.data || terms->reference.data)
    return 1;
  upsell__report(m->sink, UPSELL_MISSING_KEY, &path,
                 "The order's id is no gid://shopify/Order/<number>, so the purchase's reference "
                 "id is needed to find it.");
  return 0;
}

static int fill_lists(const making *m, upsell__terms *terms)
{
  const upsell__deal *deal = m->deal;
  upsell__target_terms *targets =
      upsell__arena_alloc(m->arena, deal->target_count, sizeof(*targets));
  upsell__line_terms *cancelled =
      upsell__arena_alloc(m->arena, deal->cancelled_count, sizeof(*cancelled));
  int ids_known = terms->known_lines != NULL;
  size_t i;

  if (!targets || !cancelled) {
    upsell__report_no_memory(m->sink);
    return 0;
  }
  terms->targets = targets;
  terms->cancelled = cancelled;
  for (i = 0; i < deal->target_count; i++) {
    if (!target_terms(m, i, ids_known, &targets[i]))
      return 0;
  }
  for (i = 0; i < deal->cancelled_count; i++) {
    if (!line_terms(m, deal->cancelled[i], ids_known, &cancelled[i]))
      return 0;
  }
  return 1;
}

upsell_status upsell__terms_make(const upsell__deal *deal, const upsell_plan_options *options,
                                 upsell__arena *arena, upsell__terms *terms, upsell__sink *sink)
{
  making m = {deal, arena, sink};

  memset(terms, 0, sizeof(*terms));
  terms->deal = deal;
  if (!order_terms(&m, options, terms) || !offered_variant(&m, terms) ||
      !known_lines(&m, &terms->known_lines) || !fill_lists(&m, terms) ||
      !new_lines_apart(&m, terms))
    return sink->status;
  upsell__terms_ids(terms);
  return UPSELL_OK;
}
