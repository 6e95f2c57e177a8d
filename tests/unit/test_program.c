/* SPDX-License-Identifier: MIT */
/* Plan documents: what is read from a good one, and what is refused, where (RUN-1, RUN-2). */
#include <stdio.h>

#include "../support/check_main.h"
#include "base/buffer.h"
#include "base/utf8.h"
#include "plan/program.h"
#include "plan_text.h"
#include "random.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* Reads a text in memory of just its size. */
static upsell_status read_plan(upsell_str text, upsell__program *program, upsell_error *error)
{
  upsell__sink sink = {UPSELL_OK, error, NULL, 0};
  char *copy = malloc(text.len ? text.len : 1);
  upsell_status status;

  memcpy(copy, text.data, text.len);
  status = upsell__program_read(copy, text.len, program, &sink);
  free(copy);
  ck_assert_int_eq(status, sink.status);
  return status;
}

/* ---- a good plan ---- */

static upsell__program good;

static void set_up(void)
{
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_str text = plan_text(good_plan);
  upsell_status status = read_plan(text, &good, &error);

  ck_assert_msg(status == UPSELL_OK, "%s at %s: %s", upsell_status_name(status), error.pointer,
                error.message);
  free((char *)text.data);
}

static void tear_down(void)
{
  upsell__program_free(&good);
}

static void check_str(upsell_str text, const char *expected)
{
  ck_assert_msg(text.len == strlen(expected) && memcmp(text.data, expected, text.len) == 0,
                "%.*s, not %s", (int)text.len, text.data, expected);
}

START_TEST(test_changeset)
{
  const upsell__step *step = &good.steps[0];

  check_str(good.plan_id, "p-1");
  ck_assert_uint_eq(good.step_count, 11);
  check_str(step->id, "charge");
  ck_assert_int_eq(step->channel, UPSELL__CHANNEL_CHANGESET);
  ck_assert_int_eq(step->irreversible, 1);
  ck_assert_int_eq(step->compensation, 0);
  ck_assert_int_eq(step->if_stopped, UPSELL_STATE_UNKNOWN);
  ck_assert_int_eq(step->variables->kind, UPSELL__JSON_ARRAY);
  ck_assert_uint_eq(step->variables->count, 1);
  ck_assert_uint_eq(upsell__value_member(step->expect, "lines")->count, 1);
  ck_assert_int_eq(step->buyer_consent, 0);
  ck_assert_int_eq(step->expires_after_seconds, 300);
  check_str(step->key, "k-1");
  ck_assert_ptr_null(step->operation.data);
  ck_assert_uint_eq(step->output_count, 0);
}
END_TEST

START_TEST(test_rows)
{
  const upsell__step *step = &good.steps[0];

  ck_assert_uint_eq(step->row_count, 4);
  check_str(step->rows[0].when, "unprocessed/insufficient_inventory");
  ck_assert_int_eq(step->rows[0].verb, UPSELL__DO_STOP);
  ck_assert_int_eq(step->rows[0].state, UPSELL_STATE_NOT_CHARGED);
  ck_assert_int_eq(step->rows[0].max, UPSELL__ALWAYS);
  ck_assert_uint_eq(step->rows[0].step, UPSELL__NO_STEP);
  ck_assert_int_eq(step->rows[1].verb, UPSELL__DO_RETRY);
  ck_assert_int_eq(step->rows[1].max, 3);
  ck_assert_int_eq(step->rows[1].wait_seconds, 2);
  ck_assert_int_eq(step->rows[2].verb, UPSELL__DO_NEXT);
  ck_assert_int_eq(good.steps[5].rows[0].verb, UPSELL__DO_SKIP_TO);
  ck_assert_uint_eq(good.steps[5].rows[0].step, 8);
  ck_assert_int_eq(good.steps[8].rows[0].verb, UPSELL__DO_RESTART_FROM);
  ck_assert_int_eq(good.steps[3].rows[1].verb, UPSELL__DO_COMPENSATE);
  ck_assert_uint_eq(good.steps[3].rows[1].step, 10);
  ck_assert_int_eq(good.steps[3].rows[0].state, UPSELL_STATE_UNPAID_LINE);
}
END_TEST

START_TEST(test_wait)
{
  const upsell__step *step = &good.steps[1];

  ck_assert_int_eq(step->channel, UPSELL__CHANNEL_WAIT);
  check_str(step->operation, "orders");
  check_str(step->document, "query");
  check_str(upsell__value_member(step->variables, "q")->text, "token:r-1");
  ck_assert_int_eq(step->every_seconds, 5);
  ck_assert_int_eq(step->timeout_seconds, 900);
  ck_assert_uint_eq(step->webhook_count, 1);
  check_str(step->webhooks[0].topic, "orders/create");
  ck_assert_ptr_null(step->webhooks[0].where);
  ck_assert_uint_eq(step->until_count, 1);
  check_str(step->until[0].name, "found");
  ck_assert_uint_eq(step->until[0].where->count, 1);
  check_str(good.steps[4].webhooks[0].topic, "contracts/create");
  ck_assert_ptr_nonnull(good.steps[4].webhooks[0].where);
  ck_assert_ptr_null(good.steps[4].variables);
}
END_TEST

START_TEST(test_outputs_and_checks)
{
  const upsell__step *find = &good.steps[1];
  const upsell__step *read = &good.steps[3];
  const upsell__step *claim = &good.steps[2];

  ck_assert_uint_eq(find->output_count, 2);
  check_str(find->outputs[0].name, "order_id");
  check_str(find->outputs[0].at, "/nodes");
  check_str(find->outputs[0].take, "/id");
  check_str(find->outputs[1].at, "/nodes");
  check_str(find->outputs[1].take, "");
  ck_assert_ptr_null(find->outputs[1].where);
  ck_assert_int_eq(read->outputs[0].all, 0);
  ck_assert_int_eq(read->outputs[1].all, 1);
  check_str(read->outputs[1].take, "");
  check_str(claim->errors, "/m/userErrors");
  ck_assert_ptr_null(read->errors.data);
  ck_assert_int_eq(claim->checks[0].op, UPSELL__OP_NE);
  ck_assert_int_eq(claim->checks[0].value->kind, UPSELL__JSON_OBJECT);
  ck_assert_int_eq(claim->checks[1].op, UPSELL__OP_LT);
  ck_assert_ptr_null(claim->checks[0].where);
}
END_TEST

