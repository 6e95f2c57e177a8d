/* SPDX-License-Identifier: MIT */
/* Charging in the buyer's page: results, expiry, and what a lost answer leaves open
 * (RUN-6, RUN-7). */
#include "../support/check_main.h"
#include "run_script.h"

#define STATUS(status, codes) "{'status':'" status "','errors':[" codes "]}"
#define CODE(code) "{'code':'" code "','message':'?'}"
#define ROWS                                                                                       \
  ON("{'when':'unprocessed/insufficient_inventory','do':'stop','state':'not_charged'},"            \
     "{'when':'expired','do':'stop','state':'not_charged'},"                                       \
     "{'when':'no_answer','do':'retry','max':3,'wait_seconds':2},"                                 \
     "{'when':'no_answer','do':'next'},{'when':'changeset_already_applied','do':'next'},"          \
     "{'when':'partially_processed','do':'next'},{'when':'processed','do':'next'}")
#define PURCHASE PLAN2(CHARGE(ROWS), CALL("read", "'charge'", ""))

/* An answer to the first sending, and what comes of it. */
typedef struct result {
  const char *body;
  const char *expected;
} result;

static const result results[] = {
    {STATUS("processed", ""), "send read"},
    {"{'status':'processed'}", "send read"},
    {"{'status':'processed','errors':null}", "send read"},
    {STATUS("partially_processed", CODE("payment_required")), "send read"},
    {STATUS("unprocessed", CODE("changeset_already_applied")), "send read"},
    {STATUS("unprocessed", CODE("insufficient_inventory")),
     "stopped charge:unprocessed/insufficient_inventory:not_charged"},
    {STATUS("unprocessed", CODE("else") "," CODE("insufficient_inventory")),
     "stopped charge:unprocessed/else:not_charged"},
    {STATUS("unprocessed", CODE("order_released")),
     "stopped charge:unprocessed/order_released:unknown"},
    {STATUS("unprocessed", ""), "stopped charge:unprocessed:unknown"},
    /* a code must not pass for a result of another kind */
    {STATUS("unprocessed", CODE("processed")), "stopped charge:unprocessed:unknown"},
    {STATUS("unprocessed", "{},7,{'code':7}"), "stopped charge:unprocessed:unknown"},
    /* nobody knows */
    {STATUS("sent", ""), "wait 103"},
    {"{'errors':[]}", "wait 103"},
    {"{'data':{}}", "wait 103"},
    {"[]", "wait 103"},
    {"7", "wait 103"},
};

START_TEST(test_results)
{
  const result *r = &results[_i];
  char event[512];
  turn turns[] = {{"start 100", "send charge"}, {event, r->expected}, {NULL, NULL}};

  snprintf(event, sizeof(event), "answer charge 101 %s", r->body);
  play(PURCHASE, turns);
}
END_TEST

/* Its rows decide alone: without one, even a success stops. */
START_TEST(test_no_row)
{
  static const turn turns[] = {
      {"start 100", "send charge"},
      {"answer charge 101 " STATUS("processed", ""), "stopped charge:processed:unknown"},
      {NULL, NULL}};

  play(PLAN1(CHARGE("")), turns);
}
END_TEST

/* Rows decide in their own order, not in that of the codes. */
START_TEST(test_rows_before_codes)
{
  static const turn turns[] = {{"start 100", "send charge"},
                               {"answer charge 101 " STATUS("unprocessed", CODE("a") "," CODE("b")),
                                "stopped charge:unprocessed/a:unpaid_line"},
                               {NULL, NULL}};

  play(PLAN1(CHARGE(ON("{'when':'b','do':'stop','state':'unpaid_line'},"
                       "{'when':'unprocessed/a','do':'next'}"))),
       turns);
}
END_TEST

START_TEST(test_not_sent)
{
  static const turn plain[] = {{"start 100", "send charge"},
                               {"unsent charge 101", "stopped charge:not_sent:unknown"},
                               {NULL, NULL}};
  static const turn reason[] = {
      {"start 100", "send charge"},
      {"unsent charge 101 price_differs", "stopped charge:price_differs:not_charged"},
      {NULL, NULL}};

  play(PURCHASE, plain);
  play(PLAN1(CHARGE(ON("{'when':'price_differs','do':'stop','state':'not_charged'}"))), reason);
}
END_TEST

