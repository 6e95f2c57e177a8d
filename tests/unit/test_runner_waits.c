/* SPDX-License-Identifier: MIT */
/* Waiting: polls, deadlines and webhooks (RUN-8). */
#include "../support/check_main.h"
#include "run_script.h"

#define UNTIL ",'until':[{'name':'found','at':'/v','op':'present'}]"
#define NOT_YET "{'data':{'v':null}}"
#define FOUND "{'data':{'v':1}}"
#define FIND(more) PLAN2(WAIT("find", "", UNTIL more), CALL("next", "'find'", ""))

START_TEST(test_polls)
{
  static const turn turns[] = {{"start 100", "send find"},
                               {"answer find 101 " NOT_YET, "wait 110"},
                               {"tick 109", "wait 110"},
                               {"tick 110", "send find"},
                               {"tick 110", "pending find"},
                               {"answer find 111 " NOT_YET, "wait 120"},
                               {"tick 127", "send find"},
                               {"answer find 128 " FOUND, "send next"},
                               {"answer next 129 {'data':{}}", "completed"},
                               {NULL, NULL}};

  play(FIND(""), turns);
}
END_TEST

/* An answer that takes longer than the interval is followed by a poll at once. */
START_TEST(test_slow_answer)
{
  static const turn turns[] = {{"start 100", "send find"},
                               {"answer find 115 " NOT_YET, "send find"},
                               {"answer find 116 " NOT_YET, "wait 125"},
                               {NULL, NULL}};

  play(FIND(""), turns);
}
END_TEST

/* No answer, a busy platform, a host that could not send: the next poll comes. */
START_TEST(test_polls_again)
{
  static const turn turns[] = {{"start 100", "send find"},
                               {"lost find 101", "wait 110"},
                               {"tick 110", "send find"},
                               {"answer/429 find 111", "wait 120"},
                               {"tick 120", "send find"},
                               {"unsent find 121", "wait 130"},
                               {"tick 130", "send find"},
                               {"answer/503 find 131 {}", "wait 140"},
                               {"tick 140", "send find"},
                               {"resume 141", "wait 150"},
                               {"resume 155", "send find"},
                               {"answer find 156 " FOUND, "send next"},
                               {NULL, NULL}};

  play(FIND(ON("{'when':'no_answer','do':'stop','state':'unknown'},"
               "{'when':'throttled','do':'stop','state':'unknown'}")),
       turns);
}
END_TEST

/* The last poll is made at the deadline, whatever the interval says. */
START_TEST(test_timeout)
{
  static const turn turns[] = {{"start 103", "send find"},
                               {"answer find 104 " NOT_YET, "wait 113"},
                               {"tick 158", "send find"},
                               {"answer find 159 " NOT_YET, "wait 163"},
                               {"tick 163", "send find"},
                               {"answer find 164 " NOT_YET, "stopped find:timeout:unpaid_line"},
                               {NULL, NULL}};

  play(FIND(ON("{'when':'timeout','do':'stop','state':'unpaid_line'}")), turns);
}
END_TEST

/* A host that slept through the deadline polls once more before it gives up. */
START_TEST(test_last_poll_finds_it)
{
  static const turn turns[] = {{"start 100", "send find"},
                               {"answer find 101 " NOT_YET, "wait 110"},
                               {"tick 5000", "send find"},
                               {"answer find 5001 " FOUND, "send next"},
                               {NULL, NULL}};

  play(FIND(""), turns);
}
END_TEST

/* A poll that was under way when time ran out may have read too early. */
START_TEST(test_poll_across_the_deadline)
{
  static const turn turns[] = {{"start 100", "send find"},
                               {"answer find 170 " NOT_YET, "send find"},
                               {"answer find 171 " NOT_YET, "stopped find:timeout:unknown"},
                               {NULL, NULL}};

  play(FIND(""), turns);
}
END_TEST

/* Only an answer shows that time ran out in vain. */
START_TEST(test_last_poll_is_lost)
{
  static const turn turns[] = {{"start 100", "send find"},
                               {"lost find 101", "wait 110"},
                               {"tick 160", "send find"},
                               {"lost find 161", "wait 170"},
                               {"tick 170", "send find"},
                               {"answer/429 find 171", "wait 180"},
                               {"tick 180", "send find"},
                               {"answer find 181 " NOT_YET, "stopped find:timeout:unknown"},
                               {NULL, NULL}};

  play(FIND(""), turns);
}
END_TEST

