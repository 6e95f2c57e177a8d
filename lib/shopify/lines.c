/* SPDX-License-Identifier: MIT */
#include "shopify/lines.h"

#include "json/writer.h"

#define NODES "'at':'/order/lineItems/nodes',"

/* The lines of the order that the plan must know: those that are replaced, or the first
 * one of each target. */
static size_t needed_count(const upsell__wording *w)
{
  if (upsell__replaces(w))
    return w->terms->deal->cancelled_count;
  return upsell__joins_contract(w) ? w->terms->deal->target_count : 0;
}

static const upsell__line_terms *needed(const upsell__wording *w, size_t index)
{
  return upsell__replaces(w) ? &w->terms->cancelled[index] : &w->terms->targets[index].line;
}

int upsell__finds_lines(const upsell__wording *wording)
{
  return !wording->lane && needed_count(wording) && !wording->terms->known_lines;
}

/* The id of a needed line: known, or an output of the reading that found it. */
static void line_id(upsell__wording *w, size_t index)
{
  const upsell__line_terms *line = needed(w, index);

  if (line->gid.data) {
    upsell__write_string(w->out, line->gid);
    return;
  }
  upsell__word(w, "{'$bind':'read_claim/line_");
  upsell__buffer_append_uint(w->out, index + 1);
  upsell__word(w, "'}");
}

void upsell__word_line(upsell__wording *wording)
{
  line_id(wording, wording->target);
}

/* Variant and selling plan of a line, in a `where`. */
static void kind_of_line(upsell__wording *w, upsell_str variant, upsell_str plan)
{
  upsell__word(w, "'/variant/id':");
  upsell__write_string(w->out, variant);
  upsell__word(w, ",'/sellingPlan/sellingPlanId':");
  upsell__write_string_or_null(w->out, plan);
}

static void total_of_line(upsell__wording *w, int64_t total)
{
  upsell__word(w, ",'/discountedTotalSet/shopMoney/amount':");
  upsell__word_money(w, total);
}

void upsell__word_found_lines(upsell__wording *wording)
{
  size_t count = needed_count(wording);
  size_t i;

  if (!upsell__finds_lines(wording))
    return;
  upsell__word(wording, "'output':{");
  for (i = 0; i < count; i++) {
    const upsell__line_terms *line = needed(wording, i);
    upsell__word_comma(wording, i);
    upsell__word(wording, "'line_");
    upsell__buffer_append_uint(wording->out, i + 1);
    upsell__word(wording, "':{" NODES "'where':{");
    kind_of_line(wording, line->variant, line->plan);
    if (line->needs_total)
      total_of_line(wording, line->total);
    upsell__word(wording, "},'take':'/id'}");
  }
  upsell__word(wording, "},");
}

/* A line that was not there before, whatever it is. */
static void any_new_line(upsell__wording *w)
{
  size_t i;

  upsell__word(w, "'/id':{'not_in':[");
  for (i = 0; i < w->terms->deal->order->line_count; i++) {
    upsell__word_comma(w, i);
    upsell__write_string(w->out, w->terms->known_lines[i]);
  }
  upsell__word(w, "]}");
}

/* A line that was not there before: its variant, its plan or none, and an id that is new,
 * where ids are known. What was paid for it may tell it apart too. */
static void new_line_of(upsell__wording *w, const upsell__target_terms *target, int with_total)
{
  upsell_str none = {NULL, 0};

  kind_of_line(w, w->terms->variant, upsell__replaces(w) ? target->plan : none);
  if (w->terms->known_lines) {
    upsell__buffer_append_char(w->out, ',');
    any_new_line(w);
  }
  if (with_total)
    total_of_line(w, target->target->price.offer_page.line);
}

/* Any of the new lines. With several targets they may have become one line, whose total
 * is another; but then no line of the order looks like them. */
void upsell__word_new_line(upsell__wording *wording)
{
  int with_total = !wording->terms->known_lines && wording->terms->deal->target_count == 1;

  new_line_of(wording, &wording->terms->targets[0], with_total);
}

void upsell__word_some_left(upsell__wording *wording)
{
  upsell__word(wording, "'/currentQuantity':{'not_in':[0]}");
}

void upsell__word_accepted_quantity(upsell__wording *wording)
{
  upsell__word(wording, "'/currentQuantity':");
  upsell__word_integer(wording, wording->terms->deal->quantity);
}

/* None of the quantities that new lines may have: their own, or those of all targets with
 * the same price in one line. */
