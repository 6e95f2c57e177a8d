/* SPDX-License-Identifier: MIT */
/* The names that templates use, and what each stands for. Each function writes one of
 * them; the table at the end is the dictionary. */
#include "shopify/changes.h"
#include "shopify/documents.h"
#include "shopify/lines.h"
#include "shopify/wording.h"
#include "json/writer.h"

static void text(upsell__wording *w, const char *plain)
{
  upsell__buffer_append(w->out, plain, strlen(plain));
}

static void quoted(upsell__wording *w, const char *plain)
{
  upsell__write_string(w->out, upsell_str_of(plain));
}

static int is_last_target(const upsell__wording *w)
{
  return w->target + 1 == w->terms->deal->target_count;
}

/* Ids of steps: with several targets those of a branch are numbered. */

static void number(upsell__wording *w, size_t target)
{
  if (w->terms->deal->target_count == 1)
    return;
  upsell__buffer_append_char(w->out, '_');
  upsell__buffer_append_uint(w->out, target + 1);
}

static void branch(upsell__wording *w)
{
  number(w, w->target);
}

static void undo(upsell__wording *w)
{
  text(w, w->lane ? w->lane : "");
}

static void lane(upsell__wording *w)
{
  upsell__word(w, w->lane ? "'lane':'compensation'," : "");
}

static void after_charge(upsell__wording *w)
{
  upsell__word(w, w->lane ? "" : "'charge'");
}

static void before_yield(upsell__wording *w)
{
  if (w->target == 0) {
    text(w, "read_claim");
    return;
  }
  text(w, "await_other");
  number(w, w->target - 1);
}

static void last_yield(upsell__wording *w)
{
  text(w, "await_other");
  number(w, w->terms->deal->target_count - 1);
}

static void yield_row(upsell__wording *w)
{
  if (!is_last_target(w))
    return;
  upsell__word(w, ",{'when':'ok','do':'skip_to','step':'verify");
  number(w, 0);
  upsell__word(w, "'}");
}

static void claim_rows(upsell__wording *w)
{
  upsell__word(w, w->lane ? "{'when':'ours','do':'next'},"
                            "{'when':'ok','do':'stop','state':'unknown'}"
                          : "{'when':'ours','do':'skip_to','step':'confirm'}");
}

static void after_confirm(upsell__wording *w)
{
  if (!upsell__joins_contract(w) && !upsell__replaces(w)) {
    text(w, "verify");
    return;
  }
  text(w, "await_contract");
  number(w, 0);
}

/* The plan's own ids. */

static void plan_id(upsell__wording *w)
{
  quoted(w, w->terms->plan_id);
}

static void charge_key(upsell__wording *w)
{
  quoted(w, w->terms->charge_key);
}

static void refund_key(upsell__wording *w)
{
  quoted(w, w->terms->refund_key);
}

static void claim_key(upsell__wording *w)
{
  quoted(w, w->terms->claim);
}

static void evidence_key(upsell__wording *w)
{
  quoted(w, w->terms->evidence);
}

static void refund_note(upsell__wording *w)
{
  text(w, "\"upsell ");
  text(w, w->terms->plan_id);
  text(w, "\"");
}

static int has_refund_key(const upsell__wording *w)
{
  return w->terms->api_version >= UPSELL_API_2026_04;
}

static void undo_key_variable(upsell__wording *w)
{
  if (!has_refund_key(w))
    return;
  upsell__word(w, ",'key':");
  quoted(w, w->terms->undo_key);
}

static void undo_key_member(upsell__wording *w)
{
  if (!has_refund_key(w))
    return;
  upsell__word(w, "'idempotency_key':");
  quoted(w, w->terms->undo_key);
  text(w, ",");
}

static void undo_retry_row(upsell__wording *w)
{
  if (has_refund_key(w))
    upsell__word(w, UPSELL__ROWS_REPEAT ",");
}

static void marker(upsell__wording *w)
{
  upsell__word(w, "'/customAttributes':{'contains':{'key':'_upsell_plan','value':@plan_id@}}");
}

/* How long to wait. */

static void seconds(upsell__wording *w, int64_t count)
{
  upsell__buffer_append_int(w->out, count);
}