START_TEST(test_dependence)
{
  static const uint8_t after_add[] = {1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0};
  const upsell__step *add = &good.steps[6];

  ck_assert_uint_eq(add->need_count, 2);
  ck_assert_uint_eq(add->needs[0], 5);
  ck_assert_uint_eq(add->needs[1], 3);
  ck_assert_mem_eq(add->after, after_add, sizeof(after_add));
  ck_assert_int_eq(good.steps[9].compensation, 1);
  ck_assert_uint_eq(good.steps[9].need_count, 0);
}
END_TEST

/* ---- bad plans ---- */

/* A change of the good plan, and what is said to it. */
typedef struct change {
  const char *from;
  const char *to;
  upsell_status code;
  const char *pointer;
} change;

#define BAD(from, to, code, pointer)                                                               \
  {                                                                                                \
    from, to, UPSELL_##code, pointer                                                               \
  }
#define FINE(from, to)                                                                             \
  {                                                                                                \
    from, to, UPSELL_OK, ""                                                                        \
  }

/* The document and its header. */
static const change headers[] = {
    BAD("'p-1'", "'p-1", JSON_SYNTAX, ""),
    BAD("'k-2'}]}", "'k-2'}]} x", JSON_TRAILING, ""),
    BAD("'pattern'", "'plan_id'", DUPLICATE_KEY, "/plan_id"),
    BAD("'upsell.plan/1'", "'upsell.plan/2'", UNKNOWN_FORMAT, "/format"),
    BAD("'upsell.plan/1'", "1", WRONG_TYPE, "/format"),
    BAD("'format'", "'fromat'", MISSING_KEY, "/format"),
    BAD("'plan_id':'p-1',", "", MISSING_KEY, "/plan_id"),
    BAD("'p-1'", "''", BAD_VALUE, "/plan_id"),
    BAD("'p-1'", "null", WRONG_TYPE, "/plan_id"),
    BAD("'one_time_to_one_time'", "2", WRONG_TYPE, "/pattern"),
    BAD("'2026-07'", "2026.07", WRONG_TYPE, "/api_version"),
    BAD("['read_orders']", "'read_orders'", WRONG_TYPE, "/scopes"),
    BAD("'read_orders'", "'read_orders',1", WRONG_TYPE, "/scopes/1"),
    BAD("['l-1']", "[{}]", WRONG_TYPE, "/known_line_ids/0"),
    BAD("{'now':'800'}", "'800'", WRONG_TYPE, "/charge"),
    BAD("'reference_id':'r-1'", "'reference_id':7", WRONG_TYPE, "/reference_id"),
    BAD("'steps'", "'stepz'", MISSING_KEY, "/steps"),
    FINE("'reference_id':'r-1'", "'reference_id':null"),
    FINE("'dialect':'draft',", ""),
    FINE("'dialect':'draft',", "'note':{'$bind':1},"),
};

/* Steps: what they are, and what they depend on. */
static const change steps[] = {
    BAD("'id':'charge',", "", MISSING_KEY, "/steps/0/id"),
    BAD("'id':'charge'", "'id':''", BAD_VALUE, "/steps/0/id"),
    BAD("'id':'charge'", "'id':'a/b'", BAD_VALUE, "/steps/0/id"),
    BAD("'id':'charge'", "'id':7", WRONG_TYPE, "/steps/0/id"),
    BAD("'id':'claim'", "'id':'find'", DUPLICATE_ID, "/steps/2/id"),
    BAD("'changeset'", "'change_set'", BAD_VALUE, "/steps/0/channel"),
    BAD("'channel':'changeset',", "", MISSING_KEY, "/steps/0/channel"),
    BAD("'irreversible':true", "'irreversible':1", WRONG_TYPE, "/steps/0/irreversible"),
    BAD("'irreversible':true,", "", MISSING_KEY, "/steps/0/irreversible"),
    BAD("'if_stopped':'unknown'", "'if_stopped':'lost'", BAD_VALUE, "/steps/0/if_stopped"),
    BAD("'if_stopped':'unknown',", "", MISSING_KEY, "/steps/0/if_stopped"),
    BAD("'compensation'", "'main'", BAD_VALUE, "/steps/9/lane"),
    BAD("'depends_on':[],", "", MISSING_KEY, "/steps/0/depends_on"),
    BAD("['charge']", "'charge'", WRONG_TYPE, "/steps/1/depends_on"),
    BAD("['charge']", "['charge',0]", WRONG_TYPE, "/steps/1/depends_on/1"),
    BAD("['charge']", "['chrage']", UNKNOWN_STEP, "/steps/1/depends_on/0"),
    BAD("['charge']", "['find']", UNKNOWN_STEP, "/steps/1/depends_on/0"),
    BAD("['charge']", "['claim']", UNKNOWN_STEP, "/steps/1/depends_on/0"),
    BAD("['charge']", "['charge','charge']", DUPLICATE_ID, "/steps/1/depends_on/1"),
    BAD("'lane':'compensation','depends_on':[]", "'lane':'compensation','depends_on':['verify']",
        UNKNOWN_STEP, "/steps/9/depends_on/0"),
};