/* A refusal after a sending without an answer says nothing about that sending. */
START_TEST(test_refusal_after_no_answer)
{
  static const char *const refusals[] = {
      "answer charge 104 " STATUS("unprocessed", CODE("insufficient_inventory")),
      "answer charge 104 " STATUS("unprocessed", ""),
      "answer charge 104 {'status':'odd'}",
      "unsent charge 104",
      "unsent charge 104 price_differs",
      "lost charge 104",
      "resume 104",
  };
  const turn turns[] = {{"start 100", "send charge"},
                        {"lost charge 101", "wait 103"},
                        {"tick 103", "send charge"},
                        {refusals[_i], "wait 106"},
                        {"tick 106", "send charge"},
                        {"lost charge 107", "wait 109"},
                        {"tick 109", "send charge"},
                        {"lost charge 110", "send read"},
                        {NULL, NULL}};
  script s;

  script_begin(&s, PURCHASE);
  play_on(&s, turns);
  expect_in_journal(&s, "'sends':4,'unanswered':true,'result':'no_answer','counts':{'2':3}");
  script_end(&s);
}
END_TEST

/* An error that a plan tries again after proves nothing; what was not sent does. */
START_TEST(test_refusal_after_an_error)
{
  static const turn error[] = {
      {"start 100", "send charge"},
      {"answer charge 101 " STATUS("unprocessed", CODE("server_error")), "send charge"},
      {"answer charge 102 " STATUS("unprocessed", CODE("full")),
       "stopped charge:no_answer:unknown"},
      {NULL, NULL}};
  static const turn unsent[] = {{"start 100", "send charge"},
                                {"unsent charge 101 busy", "send charge"},
                                {"answer charge 102 " STATUS("unprocessed", CODE("full")),
                                 "stopped charge:unprocessed/full:not_charged"},
                                {NULL, NULL}};
  const char *plan =
      PLAN1(CHARGE(ON("{'when':'server_error','do':'retry','max':1},"
                      "{'when':'busy','do':'retry','max':1},"
                      "{'when':'unprocessed/full','do':'stop','state':'not_charged'}")));

  play(plan, error);
  play(plan, unsent);
}
END_TEST

START_TEST(test_success_after_no_answer)
{
  static const char *const successes[] = {
      "answer charge 104 " STATUS("processed", ""),
      "answer charge 104 " STATUS("partially_processed", CODE("payment_required")),
      "answer charge 104 " STATUS("unprocessed", CODE("changeset_already_applied")),
  };
  const turn turns[] = {{"start 100", "send charge"},
                        {"lost charge 101", "wait 103"},
                        {"tick 103", "send charge"},
                        {successes[_i], "send read"},
                        {NULL, NULL}};
  script s;

  script_begin(&s, PURCHASE);
  play_on(&s, turns);
  expect_not_in_journal(&s, "'result':'no_answer'");
  script_end(&s);
}
END_TEST

/* ---- expiry ---- */

#define LATE                                                                                       \
  PLAN2(CALL("first", "", ON("{'when':'no_answer','do':'retry','max':9,'wait_seconds':400}")),     \
        CHARGE(ROWS))

/* While another step goes first, the offer runs out: nothing was sent. */
START_TEST(test_expires_unsent)
{
  static const turn turns[] = {
      {"start 100", "send first"},
      {"tick 399", "pending first"},
      {"answer first 400 {'data':{}}", "stopped charge:expired:not_charged"},
      {NULL, NULL}};
  static const turn in_time[] = {
      {"start 100", "send first"}, {"answer first 399 {'data':{}}", "send charge"}, {NULL, NULL}};

  play(LATE, turns);
  play(LATE, in_time);
}
END_TEST

/* A retry that waits longer than the offer lasts ends with the offer. */
START_TEST(test_expires_before_retry)
{
  static const turn turns[] = {{"start 100", "send charge"},
                               {"unsent charge 101 page_closed", "wait 400"},
                               {"tick 399", "wait 400"},
                               {"tick 400", "stopped charge:expired:not_charged"},
                               {NULL, NULL}};

  play(PLAN1(CHARGE(ON("{'when':'page_closed','do':'retry','max':9,'wait_seconds':900},"
                       "{'when':'expired','do':'stop','state':'not_charged'}"))),
       turns);
}
END_TEST

/* What was sent without an answer is not sent again after the offer, and has not
 * expired either: the fallback counts. */