static void order_wait(upsell__wording *w)
{
  seconds(w, UPSELL__ORDER_WAIT);
}

static void other_wait(upsell__wording *w)
{
  seconds(w, UPSELL__OTHER_RUN_WAIT);
}

static void contract_wait(upsell__wording *w)
{
  seconds(w, UPSELL__CONTRACT_WAIT);
}

static void proof_wait(upsell__wording *w)
{
  seconds(w, UPSELL__PROOF_WAIT);
}

static void expires(upsell__wording *w)
{
  seconds(w, w->terms->deal->view->page->expires_after_seconds);
}

static void payment_wait(upsell__wording *w)
{
  seconds(w, UPSELL__PAYMENT_WAIT);
}

static void late_charge_wait(upsell__wording *w)
{
  seconds(w, UPSELL__LATE_CHARGE_WAIT);
}

static void item_wait(upsell__wording *w)
{
  seconds(w, UPSELL__PAYMENT_WAIT + UPSELL__LATE_CHARGE_WAIT);
}

/* The order. */

static void order_gid(upsell__wording *w)
{
  upsell__write_string(w->out, w->terms->order_gid);
}

static void reference(upsell__wording *w)
{
  upsell__write_string(w->out, w->terms->reference);
}

static void order_query(upsell__wording *w)
{
  text(w, "\"checkout_token:");
  upsell__buffer_append(w->out, w->terms->reference.data, w->terms->reference.len);
  text(w, "\"");
}

/* From 2026-07 on the answer itself tells the token. */
static int tells_token(const upsell__wording *w)
{
  return w->terms->api_version >= UPSELL_API_2026_07;
}

static void order_identity(upsell__wording *w)
{
  if (tells_token(w))
    upsell__word(w, "'/checkoutToken':@reference@");
}

static void other_order_check(upsell__wording *w)
{
  if (tells_token(w) && w->terms->reference.data)
    upsell__word(w,
                 "{'name':'other_order','at':'/order/checkoutToken','op':'ne',"
                 "'value':@reference@}");
}

static void outstanding(upsell__wording *w)
{
  text(w, "/order/totalOutstandingSet/shopMoney/amount");
}

static void minor_unit(upsell__wording *w)
{
  upsell__write_money(w->out, 1, upsell__decimals(w));
}

static void charged(upsell__wording *w)
{
  upsell__write_money(w->out, w->terms->deal->now, upsell__decimals(w));
}

/* Which document reads what: a contract is asked for only where there will be one. */

static void document_of_lines(upsell__wording *w)
{
  upsell__word(w, upsell__replaces(w) ? "@document read_lines_and_contracts@"
                                      : "@document read_lines@");
}

static void document_of_claim(upsell__wording *w)
{
  upsell__word(w, upsell__finds_lines(w) ? "@document read_claim_and_lines@"
                                         : "@document read_claim@");
}

/* The charge. */

static void consent(upsell__wording *w)
{
  upsell__write_bool(w->out, upsell__replaces(w));
}

static void contract_refused_row(upsell__wording *w)
{
  upsell__word(w, upsell__replaces(w)
                      ? "{'when':'subscription_contract_creation_error','do':'compensate',"
                        "'step':'refused_find_order','state':'unpaid_line_removed'},"
                      : "{'when':'subscription_contract_creation_error','do':'next'},");
}

/* Undoing. */

static void has_contract_check(upsell__wording *w)
{
  if (upsell__replaces(w))
    upsell__word(w,
                 "{'name':'has_contract','at':'/order/lineItems/nodes','where':{@new_line@,"
                 "@some_left@,'/contract':null},'op':'null'},");
}

/* It was paid in the meantime: nothing is taken off that may still be delivered. */
static void paid_row(upsell__wording *w)
{
  const char *state = "unknown";

  if (upsell__joins_contract(w))
    state = "paid_not_delivered";
  if (upsell__replaces(w))
    state = "paid_contract_unknown";
  upsell__word(w, "{'when':'paid','do':'stop','state':'");
  text(w, state);
  upsell__word(w, "'}");
}

static void has_contract_row(upsell__wording *w)
{
  if (upsell__replaces(w))
    upsell__word(w, "{'when':'has_contract','do':'skip_to','step':'@undo@contract'},");
}