/* What each channel has. */
static const change channels[] = {
    BAD("'changes':", "'chnages':", UNKNOWN_KEY, "/steps/0/chnages"),
    BAD("'changes':[{'type':'add_variant','variantId':201}],", "", MISSING_KEY, "/steps/0/changes"),
    BAD("[{'type':'add_variant','variantId':201}]", "[]", BAD_COUNT, "/steps/0/changes"),
    BAD("[{'type':'add_variant','variantId':201}]", "[{},1]", WRONG_TYPE, "/steps/0/changes/1"),
    BAD("'variantId':201", "'variantId':{'$host':'run_id'}", UNKNOWN_KEY,
        "/steps/0/changes/0/variantId/$host"),
    BAD("'expect':{'lines':['800']}", "'expect':{'lines':[{'$bind':'find/order_id'}]}", UNKNOWN_KEY,
        "/steps/0/expect/lines/0/$bind"),
    BAD("'buyer_consent':false,", "", MISSING_KEY, "/steps/0/buyer_consent"),
    BAD("'expect':{'lines':['800']},", "", MISSING_KEY, "/steps/0/expect"),
    BAD("'idempotency_key':'k-1',", "", MISSING_KEY, "/steps/0/idempotency_key"),
    BAD("'k-1'", "null", WRONG_TYPE, "/steps/0/idempotency_key"),
    BAD("'k-1'", "''", BAD_VALUE, "/steps/0/idempotency_key"),
    BAD("'expires_after_seconds':300", "'expires_after_seconds':0", OUT_OF_RANGE,
        "/steps/0/expires_after_seconds"),
    BAD("'expires_after_seconds':300", "'expires_after_seconds':1.5", WRONG_TYPE,
        "/steps/0/expires_after_seconds"),
    BAD("'expires_after_seconds':300", "'expires_after_seconds':99999999999999999999",
        INTEGER_RANGE, "/steps/0/expires_after_seconds"),
    BAD("'operation':'metafieldsSet'", "'operation':''", BAD_VALUE, "/steps/2/operation"),
    BAD("'operation':'metafieldsSet',", "", MISSING_KEY, "/steps/2/operation"),
    BAD("'document':'mutation','variables':", "'variables':", MISSING_KEY, "/steps/2/document"),
    BAD("'errors':'/m/userErrors'", "'errors':'m/userErrors'", BAD_POINTER, "/steps/2/errors"),
    BAD("'errors':'/m/userErrors'", "'errors':null", WRONG_TYPE, "/steps/2/errors"),
    BAD("'variables':{'contractId':{'$bind':'contract/id'}}", "'variables':[]", WRONG_TYPE,
        "/steps/5/variables"),
    BAD("'contract','channel':'wait'", "'contract','idempotency_key':'k','channel':'wait'",
        UNKNOWN_KEY, "/steps/4/idempotency_key"),
    BAD("'poll':{'operation':'orders'", "'pull':{'operation':'orders'", UNKNOWN_KEY,
        "/steps/1/pull"),
    BAD("'every_seconds':30", "'every_second':30", UNKNOWN_KEY, "/steps/4/poll/every_second"),
    BAD("'every_seconds':30", "'every_seconds':86401", OUT_OF_RANGE, "/steps/4/poll/every_seconds"),
    BAD(",'every_seconds':30", "", MISSING_KEY, "/steps/4/poll/every_seconds"),
    BAD("'timeout_seconds':60", "'timeout_seconds':'60'", WRONG_TYPE, "/steps/4/timeout_seconds"),
    BAD(",'timeout_seconds':60", "", MISSING_KEY, "/steps/4/timeout_seconds"),
    BAD("['orders/create']", "'orders/create'", WRONG_TYPE, "/steps/1/webhooks"),
    BAD("['orders/create']", "['a',1]", WRONG_TYPE, "/steps/1/webhooks/1"),
    BAD("['orders/create']", "['a','']", BAD_VALUE, "/steps/1/webhooks/1"),
    BAD("{'topic':'contracts/create',", "{", MISSING_KEY, "/steps/4/webhooks/0/topic"),
    BAD("{'topic':'contracts/create',", "{'topic':'t','when':1,", UNKNOWN_KEY,
        "/steps/4/webhooks/0/when"),
    BAD("'webhooks':[{'topic':'contracts/create','where':{'/order_id'",
        "'webhooks':[{'topic':'t','where':{'order_id'", BAD_POINTER,
        "/steps/4/webhooks/0/where/order_id"),
    BAD("'until':[],", "", MISSING_KEY, "/steps/4/until"),
    BAD("'channel':'wait','depends_on':['read'],'irreversible':false",
        "'channel':'wait','depends_on':['read'],'irreversible':true", UNSAFE_REPEAT,
        "/steps/4/irreversible"),
    FINE("'webhooks':['orders/create'],", ""),
    FINE("'webhooks':['orders/create']", "'webhooks':[]"),
    FINE("'variables':{'draftId':{'$bind':'open/draft_id'}},", ""),
};

/* Rows by themselves, and where they lead. */
static const change rows[] = {
    BAD("'on':[{'when':'no_answer','do':'retry','max':5,",
        "'on':[7,{'when':'x','do':'retry','max':5,", WRONG_TYPE, "/steps/2/on/0"),
    BAD("'on':[{'when':'timeout'", "'on':{},'off':[{'when':'timeout'", UNKNOWN_KEY, "/steps/1/off"),
    BAD("'do':'stop','state':'not_charged'", "'do':'halt'", BAD_VALUE, "/steps/0/on/0/do"),
    BAD("'do':'stop','state':'not_charged'", "'state':'not_charged'", MISSING_KEY,
        "/steps/0/on/0/do"),
    BAD("'do':'stop','state':'not_charged'", "'do':'stop'", MISSING_KEY, "/steps/0/on/0/state"),
    BAD("'do':'stop','state':'not_charged'", "'do':'stop','state':'charged'", BAD_VALUE,
        "/steps/0/on/0/state"),
    BAD("'do':'stop','state':'not_charged'", "'do':'stop','max':1,'state':'unknown'", UNKNOWN_KEY,
        "/steps/0/on/0/max"),
    BAD("{'when':'no_answer','do':'next'}", "{'when':'no_answer','do':'next','step':'find'}",
        UNKNOWN_KEY, "/steps/0/on/2/step"),
    BAD("{'when':'no_answer','do':'next'}", "{'do':'next'}", MISSING_KEY, "/steps/0/on/2/when"),
    BAD("{'when':'no_answer','do':'next'}", "{'when':'','do':'next'}", BAD_VALUE,
        "/steps/0/on/2/when"),
    BAD("'max':3,", "", MISSING_KEY, "/steps/0/on/1/max"),
    BAD("'max':3", "'max':0", OUT_OF_RANGE, "/steps/0/on/1/max"),
    BAD("'max':3", "'max':1001", OUT_OF_RANGE, "/steps/0/on/1/max"),
    BAD("'wait_seconds':2", "'wait_seconds':-1", OUT_OF_RANGE, "/steps/0/on/1/wait_seconds"),
    BAD("'wait_seconds':2", "'wait_seconds':86401", OUT_OF_RANGE, "/steps/0/on/1/wait_seconds"),
    BAD("'max':4}", "'step':'x'}", DUPLICATE_KEY, "/steps/8/on/0/step"),
    BAD("'do':'restart_from','step':'verify','max':4", "'do':'restart_from','step':'verify'",
        MISSING_KEY, "/steps/8/on/0/max"),
    BAD("'do':'skip_to','step':'verify'", "'do':'skip_to'", MISSING_KEY, "/steps/5/on/0/step"),
    BAD("'do':'skip_to','step':'verify'", "'do':'skip_to','step':8", WRONG_TYPE,
        "/steps/5/on/0/step"),
    BAD("'do':'skip_to','step':'verify'", "'do':'skip_to','step':'verfiy'", UNKNOWN_STEP,
        "/steps/5/on/0/step"),
    BAD("'do':'skip_to','step':'verify'", "'do':'skip_to','step':'open'", UNKNOWN_STEP,
        "/steps/5/on/0/step"),
    BAD("'do':'skip_to','step':'verify'", "'do':'skip_to','step':'read'", UNKNOWN_STEP,
        "/steps/5/on/0/step"),
    BAD("'do':'skip_to','step':'verify'", "'do':'skip_to','step':'undo'", UNKNOWN_STEP,
        "/steps/5/on/0/step"),
    BAD("'restart_from','step':'verify'", "'restart_from','step':'undo'", UNKNOWN_STEP,
        "/steps/8/on/0/step"),
    BAD("{'when':'other','do':'next'}", "{'when':'x','do':'restart_from','step':'read','max':1}",
        UNKNOWN_STEP, "/steps/2/on/1/step"),
    BAD("'compensate','step':'undo','state':'unpaid_line'", "'compensate','step':'undo'",
        MISSING_KEY, "/steps/3/on/0/state"),
    BAD("'compensate','step':'undo'", "'compensate','step':'verify'", UNKNOWN_STEP,
        "/steps/3/on/0/step"),
    BAD("'output':{'edit_id':'/b/id'}",
        "'on':[{'when':'x','do':'compensate','step':'undo_end','state':'unknown'}]", BAD_VALUE,
        "/steps/9/on/0/do"),
    BAD("'undo_end','channel':'admin_graphql','lane':'compensation','depends_on':[]",
        "'undo_end','channel':'admin_graphql','lane':'compensation','depends_on':['undo']",
        UNKNOWN_STEP, "/steps/3/on/1/step"),
    FINE("'max':3", "'max':1000"),
    FINE(",'wait_seconds':2", ""),
    FINE("{'when':'other','do':'next'}", "{'when':'that never comes','do':'next'}"),
    FINE("'do':'skip_to','step':'verify'", "'do':'skip_to','step':'commit'"),
};