void upsell__word_quantity_wrong(upsell__wording *wording)
{
  const upsell__deal *deal = wording->terms->deal;
  size_t i;

  upsell__word(wording, "'/currentQuantity':{'not_in':[0,");
  upsell__word_integer(wording, deal->quantity);
  for (i = 2; i <= deal->target_count; i++) {
    upsell__buffer_append_char(wording->out, ',');
    upsell__word_integer(wording, (int64_t)i * deal->quantity);
  }
  upsell__word(wording, "]}");
}

/* Each new line is there, in the quantity that was accepted. */
static void lines_there(upsell__wording *w)
{
  const upsell__deal *deal = w->terms->deal;
  size_t i;

  if (deal->target_count == 1) {
    upsell__word(w, "{'name':'on_order'," NODES
                    "'where':{@new_line@,@accepted_quantity@},'op':'present'}");
    return;
  }
  for (i = 0; i < deal->target_count; i++) {
    const upsell__target_terms *target = &w->terms->targets[i];
    upsell__word(w, "{'name':'on_order_");
    upsell__buffer_append_uint(w->out, i + 1);
    upsell__word(w, "'," NODES "'where':{");
    new_line_of(w, target, target->same_price == 1);
    upsell__word(w, ",@some_left@},'op':'present'},");
  }
  upsell__word(w,
               "{'name':'quantities'," NODES "'where':{@new_line@,@quantity_wrong@},'op':'null'}");
}

void upsell__word_paid_on_order(upsell__wording *wording)
{
  upsell__word(wording,
               "{'name':'evidence','at':'/order/evidence/value','op':'eq',"
               "'value':@plan_id@},");
  lines_there(wording);
  upsell__word(wording, ",{'name':'paid','at':'@outstanding@','op':'lt','value':@minor_unit@}");
}

/* Before the item is taken off: what is owed may be owed for a line that somebody else has
 * added, so that no other line may be new. */
void upsell__word_only_new_line(upsell__wording *wording)
{
  if (wording->terms->deal->target_count > 1)
    return;
  upsell__word(wording, "'line_id':{" NODES "'where':{");
  if (wording->terms->known_lines)
    any_new_line(wording);
  else
    upsell__word(wording, "@new_line@");
  upsell__word(wording, ",@some_left@},'take':'/id'},");
}

/* More lines than the order had and the offer adds. */
static void more_lines(upsell__wording *w, const char *end)
{
  const upsell__deal *deal = w->terms->deal;

  upsell__word(w, "{'name':'more_lines','at':'/order/lineItems/nodes/");
  upsell__buffer_append_uint(w->out, deal->order->line_count + deal->target_count);
  upsell__word(w, end);
}

/* The same where ids are not known, or several lines may be new: lines are counted. */
void upsell__word_other_line_check(upsell__wording *wording)
{
  if (wording->terms->deal->target_count > 1 || !wording->terms->known_lines)
    more_lines(wording, "','op':'present'},");
}

/* Several targets: more new lines than targets would be more than was accepted. */
void upsell__word_more_lines_check(upsell__wording *wording)
{
  if (wording->terms->deal->target_count > 1) {
    upsell__buffer_append_char(wording->out, ',');
    more_lines(wording, "','op':'present'}");
  }
}

/* Of several lines that could be the new one, none is taken for it: two may have been
 * charged, or somebody else has added one. */
void upsell__word_new_line_output(upsell__wording *wording)
{
  if (wording->terms->deal->target_count == 1)
    upsell__word(wording,
                 "'output':{'line_id':{" NODES "'where':{@new_line@,@some_left@},'take':'/id'}},");
}

void upsell__word_delivered_to_contract(upsell__wording *wording)
{
  upsell__word(wording,
               "{'name':'active','at':'/node/contract/status','op':'eq','value':'ACTIVE'},"
               "{'name':'evidence','at':'/node/contract/originOrder/evidence/value','op':'eq',"
               "'value':@plan_id@},{'name':'has_line','at':'/node/contract/lines/nodes',"
               "'where':{@marker@},'op':'present'}");
}

/* A needed line with what is left of it. */
static void line_with(upsell__wording *w, size_t index, const char *refundable)
{
  upsell__word(w, NODES "'where':{'/id':");
  line_id(w, index);
  upsell__word(w, refundable);
}

static int64_t cancelled_quantity(const upsell__wording *w, size_t index)
{
  const upsell__deal *deal = w->terms->deal;

  return upsell__order_line_at(deal->order, deal->cancelled[index])->quantity;
}

static void named(upsell__wording *w, const char *name, size_t index)
{
  upsell__word(w, "{'name':'");
  upsell__word(w, name);
  upsell__buffer_append_uint(w->out, index + 1);
  upsell__word(w, "',");
}