START_TEST(test_expires_unanswered)
{
  static const turn late_loss[] = {
      {"start 100", "send charge"}, {"lost charge 400", "send read"}, {NULL, NULL}};
  static const turn late_tick[] = {{"start 100", "send charge"},
                                   {"lost charge 399", "wait 400"},
                                   {"tick 401", "send read"},
                                   {NULL, NULL}};

  script s;

  script_begin(&s, PURCHASE);
  play_on(&s, late_loss);
  expect_in_journal(&s, "'sends':1,'unanswered':true,'result':'no_answer',");
  script_end(&s);
  play(PURCHASE, late_tick);
}
END_TEST

/* An answer counts whenever it comes. */
START_TEST(test_late_answer)
{
  static const turn turns[] = {{"start 100", "send charge"},
                               {"tick 900", "pending charge"},
                               {"answer charge 900 " STATUS("processed", ""), "send read"},
                               {NULL, NULL}};

  play(PURCHASE, turns);
}
END_TEST

/* A row cannot send it again after its time, not even from the start. */
START_TEST(test_no_restart_after_expiry)
{
  static const turn turns[] = {{"start 100", "send charge"},
                               {"unsent charge 101 busy", "send charge"},
                               {"unsent charge 400 busy", "stopped charge:busy:unknown"},
                               {NULL, NULL}};

  play(PLAN1(CHARGE(ON("{'when':'busy','do':'restart_from','step':'charge','max':9}"))), turns);
}
END_TEST

/* An offer that was let pass unsent is still only that when it comes up again. */
START_TEST(test_restart_of_an_unsent_charge)
{
  static const turn turns[] = {{"start 100", "send first"},
                               {"answer first 400 {'data':{}}", "send read"},
                               {"answer read 401 {'data':{'e':[{'code':'GONE'}]}}", "send read"},
                               {"answer read 402 {'data':{'e':[]}}", "completed"},
                               {NULL, NULL}};
  script s;

  script_begin(&s, PLAN3(CALL("first", "", ""), CHARGE(ON("{'when':'expired','do':'next'}")),
                         CALL("read", "'charge'",
                              ",'errors':'/e'" ON("{'when':'GONE','do':'restart_from','step':"
                                                  "'charge','max':1}"))));
  play_on(&s, turns);
  expect_in_journal(&s, "'charge':{'status':'done','deadline':400,'sends':0,'result':'expired'}");
  script_end(&s);
}
END_TEST

/* Even one that has not come up yet, while a step beside it starts again. */
START_TEST(test_restart_before_a_charge)
{
  static const turn before[] = {
      {"start 100", "send first"},
      {"answer first 101 {'data':{}}", "send beside"},
      {"answer beside 102 {'data':{'e':[{'code':'GONE'}]}}", "send first"},
      {NULL, NULL}};
  static const turn after[] = {{"answer first 300 {'data':{}}", "send beside"},
                               {"answer beside 301 {'data':{'e':[]}}", "send charge"},
                               {"unsent charge 302 page_closed", "send first"},
                               {NULL, NULL}};
  script s;

  script_begin(&s,
               PLAN3(CALL("first", "", ""),
                     CALL("beside", "'first'",
                          ",'errors':'/e'" ON("{'when':'GONE','do':'restart_from','step':"
                                              "'first','max':1}")),
                     "{'id':'charge','channel':'changeset','depends_on':['first'],"
                     "'irreversible':true,'if_stopped':'unknown','changes':[{}],"
                     "'buyer_consent':false,'expect':{},'idempotency_key':'k',"
                     "'expires_after_seconds':300" ON(
                         "{'when':'page_closed','do':'restart_from','step':'first','max':1}") "}"));
  play_on(&s, before);
  expect_in_journal(&s, "'charge':{'deadline':401,'sends':0}");
  play_on(&s, after);
  expect_in_journal(&s, "'charge':{'deadline':401,'sends':1,'counts':{'0':1},'frozen'");
  script_end(&s);
}
END_TEST

/* The offer's end is that of the run: a restart does not move it, and what was charged
 * may be charged. */
START_TEST(test_restart_keeps_deadline)
{
  static const turn turns[] = {
      {"start 100", "send charge"},
      {"answer charge 101 " STATUS("processed", ""), "send read"},
      {"answer read 390 {'data':{'e':[{'code':'GONE'}]}}", "send charge"},
      {"answer charge 391 " STATUS("unprocessed", CODE("insufficient_inventory")), "wait 393"},
      {"tick 393", "send charge"},
      {"lost charge 400", "send read"},
      {NULL, NULL}};

  play(
      PLAN2(CHARGE(ROWS), CALL("read", "'charge'",
                               ",'errors':'/e'" ON(
                                   "{'when':'GONE','do':'restart_from','step':'charge','max':1}"))),
      turns);
}
END_TEST