/* What could happen twice. */
static const change repeats[] = {
    BAD("{'when':'throttled','do':'retry','max':9", "{'when':'no_answer','do':'retry','max':9",
        UNSAFE_REPEAT, "/steps/7/on/0/do"),
    BAD("'restart_from','step':'verify'", "'restart_from','step':'commit'", UNSAFE_REPEAT,
        "/steps/8/on/0/step"),
    BAD("'restart_from','step':'verify'", "'restart_from','step':'open'", UNSAFE_REPEAT,
        "/steps/8/on/0/step"),
    BAD("{'when':'no_answer','do':'next'}]},{'id':'verify'",
        "{'when':'x','do':'restart_from','step':'add','max':1}]},{'id':'verify'", UNSAFE_REPEAT,
        "/steps/7/on/1/step"),
    /* with a key, or none of it done yet */
    FINE("'operation':'commit','document':'mutation',",
         "'operation':'commit','document':'mutation','idempotency_key':'k-3',"),
    FINE("{'when':'other','do':'next'}", "{'when':'x','do':'restart_from','step':'find','max':1}"),
    FINE("{'when':'other','do':'next'}",
         "{'when':'x','do':'restart_from','step':'charge','max':1}"),
};

/* Tests and outputs. */
static const change conditions[] = {
    BAD("'name':'found',", "", MISSING_KEY, "/steps/1/until/0/name"),
    BAD("'name':'found'", "'name':'not found'", BAD_VALUE, "/steps/1/until/0/name"),
    BAD("'name':'cancelled'", "'name':'timeout'", BAD_VALUE, "/steps/4/checks/0/name"),
    BAD("'name':'cancelled'", "'name':'ok'", BAD_VALUE, "/steps/4/checks/0/name"),
    BAD("'at':'/status',", "", MISSING_KEY, "/steps/4/checks/0/at"),
    BAD("'at':'/status'", "'at':'status'", BAD_POINTER, "/steps/4/checks/0/at"),
    BAD("'at':'/status'", "'at':'/sta~2tus'", BAD_POINTER, "/steps/4/checks/0/at"),
    BAD("'op':'eq'", "'op':'='", BAD_VALUE, "/steps/4/checks/0/op"),
    BAD("'op':'eq',", "", MISSING_KEY, "/steps/4/checks/0/op"),
    BAD(",'value':'CANCELLED'", "", MISSING_KEY, "/steps/4/checks/0/value"),
    BAD("'op':'eq'", "'op':'present'", UNKNOWN_KEY, "/steps/4/checks/0/value"),
    BAD("'value':'CANCELLED'", "'value':'C','valeu':1", UNKNOWN_KEY, "/steps/4/checks/0/valeu"),
    BAD("'value':'CANCELLED'", "'where':{}", BAD_VALUE, "/steps/4/checks/0/op"),
    BAD("'value':'1.0'", "'value':'one'", BAD_VALUE, "/steps/2/checks/1/value"),
    BAD("'value':'1.0'", "'value':1e2", BAD_VALUE, "/steps/2/checks/1/value"),
    BAD("{'name':'unpaid'", "5,{'name':'unpaid'", WRONG_TYPE, "/steps/3/checks/0"),
    BAD("'where':{'/paid':false}", "'where':['/paid']", WRONG_TYPE, "/steps/3/checks/0/where"),
    BAD("'where':{'/paid':false}", "'where':{'paid':false}", BAD_POINTER,
        "/steps/3/checks/0/where/paid"),
    BAD("'where':{'/paid':false}", "'where':{'/a/~':false}", BAD_POINTER,
        "/steps/3/checks/0/where/~1a~1~0"),
    BAD("{'not_in':['l-1']}", "{'not_in':'l-1'}", WRONG_TYPE,
        "/steps/3/output/line_id/where/~1id/not_in"),
    BAD("{'not_in':['l-1']}", "{'not_in':[],'contains':1}", UNKNOWN_KEY,
        "/steps/3/output/line_id/where/~1id/contains"),
    BAD("{'not_in':['l-1']}", "{'in':1,'not_in':[]}", UNKNOWN_KEY,
        "/steps/3/output/line_id/where/~1id/in"),
    BAD("'output':{'edit_id':", "'output':{'edit id':", BAD_VALUE, "/steps/9/output/edit id"),
    BAD("'/b/id'", "'b/id'", BAD_POINTER, "/steps/9/output/edit_id"),
    BAD("'/b/id'", "['/b/id']", WRONG_TYPE, "/steps/9/output/edit_id"),
    BAD("{'edit_id':'/b/id'}", "['/b/id']", WRONG_TYPE, "/steps/9/output"),
    BAD("'/b/id'", "{'where':{},'take':''}", MISSING_KEY, "/steps/9/output/edit_id/at"),
    BAD("'/b/id'", "{'at':'/b','take':'/id'}", MISSING_KEY, "/steps/9/output/edit_id/where"),
    BAD("'/b/id'", "{'at':'/b','where':{},'take':'id'}", BAD_POINTER,
        "/steps/9/output/edit_id/take"),
    BAD("'/b/id'", "{'at':'/b','where':{},'all':1}", WRONG_TYPE, "/steps/9/output/edit_id/all"),
    BAD("'/b/id'", "{'at':'/b','where':{},'first':true}", UNKNOWN_KEY,
        "/steps/9/output/edit_id/first"),
    FINE("'/b/id'", "{'at':'','where':{},'all':false}"),
    FINE("'value':'1.0'", "'value':-3.50"),
    FINE("'value':'1.0'", "'value':{'$bind':'find/order_id'}"),
    FINE("{'not_in':['l-1']}", "{'not_in':{'$bind':'find/nodes'}}"),
    FINE("'where':{'/paid':false}", "'where':{'':{'amount':'1','currency':'JPY'},'/b':null}"),
};