void upsell__word_delivered_to_order(upsell__wording *wording)
{
  size_t i;

  upsell__word(wording, "@paid_on_order@");
  for (i = 0; upsell__replaces(wording) && i < needed_count(wording); i++) {
    upsell__buffer_append_char(wording->out, ',');
    named(wording, "refunded_", i);
    line_with(wording, i, ",'/refundableQuantity':0},'op':'present'}");
  }
  if (upsell__replaces(wording))
    upsell__word(wording, ",{'name':'contract_active'," NODES
                          "'where':{@new_line@,'/contract/status':'ACTIVE'},'op':'present'},"
                          "{'name':'money_back','at':'@outstanding@','op':'ge','value':'0'}");
}

void upsell__word_other_contract_check(upsell__wording *wording)
{
  upsell_str contract = wording->terms->targets[wording->target].contract;

  if (!contract.data)
    return;
  upsell__word(wording, ",{'name':'other_contract','at':'/node/contract/id','op':'ne','value':");
  upsell__write_string(wording->out, contract);
  upsell__buffer_append_char(wording->out, '}');
}

void upsell__word_to_refund_checks(upsell__wording *wording)
{
  size_t i;

  for (i = 0; i < needed_count(wording); i++) {
    upsell__word_comma(wording, i);
    named(wording, "to_refund_", i);
    line_with(wording, i, ",'/refundableQuantity':0},'op':'null'}");
  }
}

static void rows_to_refund(upsell__wording *w, const char *what)
{
  size_t i;

  for (i = 0; i < needed_count(w); i++) {
    upsell__word_comma(w, i);
    upsell__word(w, "{'when':'to_refund_");
    upsell__buffer_append_uint(w->out, i + 1);
    upsell__word(w, what);
  }
}

void upsell__word_to_refund_rows(upsell__wording *wording)
{
  rows_to_refund(wording, "','do':'next'}");
}

void upsell__word_not_refunded_rows(upsell__wording *wording)
{
  rows_to_refund(wording, "','do':'stop','state':'delivered_not_refunded'}");
}

/* All of each line must still be there, refundable and not yet fulfilled. */
void upsell__word_short_checks(upsell__wording *wording)
{
  size_t i;

  for (i = 0; i < needed_count(wording); i++) {
    upsell__word_comma(wording, i);
    named(wording, "short_", i);
    line_with(wording, i, ",'/refundableQuantity':");
    upsell__word_integer(wording, cancelled_quantity(wording, i));
    upsell__word(wording, ",'/unfulfilledQuantity':");
    upsell__word_integer(wording, cancelled_quantity(wording, i));
    upsell__word(wording, "},'op':'null'}");
  }
}

/* Whether what the buyer paid for the lines is known, and is nothing. */
static int lines_were_free(const upsell__wording *w)
{
  const upsell__deal *deal = w->terms->deal;
  int64_t total;
  size_t i;

  for (i = 0; i < deal->cancelled_count; i++) {
    if (!upsell__paid_for(upsell__order_line_at(deal->order, deal->cancelled[i]), &total) || total)
      return 0;
  }
  return 1;
}

/* A refund without money would take the item and keep the price. */
void upsell__word_nothing_suggested_check(upsell__wording *wording)
{
  if (!lines_were_free(wording))
    upsell__word(wording,
                 ",{'name':'nothing_suggested','at':'/order/suggestedRefund/amountSet/shopMoney/"
                 "amount','op':'lt','value':@minor_unit@}");
}

void upsell__word_refund_lines(upsell__wording *wording)
{
  size_t i;

  upsell__buffer_append_char(wording->out, '[');
  for (i = 0; i < needed_count(wording); i++) {
    upsell__word_comma(wording, i);
    upsell__word(wording, "{'lineItemId':");
    line_id(wording, i);
    upsell__word(wording, ",'quantity':");
    upsell__word_integer(wording, cancelled_quantity(wording, i));
    upsell__word(wording, ",'restockType':'CANCEL'}");
  }
  upsell__buffer_append_char(wording->out, ']');
}

void upsell__word_refund_transaction(upsell__wording *wording)
{
  upsell__word(wording,
               "{'orderId':{'$bind':'@undo@find_order/order_id'},"
               "'gateway':{'$item':'/gateway'},'kind':'REFUND',"
               "'amount':{'$item':'/amountSet/shopMoney/amount'},"
               "'parentId':{'$item':'/parentTransaction/id'}}");
}