/* ---- the action ---- */

START_TEST(test_action)
{
  char *expected = quoted(
      "{'do':'send','step':'charge','channel':'changeset','changes':[{'type':'add_variant'}]"
      ",'buyer_consent':false,'expect':{'lines':['800']},'idempotency_key':'key-1',"
      "'expires_at':400}");
  char *changes = quoted("[{'type':'add_variant'}]");
  const upsell_progress_view *view;
  script s;

  script_begin(&s, PURCHASE);
  script_do(&s, "start 100");
  view = upsell_progress_get(s.progress);
  ck_assert_str_eq(view->action.data, expected);
  ck_assert_str_eq(view->variables.data, changes);
  ck_assert_str_eq(view->channel.data, "changeset");
  ck_assert_str_eq(view->idempotency_key.data, "key-1");
  ck_assert_ptr_null(view->operation.data);
  ck_assert_ptr_null(view->document.data);
  ck_assert_int_eq(view->wait_until, 0);
  ck_assert_int_eq(view->expires_at, 400);
  ck_assert_int_eq(view->revision, 1);
  ck_assert_int_eq(view->buyer_consent, 0);
  ck_assert_str_eq(view->expect.data, "{\"lines\":[\"800\"]}");
  ck_assert_uint_eq(view->expect.len, strlen(view->expect.data));
  ck_assert_ptr_null(view->webhooks);
  ck_assert_uint_eq(view->webhook_count, 0);
  ck_assert_int_eq(view->outcome, UPSELL_RUN_OPEN);
  script_end(&s);
  free(expected);
  free(changes);
}
END_TEST

/* The buyer's consent, as the plan says. */
START_TEST(test_consent)
{
  script s;

  script_begin(&s,
               "{'format':'upsell.plan/1','plan_id':'p-1','steps':[{'id':'c','channel':"
               "'changeset','depends_on':[],'irreversible':true,'if_stopped':'unknown',"
               "'changes':[{}],'buyer_consent':true,'expect':{},'idempotency_key':'k',"
               "'expires_after_seconds':300}]}");
  script_do(&s, "start 100");
  ck_assert_int_eq(upsell_progress_get(s.progress)->buyer_consent, 1);
  ck_assert_str_eq(upsell_progress_get(s.progress)->expect.data, "{}");
  script_do(&s, "answer c 101 {'status':'processed'}");
  ck_assert_int_eq(upsell_progress_get(s.progress)->buyer_consent, 0);
  ck_assert_int_eq(upsell_progress_get(s.progress)->expires_at, 0);
  ck_assert_int_eq(upsell_progress_get(s.progress)->revision, 2);
  ck_assert_ptr_null(upsell_progress_get(s.progress)->expect.data);
  script_end(&s);
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("runner_charge");
  TCase *charge = tcase_create("charge");
  TCase *expiry = tcase_create("expiry");

  tcase_add_loop_test(charge, test_results, 0, COUNT_OF(results));
  tcase_add_test(charge, test_no_row);
  tcase_add_test(charge, test_rows_before_codes);
  tcase_add_test(charge, test_not_sent);
  tcase_add_loop_test(charge, test_refusal_after_no_answer, 0, 7);
  tcase_add_test(charge, test_refusal_after_an_error);
  tcase_add_loop_test(charge, test_success_after_no_answer, 0, 3);
  tcase_add_test(charge, test_action);
  tcase_add_test(charge, test_consent);
  suite_add_tcase(suite, charge);
  tcase_add_test(expiry, test_expires_unsent);
  tcase_add_test(expiry, test_expires_before_retry);
  tcase_add_test(expiry, test_expires_unanswered);
  tcase_add_test(expiry, test_late_answer);
  tcase_add_test(expiry, test_no_restart_after_expiry);
  tcase_add_test(expiry, test_restart_of_an_unsent_charge);
  tcase_add_test(expiry, test_restart_before_a_charge);
  tcase_add_test(expiry, test_restart_keeps_deadline);
  suite_add_tcase(suite, expiry);
  return check_main(suite);
}