/* Values that are filled in. */
static const change values[] = {
    BAD("{'$host':'run_id'}}", "{'$host':'time'}}", BAD_VALUE, "/steps/2/variables/value/$host"),
    BAD("{'$host':'run_id'}}", "{'$host':1}}", WRONG_TYPE, "/steps/2/variables/value/$host"),
    BAD("{'$host':'run_id'}}", "{'$hots':'run_id'}}", UNKNOWN_KEY,
        "/steps/2/variables/value/$hots"),
    BAD("{'$host':'run_id'}}", "{'$host':'run_id','a':1}}", UNKNOWN_KEY,
        "/steps/2/variables/value/a"),
    BAD("{'$host':'run_id'}}", "{'a':1,'$host':'run_id'}}", UNKNOWN_KEY,
        "/steps/2/variables/value/a"),
    BAD("{'$host':'run_id'}}", "[0,[{'$item':'/id'}]]}", BAD_VALUE,
        "/steps/2/variables/value/1/0/$item"),
    BAD("{'$bind':'contract/id'}},'output'", "{'$bind':7}},'output'", WRONG_TYPE,
        "/steps/5/variables/contractId/$bind"),
    BAD("{'$bind':'contract/id'}},'output'", "{'$bind':'contract'}},'output'", BAD_VALUE,
        "/steps/5/variables/contractId/$bind"),
    BAD("{'$item':'/id'}", "{'$item':'id'}", BAD_POINTER,
        "/steps/6/variables/lines/$map/each/id/$item"),
    BAD("{'$item':'/parts'}", "{'$bind':'read/old'}", BAD_VALUE,
        "/steps/6/variables/lines/$map/each/parts/$map/from"),
    BAD("'from':'read/old'", "'from':{'$item':''}", BAD_VALUE,
        "/steps/6/variables/lines/$map/from/$item"),
    BAD("'from':'read/old'", "'from':1", WRONG_TYPE, "/steps/6/variables/lines/$map/from"),
    BAD("'from':'read/old',", "", MISSING_KEY, "/steps/6/variables/lines/$map/from"),
    BAD("'from':'read/old'", "'form':'read/old'", UNKNOWN_KEY,
        "/steps/6/variables/lines/$map/form"),
    BAD(",'each':{'$item':''}", "", MISSING_KEY,
        "/steps/6/variables/lines/$map/each/parts/$map/each"),
    BAD("'append':[{'id':{'$bind':'read/line_id'}}]", "'append':{}", WRONG_TYPE,
        "/steps/6/variables/lines/$map/append"),
    BAD("{'$bind':'read/line_id'}", "{'$item':'/id'}", BAD_VALUE,
        "/steps/6/variables/lines/$map/append/0/id/$item"),
    BAD("{'$map':{'from':'read/old'", "{'$map':[],'$mop':{'from':'read/old'", UNKNOWN_KEY,
        "/steps/6/variables/lines/$mop"),
    FINE("'each':{'$item':''}", "'each':{'$item':''},'append':[{'$item':'/id'}]"),
    FINE("'each':{'$item':''}", "'each':{'a':[],'b':{'$bind':'open/draft_id'}}"),
};