/* A row may ask for one poll more. */
START_TEST(test_retry_of_a_wait)
{
  static const turn turns[] = {{"start 100", "send find"},
                               {"answer find 160 " NOT_YET, "send find"},
                               {"answer find 161 " NOT_YET, "wait 191"},
                               {"tick 191", "send find"},
                               {"answer find 192 " NOT_YET, "stopped find:timeout:unknown"},
                               {NULL, NULL}};

  play(FIND(ON("{'when':'timeout','do':'retry','max':1,'wait_seconds':30}")), turns);
}
END_TEST

/* The deadline counts from when the wait begins, and a restart sets a new one. */
START_TEST(test_deadline)
{
  static const turn turns[] = {{"start 100", "send first"},
                               {"answer first 200 {'data':{}}", "send find"},
                               {"answer find 201 " FOUND, "send next"},
                               {"answer next 300 {'data':{'e':[{'code':'GONE'}]}}", "send find"},
                               {NULL, NULL}};
  script s;

  script_begin(&s, PLAN3(CALL("first", "", ""), WAIT("find", "'first'", UNTIL),
                         CALL("next", "'find'",
                              ",'errors':'/e'" ON(
                                  "{'when':'GONE','do':'restart_from','step':'find','max':1}"))));
  script_do(&s, turns[0].event);
  script_do(&s, turns[1].event);
  expect_in_journal(&s, "'find':{'status':'sent','due_at':200,'deadline':260,'sends':1}");
  script_do(&s, turns[2].event);
  expect_not_in_journal(&s, "'deadline'");
  ck_assert_str_eq(script_do(&s, turns[3].event), turns[3].expected);
  expect_in_journal(&s, "'find':{'status':'sent','due_at':300,'deadline':360,'sends':2}");
  script_end(&s);
}
END_TEST

/* ---- what ends a wait ---- */

#define LIST_OUTPUT ",'output':{'id':{'at':'/list','where':{'/k':1},'take':'/id'}}"

typedef struct poll {
  const char *more; /* of the wait */
  const char *body;
  const char *expected;
} poll;

static const poll polls[] = {
    /* until: all must hold */
    {UNTIL, FOUND, "send next"},
    {",'until':[{'name':'a','at':'/v','op':'present'},{'name':'b','at':'/w','op':'eq','value':2}]",
     "{'data':{'v':1,'w':3}}", "wait 110"},
    {",'until':[{'name':'a','at':'/v','op':'present'},{'name':'b','at':'/w','op':'eq','value':2}]",
     "{'data':{'v':1,'w':'2.0'}}", "send next"},
    /* errors end it */
    {UNTIL, "{'errors':[{'message':'?'}]}", "stopped find:graphql_error:unknown"},
    {UNTIL, "{'errors':[{'extensions':{'code':'THROTTLED'}}]}", "wait 110"},
    {UNTIL, "{'errors':[{'extensions':{'code':'INTERNAL_SERVER_ERROR'}}]}", "wait 110"},
    /* checks come before until */
    {UNTIL ",'checks':[{'name':'cancelled','at':'/c','op':'present'}]", "{'data':{'v':1,'c':true}}",
     "stopped find:cancelled:unknown"},
    {UNTIL ",'checks':[{'name':'cancelled','at':'/c','op':'present'}]",
     "{'data':{'v':null,'c':true}}", "stopped find:cancelled:unknown"},
    {UNTIL ",'checks':[{'name':'cancelled','at':'/c','op':'present'}]", "{'data':{'v':1,'c':null}}",
     "send next"},
    /* outputs are taken last */
    {UNTIL ",'output':{'id':'/v'}", NOT_YET, "wait 110"},
    {UNTIL ",'output':{'id':'/w'}", FOUND, "stopped find:missing_output:unknown"},
    {UNTIL LIST_OUTPUT, "{'data':{'v':1,'list':[{'k':1,'id':'x'}]}}", "send next"},
    {UNTIL LIST_OUTPUT, "{'data':{'v':1,'list':[{'k':2,'id':'x'}]}}", "wait 110"},
    {UNTIL LIST_OUTPUT, "{'data':{'v':1,'list':null}}", "wait 110"},
    {UNTIL LIST_OUTPUT, "{'data':{'v':1,'list':[{'k':1,'id':'x'},{'k':1,'id':'y'}]}}",
     "stopped find:ambiguous:unknown"},
};

START_TEST(test_end)
{
  const poll *p = &polls[_i];
  char plan[2048];
  char event[512];
  turn turns[] = {{"start 100", "send find"}, {event, p->expected}, {NULL, NULL}};

  snprintf(plan, sizeof(plan), PLAN2(WAIT("find", "", "%s"), CALL("next", "'find'", "")), p->more);
  snprintf(event, sizeof(event), "answer find 101 %s", p->body);
  play(plan, turns);
}
END_TEST