typedef struct entry {
  const char *name;
  void (*write)(upsell__wording *w);
} entry;

static const entry dictionary[] = {
    {"plan_id", plan_id},
    {"k", branch},
    {"undo", undo},
    {"lane", lane},
    {"evidence_key", evidence_key},
    {"document_of_lines", document_of_lines},
    {"new_line", upsell__word_new_line},
    {"some_left", upsell__word_some_left},
    {"outstanding", outstanding},
    {"minor_unit", minor_unit},
    {"line", upsell__word_line},
    {"charged", charged},
    {"marker", marker},
    {"accepted_quantity", upsell__word_accepted_quantity},
    {"quantity_wrong", upsell__word_quantity_wrong},
    {"paid_on_order", upsell__word_paid_on_order},
    {"new_line_output", upsell__word_new_line_output},
    {"only_new_line", upsell__word_only_new_line},
    {"other_line_check", upsell__word_other_line_check},
    {"more_lines_check", upsell__word_more_lines_check},
    {"delivered_to_contract", upsell__word_delivered_to_contract},
    {"delivered_to_order", upsell__word_delivered_to_order},
    {"found_lines", upsell__word_found_lines},
    {"other_contract_check", upsell__word_other_contract_check},
    {"marked_line", upsell__word_marked_line},
    {"calculated_marked_line", upsell__word_calculated_marked_line},
    {"to_refund_checks", upsell__word_to_refund_checks},
    {"to_refund_rows", upsell__word_to_refund_rows},
    {"not_refunded_rows", upsell__word_not_refunded_rows},
    {"short_checks", upsell__word_short_checks},
    {"nothing_suggested_check", upsell__word_nothing_suggested_check},
    {"refund_lines", upsell__word_refund_lines},
    {"refund_transaction", upsell__word_refund_transaction},
    {"changes", upsell__word_changes},
    {"expected_lines", upsell__word_expected_lines},
    {"draft_line", upsell__word_draft_line},
    {"calculated_line", upsell__word_calculated_line},
    {"kept_line", upsell__word_kept_line},
    {"after_charge", after_charge},
    {"before_yield", before_yield},
    {"last_yield", last_yield},
    {"yield_row", yield_row},
    {"claim_rows", claim_rows},
    {"after_confirm", after_confirm},
    {"charge_key", charge_key},
    {"refund_key", refund_key},
    {"claim_key", claim_key},
    {"refund_note", refund_note},
    {"undo_key_variable", undo_key_variable},
    {"undo_key_member", undo_key_member},
    {"undo_retry_row", undo_retry_row},
    {"order_wait", order_wait},
    {"other_wait", other_wait},
    {"contract_wait", contract_wait},
    {"proof_wait", proof_wait},
    {"payment_wait", payment_wait},
    {"late_charge_wait", late_charge_wait},
    {"item_wait", item_wait},
    {"expires", expires},
    {"order_gid", order_gid},
    {"reference", reference},
    {"order_query", order_query},
    {"order_identity", order_identity},
    {"other_order_check", other_order_check},
    {"document_of_claim", document_of_claim},
    {"consent", consent},
    {"contract_refused_row", contract_refused_row},
    {"has_contract_check", has_contract_check},
    {"paid_row", paid_row},
    {"has_contract_row", has_contract_row},
};

static int word_document(upsell__wording *w, upsell_str name)
{
  const upsell__document *document = upsell__document_find(name, w->terms->api_version);

  if (!document)
    return 0;
  w->scopes |= document->scopes;
  quoted(w, document->text);
  return 1;
}

int upsell__word_name(upsell__wording *w, upsell_str name)
{
  static const upsell_str document = UPSELL_STR("document ");
  size_t i;

  if (name.len > document.len && memcmp(name.data, document.data, document.len) == 0) {
    name.data += document.len;
    name.len -= document.len;
    return word_document(w, name);
  }
  for (i = 0; i < sizeof(dictionary) / sizeof(dictionary[0]); i++) {
    if (upsell__str_equal(name, upsell_str_of(dictionary[i].name))) {
      dictionary[i].write(w);
      return 1;
    }
  }
  return 0;
}