/* Bindings to what is not there, or not on every road. */
static const change bindings[] = {
    BAD("{'$bind':'contract/id'}},'output'", "{'$bind':'contact/id'}},'output'", UNKNOWN_STEP,
        "/steps/5/variables/contractId/$bind"),
    BAD("{'$bind':'contract/id'}},'output'", "{'$bind':'contract/ids'}},'output'", UNBOUND,
        "/steps/5/variables/contractId/$bind"),
    BAD("{'$bind':'contract/id'}},'output'", "{'$bind':'charge/id'}},'output'", UNBOUND,
        "/steps/5/variables/contractId/$bind"),
    BAD("{'$bind':'contract/id'}},'output'", "{'$bind':'open/draft_id'}},'output'", UNBOUND,
        "/steps/5/variables/contractId/$bind"),
    BAD("{'$bind':'contract/id'}},'output'", "{'$bind':'add/count'}},'output'", UNBOUND,
        "/steps/5/variables/contractId/$bind"),
    BAD("{'$bind':'contract/id'}},'output'", "{'$bind':'undo/edit_id'}},'output'", UNBOUND,
        "/steps/5/variables/contractId/$bind"),
    BAD("'q':'token:r-1'", "'q':{'$bind':'read/line_id'}", UNBOUND,
        "/steps/1/poll/variables/q/$bind"),
    BAD("'where':{'/token':'r-1'}}]", "'where':{'/token':{'$bind':'read/line_id'}}}]", UNBOUND,
        "/steps/1/until/0/where/~1token/$bind"),
    BAD("'from':'read/old'", "'from':'read/young'", UNBOUND, "/steps/6/variables/lines/$map/from"),
    BAD("'value':'CANCELLED'", "'value':{'$bind':'open/draft_id'}", UNBOUND,
        "/steps/4/checks/0/value/$bind"),
    BAD("{'/order_id':{'$bind':'find/order_id'}}", "{'/order_id':{'$bind':'contract/id'}}", UNBOUND,
        "/steps/4/webhooks/0/where/~1order_id/$bind"),
    BAD("{'not_in':['l-1']}", "{'not_in':['l-1',{'$bind':'find/order'}]}", UNBOUND,
        "/steps/3/output/line_id/where/~1id/not_in/1/$bind"),
    BAD("{'contains':{'key':'x'}}", "{'contains':{'key':{'$bind':'read/line_id'}}}", UNBOUND,
        "/steps/3/output/old/where/~1tags/contains/key/$bind"),
    /* timeout leads on without outputs */
    BAD("{'when':'timeout','do':'stop','state':'unknown'}", "{'when':'timeout','do':'next'}",
        UNBOUND, "/steps/2/variables/ownerId/$bind"),
    /* so do a failed check of a wait, and an error */
    BAD("'timeout_seconds':60", "'timeout_seconds':60,'on':[{'when':'cancelled','do':'next'}]",
        UNBOUND, "/steps/5/variables/contractId/$bind"),
    BAD("{'when':'added','do':'skip_to','step':'verify'}", "{'when':'no_answer','do':'next'}",
        UNBOUND, "/steps/6/variables/draftId/$bind"),
    BAD("{'when':'added','do':'skip_to','step':'verify'}",
        "{'when':'graphql_error','do':'skip_to','step':'add'}", UNBOUND,
        "/steps/6/variables/draftId/$bind"),
    /* a jump leaves out what it passes over, not what it starts from */
    BAD("{'id':{'$bind':'contract/id'}},'on'", "{'id':{'$bind':'add/count'}},'on'", UNBOUND,
        "/steps/8/variables/id/$bind"),
    FINE("{'id':{'$bind':'contract/id'}},'on'", "{'id':{'$bind':'open/draft_id'}},'on'"),
    BAD("{'when':'other','do':'next'}", "{'when':'other','do':'skip_to','step':'contract'}",
        UNBOUND, "/steps/6/variables/lines/$map/from"),
    /* a row that stops in the end lets nothing pass, one that is spent does */
    FINE("'timeout_seconds':60",
         "'timeout_seconds':60,'on':[{'when':'cancelled','do':'stop','state':'unknown'},"
         "{'when':'cancelled','do':'next'}]"),
    BAD("'timeout_seconds':60",
        "'timeout_seconds':60,'on':[{'when':'cancelled','do':'retry','max':1},"
        "{'when':'cancelled','do':'next'}]",
        UNBOUND, "/steps/5/variables/contractId/$bind"),
    /* results that cannot come */
    FINE("'timeout_seconds':60", "'timeout_seconds':60,'on':[{'when':'throttled','do':'next'}]"),
    FINE("{'when':'added','do':'skip_to','step':'verify'}", "{'when':'TAKEN','do':'next'}"),
    /* the lane of compensation: only what every road to it has done */
    BAD("'id':{'$bind':'find/order_id'}},'output':{'edit_id'",
        "'id':{'$bind':'read/line_id'}},'output':{'edit_id'", UNBOUND,
        "/steps/9/variables/id/$bind"),
    BAD("'id':{'$bind':'find/order_id'}},'idempotency_key'",
        "'id':{'$bind':'undo/edit_id'}},'idempotency_key'", UNBOUND,
        "/steps/10/variables/id/$bind"),
    FINE("{'when':'other','do':'next'}",
         "{'when':'other','do':'compensate','step':'undo','state':'unknown'}"),
    BAD("{'when':'timeout','do':'stop','state':'unknown'}",
        "{'when':'timeout','do':'compensate','step':'undo_end','state':'unknown'}", UNBOUND,
        "/steps/10/variables/id/$bind"),
    BAD("{'when':'timeout','do':'stop','state':'unknown'}",
        "{'when':'timeout','do':'compensate','step':'undo','state':'unknown'}", UNBOUND,
        "/steps/9/variables/id/$bind"),
};

/* Two branches, one of which restarts from before both. */
static const char *const branches[] = {
    "{'format':'upsell.plan/1','plan_id':'p','steps':[",
    "{'id':'start','channel':'admin_graphql','depends_on':[],'irreversible':false,"
    "'if_stopped':'unknown','operation':'o','document':'d','output':{'x':'/x'}},",
    "{'id':'a','channel':'admin_graphql','depends_on':['start'],'irreversible':true,"
    "'idempotency_key':'k','if_stopped':'unknown','operation':'o','document':'d',"
    "'variables':{'a':{'$bind':'start/x'}},'on':[]},",
    "{'id':'b','channel':'admin_graphql','depends_on':['start'],'irreversible':false,"
    "'if_stopped':'unknown','operation':'o','document':'d','output':{'y':'/y'},"
    "'on':[{'when':'no_answer','do':'restart_from','step':'start','max':2}]},",
    "{'id':'end','channel':'admin_graphql','depends_on':['a','b'],'irreversible':false,"
    "'if_stopped':'unknown','operation':'o','document':'d','variables':{'y':{'$bind':'b/y'}}},",
    "{'id':'undo','channel':'admin_graphql','lane':'compensation','depends_on':[],"
    "'irreversible':false,'if_stopped':'unknown','operation':'o','document':'d',"
    "'variables':{'y':{'$bind':'b/y'}}}]}",
    NULL};

static const change branch_changes[] = {
    BAD("'idempotency_key':'k',", "", UNSAFE_REPEAT, "/steps/2/on/0/step"),
    BAD("'on':[]", "'on':[{'when':'x','do':'compensate','step':'undo','state':'unknown'}]",
        UNSAFE_REPEAT, "/steps/2/on/0/step"),
    /* the other branch may not have come as far */
    BAD("{'$bind':'start/x'}", "{'$bind':'b/y'}", UNBOUND, "/steps/1/variables/a/$bind"),
    BAD("{'when':'no_answer','do':'restart_from','step':'start','max':2}",
        "{'when':'no_answer','do':'compensate','step':'undo','state':'unknown'}", UNBOUND,
        "/steps/4/variables/y/$bind"),
    /* nothing leads to the lane, so that nothing is missing there */
    FINE("'irreversible':true,", "'irreversible':false,"),
    FINE("'step':'start','max':2", "'step':'b','max':2"),
    FINE("'lane':'compensation','depends_on':[]", "'depends_on':['end']"),
};

/* A jump over a step that a restart brings back. */
static const char *const jumps[] = {
    "{'format':'upsell.plan/1','plan_id':'p','steps':[",
    "{'id':'look','channel':'admin_graphql','depends_on':[],'irreversible':false,"
    "'if_stopped':'unknown','operation':'o','document':'d','output':{'x':'/x'},"
    "'on':[{'when':'graphql_error','do':'skip_to','step':'end'}]},",
    "{'id':'act','channel':'admin_graphql','depends_on':['look'],'irreversible':false,"
    "'if_stopped':'unknown','operation':'o','document':'d','variables':{'x':{'$bind':'look/x'}},"
    "'on':[{'when':'no_answer','do':'restart_from','step':'act','max':2}]},",
    "{'id':'end','channel':'admin_graphql','depends_on':['act'],'irreversible':false,"
    "'if_stopped':'unknown','operation':'o','document':'d',"
    "'on':[{'when':'no_answer','do':'restart_from','step':'end','max':2}]}]}",
    NULL};