START_TEST(test_output_of_a_wait)
{
  static const turn turns[] = {
      {"start 100", "send find"},
      {"answer find 101 {'data':{'v':1,'list':[{'k':1,'id':'x'}]}}", "send next"},
      {NULL, NULL}};
  script s;

  script_begin(&s, FIND(LIST_OUTPUT));
  play_on(&s, turns);
  expect_in_journal(&s, "'result':'ok','outputs':{'id':'x'}");
  script_end(&s);
}
END_TEST

/* ---- webhooks ---- */

#define HOOKS                                                                                      \
  UNTIL                                                                                            \
  ",'webhooks':['orders/paid',{'topic':'contracts/create','where':{'/order':{'$bind':"             \
  "'first/order'}}}]"
#define HOOKED PLAN2(CALL("first", "", ",'output':{'order':'/id'}"), WAIT("find", "'first'", HOOKS))

/* A webhook makes the next poll due now, no more: it proves nothing. */
START_TEST(test_webhooks)
{
  static const turn turns[] = {
      {"start 100", "send first"},
      {"hook orders/paid 100 {}", "pending first"},
      {"answer first 101 {'data':{'id':'o-1'}}", "send find"},
      {"hook orders/paid 102 {}", "pending find"},
      {"answer find 103 " NOT_YET, "wait 111 orders/paid contracts/create"},
      {"hook orders/edited 104 {}", "wait 111 orders/paid contracts/create"},
      {"hook contracts/create 104 {'order':'o-2'}", "wait 111 orders/paid contracts/create"},
      {"hook contracts/create 104", "wait 111 orders/paid contracts/create"},
      {"hook contracts/create 105 {'order':'o-1'}", "send find"},
      {"answer find 106 " NOT_YET, "wait 115 orders/paid contracts/create"},
      {"hook orders/paid 107", "send find"},
      {"answer find 108 " FOUND, "completed"},
      {"hook orders/paid 109 {}", "completed"},
      {NULL, NULL}};

  play(HOOKED, turns);
}
END_TEST

/* One that comes while something else is in flight is not lost. */
START_TEST(test_webhook_in_between)
{
  static const turn turns[] = {{"start 100", "send find"},
                               {"answer find 101 " NOT_YET, "send other"},
                               {"hook orders/paid 102 {}", "pending other"},
                               {"answer other 103 {'data':{}}", "send find"},
                               {NULL, NULL}};

  play(PLAN2(WAIT("find", "", UNTIL ",'webhooks':['orders/paid']"), CALL("other", "", "")), turns);
}
END_TEST

/* It is a change of its own. */
START_TEST(test_webhook_is_recorded)
{
  static const turn turns[] = {{"start 100", "send find"},
                               {"answer find 101 " NOT_YET, "send other"},
                               {"hook orders/paid 102 {}", "pending other"},
                               {NULL, NULL}};
  script s;

  script_begin(&s,
               PLAN2(WAIT("find", "", UNTIL ",'webhooks':['orders/paid']"), CALL("other", "", "")));
  play_on(&s, turns);
  expect_in_journal(&s, "'revision':3,'started_at':100,'now':102,");
  expect_in_journal(&s, "'find':{'status':'due','due_at':102,");
  script_end(&s);
}
END_TEST

/* A poll that is due already is not made more due: the journal stays the same. */
START_TEST(test_webhook_too_late)
{
  static const turn turns[] = {
      {"start 100", "send find"}, {"answer find 101 " NOT_YET, "send other"}, {NULL, NULL}};
  script s;
  char *stored;

  script_begin(&s,
               PLAN2(WAIT("find", "", UNTIL ",'webhooks':['orders/paid']"), CALL("other", "", "")));
  play_on(&s, turns);
  stored = strdup(s.journal);
  ck_assert_str_eq(script_do(&s, "hook orders/paid 115 {}"), "pending other");
  ck_assert_str_eq(s.journal, stored);
  free(stored);
  script_end(&s);
}
END_TEST

/* Each topic is listed once, however many wait for it; those of other waits are not. */
START_TEST(test_topics)
{
  static const turn over[] = {{"start 100", "send a"},
                              {"answer a 101 " FOUND, "send b"},
                              {"answer b 102 " NOT_YET, "wait 111 t/2 t/3"},
                              {NULL, NULL}};
  static const turn turns[] = {{"start 100", "send a"},
                               {"answer a 101 " NOT_YET, "send b"},
                               {"answer b 102 " NOT_YET, "wait 110 t/1 t/2 t/3"},
                               {NULL, NULL}};

  play(PLAN2(WAIT("a", "", UNTIL ",'webhooks':['t/1','t/2','t/1']"),
             WAIT("b", "", UNTIL ",'webhooks':['t/2','t/3']")),
       turns);
  play(PLAN3(WAIT("a", "", UNTIL ",'webhooks':['t/1','t/2']"),
             WAIT("b", "'a'", UNTIL ",'webhooks':['t/2','t/3']"),
             WAIT("c", "'b'", UNTIL ",'webhooks':['t/4']")),
       over);
}
END_TEST