static const change jump_changes[] = {
    BAD("'restart_from','step':'end'", "'restart_from','step':'act'", UNBOUND,
        "/steps/1/variables/x/$bind"),
    FINE("'restart_from','step':'end'", "'restart_from','step':'look'"),
    BAD("'skip_to','step':'end'", "'skip_to','step':'act'", UNBOUND, "/steps/1/variables/x/$bind"),
    FINE("'graphql_error'", "'no_match'"),
};

typedef struct table {
  const char *const *plan;
  const change *changes;
  size_t count;
} table;

#define TABLE(plan, changes)                                                                       \
  {                                                                                                \
    (plan), (changes), COUNT_OF(changes)                                                           \
  }

static const table tables[] = {
    TABLE(good_plan, headers),  TABLE(good_plan, steps),    TABLE(good_plan, channels),
    TABLE(good_plan, rows),     TABLE(good_plan, repeats),  TABLE(good_plan, conditions),
    TABLE(good_plan, values),   TABLE(good_plan, bindings), TABLE(branches, branch_changes),
    TABLE(jumps, jump_changes),
};

static int is_sentence(const char *message)
{
  size_t len = strlen(message);

  return len > 10 && message[len - 1] == '.';
}

static void try_change(const char *const *plan, const change *c)
{
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_str text = changed_plan(plan, c->from, c->to);
  upsell__program program;
  upsell_status status = read_plan(text, &program, &error);

  ck_assert_msg(status == c->code && strcmp(error.pointer, c->pointer) == 0,
                "%s -> %s: %s at %s, not %s at %s", c->from, c->to, upsell_status_name(status),
                error.pointer, upsell_status_name(c->code), c->pointer);
  if (status)
    ck_assert_msg(is_sentence(error.message), "%s", error.message);
  if (status)
    ck_assert_ptr_null(program.steps);
  upsell__program_free(&program);
  free((char *)text.data);
}

START_TEST(test_changes)
{
  size_t i;

  for (i = 0; i < tables[_i].count; i++)
    try_change(tables[_i].plan, &tables[_i].changes[i]);
}
END_TEST

/* ---- counts ---- */

static void write_step(upsell__buffer *text, size_t number)
{
  if (number)
    UPSELL__APPEND(text, ",");
  UPSELL__APPEND(text, "{\"id\":\"s");
  upsell__buffer_append_uint(text, number);
  UPSELL__APPEND(text,
                 "\",\"channel\":\"admin_graphql\",\"irreversible\":false,"
                 "\"if_stopped\":\"unknown\",\"operation\":\"o\",\"document\":\"d\","
                 "\"output\":{\"o\":\"/o\"},\"depends_on\":[");
  if (number) {
    UPSELL__APPEND(text, "\"s");
    upsell__buffer_append_uint(text, number - 1);
    UPSELL__APPEND(text, "\"],\"variables\":{\"v\":{\"$bind\":\"s");
    upsell__buffer_append_uint(text, number - 1);
    UPSELL__APPEND(text, "/o\"}}}");
  } else {
    UPSELL__APPEND(text, "]}");
  }
}

/* A plan of `count` steps, each of which binds to the one before. */
static void write_long_plan(upsell__buffer *text, size_t count)
{
  size_t i;

  UPSELL__APPEND(text, "{\"format\":\"upsell.plan/1\",\"plan_id\":\"p\",\"steps\":[");
  for (i = 0; i < count; i++)
    write_step(text, i);
  UPSELL__APPEND(text, "]}");
}

START_TEST(test_step_counts)
{
  static const size_t counts[] = {0, 1, 2, 1000, 1001};
  size_t i;

  for (i = 0; i < COUNT_OF(counts); i++) {
    upsell_error error = UPSELL_ERROR_INIT;
    upsell__buffer text = {0};
    upsell__program program;
    int fits = counts[i] >= 1 && counts[i] <= 1000;
    write_long_plan(&text, counts[i]);
    ck_assert_int_eq(read_plan((upsell_str){text.data, text.len}, &program, &error),
                     fits ? UPSELL_OK : UPSELL_BAD_COUNT);
    ck_assert_str_eq(error.pointer, fits ? "" : "/steps");
    ck_assert_uint_eq(program.step_count, fits ? counts[i] : 0);
    upsell__program_free(&program);
    upsell__buffer_free(&text);
  }
}
END_TEST

/* A list of a step: how many entries it may have, and where it says so. */
typedef struct list_case {
  const char *before;
  const char *entry; /* with its number */
  const char *after;
  size_t most;
  const char *pointer;
} list_case;

#define STEP_OF(channel)                                                                           \
  "{'format':'upsell.plan/1','plan_id':'p','steps':[{'id':'s','channel':'" channel                 \
  "','irreversible':false,'if_stopped':'unknown',"
#define CALL STEP_OF("admin_graphql") "'depends_on':[],'operation':'o','document':'d',"
#define WAIT                                                                                       \
  STEP_OF("wait")                                                                                  \
  "'depends_on':[],'poll':{'operation':'o','document':'d','every_seconds':5},"                     \
  "'timeout_seconds':60,"
#define TEST "{'name':'t%zu','at':'/a','op':'present'}"

static const list_case lists[] = {
    {CALL "'on':[", "{'when':'w%zu','do':'next'}", "]}]}", 1000, "/steps/0/on"},
    {CALL "'checks':[", TEST, "]}]}", 1000, "/steps/0/checks"},
    {CALL "'output':{", "'o%zu':'/a'", "}}]}", 1000, "/steps/0/output"},
    {WAIT "'until':[", TEST, "]}]}", 1000, "/steps/0/until"},
    {WAIT "'until':[],'webhooks':[", "'t%zu'", "]}]}", 1000, "/steps/0/webhooks"},
    {STEP_OF("admin_graphql") "'operation':'o','document':'d','depends_on':[", "'s%zu'", "]}]}", 0,
     "/steps/0/depends_on"},
    {CALL "'checks':[{'name':'t','at':'/a','op':'null','where':{", "'/w%zu':1", "}}]}]}", 100,
     "/steps/0/checks/0/where"},
    {CALL "'output':{'o':{'at':'/a','where':{", "'/w%zu':1", "}}}}]}", 100,
     "/steps/0/output/o/where"},
    {WAIT "'until':[],'webhooks':[{'topic':'t','where':{", "'/w%zu':1", "}}]}]}", 100,
     "/steps/0/webhooks/0/where"},
};

static upsell_status read_list(const list_case *c, size_t count, upsell_error *error)
{
  char *text = malloc(strlen(c->before) + count * (strlen(c->entry) + 20) + 20);
  upsell__program program;
  upsell_status status;
  char *p;
  size_t i;

  strcpy(text, c->before);
  p = text + strlen(text);
  for (i = 0; i < count; i++) {
    if (i)
      *p++ = ',';
    p += sprintf(p, c->entry, i);
  }
  strcpy(p, c->after);
  for (p = text; *p; p++) {
    if (*p == '\'')
      *p = '"';
  }
  status = read_plan(upsell_str_of(text), &program, error);
  upsell__program_free(&program);
  free(text);
  return status;
}

START_TEST(test_list_counts)
{
  const list_case *c = &lists[_i];
  upsell_error error = UPSELL_ERROR_INIT;
  size_t too_many = c->most ? c->most + 1 : 1001; /* there are no 1000 steps before another */

  ck_assert_msg(read_list(c, c->most, &error) == UPSELL_OK, "%s: %s", error.pointer, error.message);
  ck_assert_int_eq(read_list(c, too_many, &error), UPSELL_BAD_COUNT);
  ck_assert_str_eq(error.pointer, c->pointer);
}
END_TEST

/* A text full of faults is put away at the first one. */
START_TEST(test_many_faults)
{
  static const list_case faults = {CALL, "'key-%zu':0", "}]}", 0, NULL};
  upsell_error error = UPSELL_ERROR_INIT;

  ck_assert_int_eq(read_list(&faults, 300000, &error), UPSELL_UNKNOWN_KEY);
  ck_assert_str_eq(error.pointer, "/steps/0/key-0");
}
END_TEST

START_TEST(test_nothing)
{
  upsell__sink sink = {UPSELL_OK, NULL, NULL, 0};
  upsell__program program;

  ck_assert_int_eq(upsell__program_read(NULL, 0, &program, &sink), UPSELL_JSON_SYNTAX);
  upsell__program_free(&program);
}
END_TEST

/* ---- damaged texts ---- */

static void try_damaged(upsell_str text)
{
  upsell_error error = UPSELL_ERROR_INIT;
  upsell__program program;
  upsell_status status = read_plan(text, &program, &error);

  if (status && (error.code != status || !is_sentence(error.message) ||
                 !upsell__utf8_clean(upsell_str_of(error.message)) ||
                 !upsell__utf8_clean(upsell_str_of(error.pointer)) ||
                 (error.pointer[0] != '\0' && error.pointer[0] != '/')))
    ck_abort_msg("%d at %s: %s", error.code, error.pointer, error.message);
  upsell__program_free(&program);
}

START_TEST(test_cut)
{
  upsell_str text = plan_text(good_plan);
  upsell_str part = {text.data, 0};

  for (; part.len < text.len; part.len++)
    try_damaged(part);
  free((char *)text.data);
}
END_TEST

/* Bytes changed, dropped, and parts copied to other places. */
START_TEST(test_damaged)
{
  static const char bytes[] = "\0 \"$'+,-./0159:[]\\_aceiklnorstu{}~\x80\xC3\xFF";
  upsell_str text = plan_text(good_plan);
  char *damaged = malloc(text.len);
  upsell_str part = {damaged, 0};
  uint64_t state = 7;
  int round;

  for (round = 0; round < 20000; round++) {
    uint32_t at = random_below(&state, (uint32_t)text.len - 64);
    uint32_t from = random_below(&state, (uint32_t)text.len - 64);
    part.len = text.len;
    memcpy(damaged, text.data, text.len);
    switch (random_below(&state, 3)) {
    case 0:
      damaged[at] = bytes[random_below(&state, sizeof(bytes) - 1)];
      break;
    case 1:
      memmove(damaged + at, damaged + at + 1, --part.len - at);
      break;
    default:
      memcpy(damaged + at, text.data + from, 1 + random_below(&state, 64));
      break;
    }
    try_damaged(part);
  }
  free(damaged);
  free((char *)text.data);
}
END_TEST

/* Words of the plan exchanged: the text stays JSON, and mostly a plan. */
START_TEST(test_exchanged)
{
  static const char *const words[] = {"'charge'",
                                      "'find'",
                                      "'claim'",
                                      "'read'",
                                      "'contract'",
                                      "'open'",
                                      "'add'",
                                      "'commit'",
                                      "'verify'",
                                      "'undo'",
                                      "'undo_end'",
                                      "'next'",
                                      "'retry'",
                                      "'skip_to'",
                                      "'stop'",
                                      "'restart_from'",
                                      "'$bind'",
                                      "'$item'",
                                      "'$map'",
                                      "'$host'",
                                      "'from'",
                                      "'each'",
                                      "'append'",
                                      "'where'",
                                      "'value'",
                                      "'op'",
                                      "'present'",
                                      "'eq'",
                                      "'not_in'",
                                      "'contains'",
                                      "'contract/id'",
                                      "'open/draft_id'",
                                      "'read/old'",
                                      "'find/order_id'",
                                      "[]",
                                      "{}",
                                      "''",
                                      "7"};
  uint64_t state = 11;
  int round;

  for (round = 0; round < 20000; round++) {
    const char *from = words[random_below(&state, COUNT_OF(words) - 4)];
    upsell_str text = changed_plan(good_plan, from, words[random_below(&state, COUNT_OF(words))]);
    try_damaged(text);
    free((char *)text.data);
  }
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("program");
  TCase *plans = tcase_create("good");
  TCase *refused = tcase_create("refused");
  TCase *damaged = tcase_create("damaged");

  tcase_add_checked_fixture(plans, set_up, tear_down);
  tcase_add_test(plans, test_changeset);
  tcase_add_test(plans, test_rows);
  tcase_add_test(plans, test_wait);
  tcase_add_test(plans, test_outputs_and_checks);
  tcase_add_test(plans, test_dependence);
  suite_add_tcase(suite, plans);
  tcase_add_loop_test(refused, test_changes, 0, COUNT_OF(tables));
  tcase_add_test(refused, test_step_counts);
  tcase_add_loop_test(refused, test_list_counts, 0, COUNT_OF(lists));
  tcase_add_test(refused, test_many_faults);
  tcase_add_test(refused, test_nothing);
  suite_add_tcase(suite, refused);
  tcase_set_timeout(damaged, 120);
  tcase_add_test(damaged, test_cut);
  tcase_add_test(damaged, test_damaged);
  tcase_add_test(damaged, test_exchanged);
  suite_add_tcase(suite, damaged);
  return check_main(suite);
}