/* ---- the clock ---- */

/* A clock that goes back changes nothing that was decided. */
START_TEST(test_clock_goes_back)
{
  static const turn turns[] = {
      {"start 100", "send find"}, {"answer find 101 " NOT_YET, "wait 110"}, {"tick 50", "wait 110"},
      {"tick 110", "send find"},  {"answer find 20 " NOT_YET, "wait 120"},  {NULL, NULL}};
  script s;

  script_begin(&s, FIND(""));
  play_on(&s, turns);
  expect_in_journal(&s, "'started_at':100,'now':110,");
  script_end(&s);
}
END_TEST

START_TEST(test_action)
{
  char *expected = quoted(
      "{'do':'send','step':'find','channel':'admin_graphql','operation':'find',"
      "'document':'query find','variables':{},'idempotency_key':null}");
  char *waiting = quoted("{'do':'wait','until':110,'webhooks':[]}");
  const upsell_progress_view *view;
  script s;

  script_begin(&s, FIND(""));
  view = upsell_progress_get(s.progress);
  script_do(&s, "start 100");
  ck_assert_str_eq(view->action.data, expected);
  ck_assert_str_eq(view->operation.data, "find");
  ck_assert_str_eq(view->document.data, "query find");
  ck_assert_ptr_null(view->idempotency_key.data);
  script_do(&s, "answer find 101 " NOT_YET);
  ck_assert_str_eq(view->action.data, waiting);
  ck_assert_int_eq(view->wait_until, 110);
  script_end(&s);
  free(expected);
  free(waiting);
}
END_TEST

/* Hosts without a JSON parser read the topics from the view. */
START_TEST(test_topics_of_the_view)
{
  static char plan[8192];
  const upsell_progress_view *view;
  char expected[16];
  char topics[2048] = "";
  script s;
  size_t i;

  for (i = 0; i < 50; i++)
    sprintf(topics + strlen(topics), "%s't%02d'", i ? "," : "", (int)i);
  snprintf(plan, sizeof(plan),
           PLAN2(WAIT("find", "", ",'webhooks':['t40','t00',%s,'t41'],'until':[]"),
                 WAIT("look", "", ",'webhooks':['t49','new'],'until':[]")),
           topics);
  script_begin(&s, plan);
  view = upsell_progress_get(s.progress);
  script_do(&s, "start 100");
  ck_assert_uint_eq(view->webhook_count, 0);
  script_do(&s, "lost find 101");
  ck_assert_uint_eq(view->webhook_count, 0);
  script_do(&s, "lost look 102");
  ck_assert_int_eq(view->kind, UPSELL_ACTION_WAIT);
  ck_assert_uint_eq(view->webhook_count, 51);
  ck_assert_str_eq(view->webhooks[0].data, "t40");
  for (i = 0; i < 49; i++) {
    snprintf(expected, sizeof(expected), "t%02d", (int)(i < 40 ? i : i + 1));
    ck_assert_str_eq(view->webhooks[i + 1].data, expected);
    ck_assert_uint_eq(view->webhooks[i + 1].len, 3);
  }
  ck_assert_str_eq(view->webhooks[50].data, "new");
  script_end(&s);
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("runner_waits");
  TCase *waits = tcase_create("waits");
  TCase *webhooks = tcase_create("webhooks");

  tcase_add_test(waits, test_polls);
  tcase_add_test(waits, test_slow_answer);
  tcase_add_test(waits, test_polls_again);
  tcase_add_test(waits, test_timeout);
  tcase_add_test(waits, test_last_poll_finds_it);
  tcase_add_test(waits, test_poll_across_the_deadline);
  tcase_add_test(waits, test_last_poll_is_lost);
  tcase_add_test(waits, test_retry_of_a_wait);
  tcase_add_test(waits, test_deadline);
  tcase_add_loop_test(waits, test_end, 0, COUNT_OF(polls));
  tcase_add_test(waits, test_output_of_a_wait);
  tcase_add_test(waits, test_clock_goes_back);
  tcase_add_test(waits, test_action);
  suite_add_tcase(suite, waits);
  tcase_add_test(webhooks, test_webhooks);
  tcase_add_test(webhooks, test_webhook_in_between);
  tcase_add_test(webhooks, test_webhook_is_recorded);
  tcase_add_test(webhooks, test_webhook_too_late);
  tcase_add_test(webhooks, test_topics);
  tcase_add_test(webhooks, test_topics_of_the_view);
  suite_add_tcase(suite, webhooks);
  return check_main(suite);
}
