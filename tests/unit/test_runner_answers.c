/* SPDX-License-Identifier: MIT */
/* From the answer to a call to its result, by precedence; the bytes that are sent
 * (RUN-4, RUN-6). */
#include "../support/check_main.h"
#include "run_script.h"

#define ERROR(code) "{'message':'?','extensions':{'code':'" code "'}}"

/* A call with everything that can give it a result. */
#define STEP                                                                                       \
  CALL("a", "",                                                                                    \
       ",'output':{'id':'/p/id','one':{'at':'/list','where':{'/k':1},'take':'/v'}},"               \
       "'errors':'/p/userErrors','checks':[{'name':'first','at':'/c','op':'eq','value':1},"        \
       "{'name':'second','at':'/c','op':'ge','value':1}]" ON(                                      \
           "{'when':'ok','do':'stop','state':'unknown'}"))

#define GOOD "'p':{'id':'x','userErrors':[]},'list':[{'k':1,'v':5}]"

typedef struct answer {
  const char *event; /* without step and time */
  const char *body;
  const char *result;
} answer;

static const answer answers[] = {
    {"answer", "{'data':{" GOOD "}}", "ok"},
    {"answer/200", "{'data':{" GOOD "}}", "ok"},
    {"answer", "{'data':{" GOOD "},'extensions':{'cost':1}}", "ok"},
    {"answer", "{'data':{" GOOD "},'errors':[]}", "ok"},
    {"answer", "{'data':{" GOOD "},'errors':null}", "ok"},
    /* the HTTP status says it all */
    {"answer/429", "{'data':{" GOOD "}}", "throttled"},
    {"answer/429", "", "throttled"},
    {"answer/500", "{'data':{" GOOD "}}", "no_answer"},
    {"answer/599", "", "no_answer"},
    {"answer/400", "{'data':{" GOOD "}}", "graphql_error"},
    {"answer/403", "{'errors':'[API] forbidden'}", "graphql_error"},
    {"answer/404", "", "graphql_error"},
    {"answer/403", "{'errors':[" ERROR("INTERNAL_SERVER_ERROR") "]}", "graphql_error"},
    /* no answer at all */
    {"answer", "", "no_answer"},
    {"answer/200", "", "no_answer"},
    {"answer", "null", "no_answer"},
    {"answer", "[]", "no_answer"},
    {"answer", "'data'", "no_answer"},
    {"answer", "{}", "no_answer"},
    {"answer", "{'data':null}", "no_answer"},
    {"answer", "{'data':[]}", "no_answer"},
    {"answer", "{'errors':[]}", "no_answer"},
    /* errors of the whole call: the worst one counts */
    {"answer", "{'errors':[" ERROR("THROTTLED") "," ERROR("INTERNAL_SERVER_ERROR") "]}",
     "no_answer"},
    {"answer", "{'errors':[" ERROR("IDEMPOTENCY_CONCURRENT_REQUEST") "]}", "no_answer"},
    {"answer", "{'errors':[" ERROR("ACCESS_DENIED") "," ERROR("THROTTLED") "]}", "throttled"},
    {"answer", "{'errors':[" ERROR("ACCESS_DENIED") "]}", "graphql_error"},
    {"answer", "{'errors':[{'message':'?'}],'data':{" GOOD "}}", "graphql_error"},
    {"answer", "{'errors':[7,null]}", "graphql_error"},
    {"answer", "{'errors':'text'}", "graphql_error"},
    {"answer", "{'errors':{}}", "graphql_error"},
    /* userErrors: the first code, if it can be one */
    {"answer", "{'data':{'p':{'id':'x','userErrors':[{'code':'TAKEN'},{'code':'OTHER'}]}}}",
     "TAKEN"},
    {"answer", "{'data':{'p':{'id':null,'userErrors':[{'message':'?'}]}}}", "user_error"},
    {"answer", "{'data':{'p':{'id':null,'userErrors':[{'code':null}]}}}", "user_error"},
    {"answer", "{'data':{'p':{'id':null,'userErrors':[{'code':''}]}}}", "user_error"},
    {"answer", "{'data':{'p':{'id':null,'userErrors':[{'code':'a b'}]}}}", "user_error"},
    {"answer", "{'data':{'p':{'id':null,'userErrors':[7]}}}", "user_error"},
    {"answer", "{'data':{'p':{'id':null,'userErrors':[{'code':'ok'}]}}}", "user_error"},
    {"answer", "{'data':{'p':{'id':null,'userErrors':[{'code':'throttled'}]}}}", "user_error"},
    /* a payload without its list of errors was not seen to succeed */
    {"answer", "{'data':{'p':null}}", "missing_output"},
    {"answer", "{'data':{'p':{'id':'x','userErrors':null},'list':[{'k':1,'v':5}]}}",
     "missing_output"},
    {"answer", "{'data':{}}", "missing_output"},
    /* outputs before checks */
    {"answer", "{'data':{'p':{'id':null,'userErrors':[]},'list':[],'c':1}}", "missing_output"},
    {"answer", "{'data':{'p':{'id':'x','userErrors':[]},'list':[],'c':1}}", "no_match"},
    {"answer", "{'data':{'p':{'id':'x','userErrors':[]},'list':[{'k':1},{'k':1}],'c':1}}",
     "ambiguous"},
    {"answer", "{'data':{'p':{'id':'x','userErrors':[]},'list':[{'k':1}],'c':1}}",
     "missing_output"},
    /* the first check that holds */
    {"answer", "{'data':{" GOOD ",'c':'1.0'}}", "first"},
    {"answer", "{'data':{" GOOD ",'c':2}}", "second"},
    {"answer", "{'data':{" GOOD ",'c':0}}", "ok"},
    /* as a host tells it */
    {"lost", "", "no_answer"},
    {"unsent", "", "throttled"},
    {"unsent", "too_busy", "throttled"},
};

START_TEST(test_precedence)
{
  const answer *a = &answers[_i];
  char event[1024];
  char expected[128];
  turn turns[] = {{"start 100", "send a"}, {event, expected}, {NULL, NULL}};

  snprintf(event, sizeof(event), "%s a 101%s%s", a->event, *a->body ? " " : "", a->body);
  snprintf(expected, sizeof(expected), "stopped a:%s:unknown", a->result);
  play(PLAN1(STEP), turns);
}
END_TEST

/* A body that is no JSON is no answer. */
START_TEST(test_broken_body)
{
  static const char *const bodies[] = {
      "<html>", "{\"data\":{}", "{\"data\":{}} x", "\xff", "", "{\"data\":{\"a\":1,\"a\":2}}"};
  upsell_event event = {0};
  script s;

  script_begin(&s, PLAN1(CALL("a", "", "")));
  script_do(&s, "start 100");
  event.size = sizeof(event);
  event.kind = UPSELL_EVENT_ANSWER;
  event.now = 101;
  event.step = upsell_str_of("a");
  event.body = upsell_str_of(bodies[_i]);
  ck_assert_int_eq(
      upsell_runner_step(s.runner, s.journal, strlen(s.journal), &event, s.progress, NULL),
      UPSELL_OK);
  ck_assert_str_eq(script_say(&s, upsell_progress_get(s.progress)), "stopped a:no_answer:unknown");
  script_end(&s);
}
END_TEST

/* ---- outputs and what is made of them ---- */

#define CHAIN(more)                                                                                \
  PLAN2(CALL("a", "", ",'output':{'id':'/id','lines':'/lines'}"),                                  \
        CALL("b", "'a'",                                                                           \
             ",'variables':{'input':{'id':{'$bind':'a/id'},'owner':{'$host':'run_id'},"            \
             "'lines':{'$map':{'from':'a/lines','each':{'n':{'$item':'/n'}}}}}}" more))
#define FIRST_ANSWER "answer a 101 {'data':{'id':'o-1','lines':[{'n':1,'m':2},{'n':'\\u00e9'}]}}"

static void expect_variables(const script *s, const char *expected)
{
  char *text = quoted(expected);

  ck_assert_str_eq(upsell_progress_get(s->progress)->variables.data, text);
  free(text);
}

START_TEST(test_variables)
{
  script s;

  script_begin(&s, CHAIN(""));
  script_do(&s, "start 100");
  expect_variables(&s, "{}");
  ck_assert_str_eq(script_do(&s, FIRST_ANSWER), "send b");
  expect_variables(&s,
                   "{'input':{'id':'o-1','owner':'run-0001','lines':[{'n':1},{'n':'\xc3\xa9'}]}"
                   "}");
  expect_in_journal(&s, "'outputs':{'id':'o-1','lines':[{'n':1,'m':2},{'n':'\xc3\xa9'}]}");
  expect_not_in_journal(&s, "'frozen'");
  script_end(&s);
}
END_TEST

/* Checks and `where` see outputs of earlier steps, too. */
START_TEST(test_bound_check)
{
  const char *plan =
      PLAN2(CALL("a", "", ",'output':{'id':'/id'}"),
            CALL("b", "'a'",
                 ",'checks':[{'name':'same','at':'/id','op':'eq','value':{'$bind':'a/id'}},"
                 "{'name':'listed','at':'/ids','op':'present','where':{'':{'$bind':'a/id'}}},"
                 "{'name':'mine','at':'/owner','op':'eq','value':{'$host':'run_id'}}]"));
  static const char *const bodies[][2] = {
      {"{'data':{'id':'o-1'}}", "stopped b:same:unknown"},
      {"{'data':{'ids':['x','o-1']}}", "stopped b:listed:unknown"},
      {"{'data':{'owner':'run-0001'}}", "stopped b:mine:unknown"},
      {"{'data':{'owner':'run-0002'}}", "completed"}};
  char event[128];
  turn turns[] = {{"start 100", "send a"},
                  {"answer a 101 {'data':{'id':'o-1'}}", "send b"},
                  {event, bodies[_i][1]},
                  {NULL, NULL}};

  snprintf(event, sizeof(event), "answer b 102 %s", bodies[_i][0]);
  play(plan, turns);
}
END_TEST

/* An output that is no list where one is needed: nothing is sent, and the run stops with
 * a state instead of hanging. */
START_TEST(test_output_of_no_use)
{
  static const turn turns[] = {
      {"start 100", "send a"},
      {"answer a 101 {'data':{'id':'o-1','lines':{'n':1}}}", "stopped b:missing_output:unknown"},
      {NULL, NULL}};
  script s;

  script_begin(&s, CHAIN(ON("{'when':'missing_output','do':'retry','max':9}")));
  play_on(&s, turns);
  expect_in_journal(&s, "'b':{'status':'stopped','sends':0,'result':'missing_output'}");
  script_end(&s);
}
END_TEST

/* What comes behind such a step is sent as it should be. */
START_TEST(test_next_after_output_of_no_use)
{
  script s;

  script_begin(&s, PLAN3(CALL("a", "", ",'output':{'v':'/v'}"),
                         CALL("b", "'a'", ",'variables':{'v':{'$map':{'from':'a/v','each':1}}}"),
                         CALL("c", "'a'", ",'variables':{'v':{'$bind':'a/v'}}")));
  script_do(&s, "start 100");
  ck_assert_str_eq(script_do(&s, "answer a 101 {'data':{'v':7}}"), "send c");
  expect_variables(&s, "{'v':7}");
  script_end(&s);
}
END_TEST

/* ---- keys ---- */

#define KEYED                                                                                      \
  CHAIN(                                                                                           \
      ",'idempotency_key':'key-1'" ON("{'when':'no_answer','do':'retry','max':3},"                 \
                                      "{'when':'missing_output','do':'retry','max':3},"            \
                                      "{'when':'graphql_error','do':'restart_from','step':'a',"    \
                                      "'max':2}"))

/* What is sent under a key is the same to the byte, whatever was read since. */
START_TEST(test_frozen)
{
  static const char first[] =
      "{'input':{'id':'o-1','owner':'run-0001','lines':[{'n':1},{'n':'\xc3\xa9'}]}}";
  script s;

  script_begin(&s, KEYED);
  script_do(&s, "start 100");
  ck_assert_str_eq(script_do(&s, FIRST_ANSWER), "send b");
  expect_variables(&s, first);
  expect_in_journal(&s, "'frozen':'{\\'input\\':{\\'id\\':\\'o-1\\',");
  ck_assert_str_eq(script_do(&s, "resume 102"), "send b");
  expect_variables(&s, first);
  ck_assert_str_eq(script_do(&s, "answer b 103 {'errors':[{}]}"), "send a");
  ck_assert_str_eq(script_do(&s, "answer a 104 {'data':{'id':'o-2','lines':[]}}"), "send b");
  expect_variables(&s, first);
  expect_in_journal(&s, "'outputs':{'id':'o-2','lines':[]}");
  ck_assert_str_eq(upsell_progress_get(s.progress)->idempotency_key.data, "key-1");
  script_end(&s);
}
END_TEST

START_TEST(test_action)
{
  char *expected = quoted(
      "{'do':'send','step':'b','channel':'admin_graphql','operation':'b','document':'query b',"
      "'variables':{'input':{'id':'o-1','owner':'run-0001','lines':[{'n':1},{'n':'\xc3\xa9'}]}},"
      "'idempotency_key':'key-1'}");
  script s;

  script_begin(&s, KEYED);
  script_do(&s, "start 100");
  script_do(&s, FIRST_ANSWER);
  ck_assert_str_eq(upsell_progress_get(s.progress)->action.data, expected);
  script_end(&s);
  free(expected);
}
END_TEST

/* The HTTP status comes before the body, which may be a gateway's page. */
START_TEST(test_status_of_a_page)
{
  static const struct {
    int32_t http_status;
    const char *said;
  } pages[] = {{0, "stopped a:no_answer:unknown"},       {200, "stopped a:no_answer:unknown"},
               {404, "stopped a:graphql_error:unknown"}, {408, "stopped a:no_answer:unknown"},
               {429, "stopped a:throttled:unknown"},     {430, "stopped a:throttled:unknown"},
               {425, "stopped a:throttled:unknown"},     {502, "stopped a:no_answer:unknown"}};
  upsell_event event = {.size = sizeof(event), .kind = UPSELL_EVENT_ANSWER, .now = 101};
  script s;

  script_begin(&s, PLAN1(CALL("a", "", "")));
  script_do(&s, "start 100");
  event.step = upsell_str_of("a");
  event.body = upsell_str_of("<html>no</html>");
  event.http_status = pages[_i].http_status;
  ck_assert_int_eq(
      upsell_runner_step(s.runner, s.journal, strlen(s.journal), &event, s.progress, NULL),
      UPSELL_OK);
  ck_assert_str_eq(script_say(&s, upsell_progress_get(s.progress)), pages[_i].said);
  script_end(&s);
}
END_TEST

/* An answer whose output is a text of so many bytes. */
static upsell_str answer_with_text(size_t len)
{
  static const char head[] = "{\"data\":{\"v\":\"";
  char *text = malloc(len + sizeof(head) + 4);

  memcpy(text, head, sizeof(head) - 1);
  memset(text + sizeof(head) - 1, 'x', len);
  strcpy(text + sizeof(head) - 1 + len, "\"}}");
  return (upsell_str){text, strlen(text)};
}

/* What a step sends is at most 16 MiB long, however often it binds the same output: the
 * text, in quotes, and "[]" and commas around. */
START_TEST(test_most_text)
{
  enum { LIMIT = 1 << 24, BINDS = 8 };
  static const char plan[] =
      PLAN2(CALL("a", "", ",'output':{'v':'/v'}"),
            CALL("b", "'a'",
                 ",'variables':{'l':[{'$bind':'a/v'},{'$bind':'a/v'},{'$bind':'a/v'},"
                 "{'$bind':'a/v'},{'$bind':'a/v'},{'$bind':'a/v'},{'$bind':'a/v'},"
                 "{'$bind':'a/v'}]}"));
  size_t around = strlen("{\"l\":[]}") + BINDS * strlen("\"\"") + BINDS - 1;
  size_t most = (LIMIT - around) / BINDS;
  upsell_str body = answer_with_text(most + (size_t)_i);
  upsell_event event = {.size = sizeof(event), .kind = UPSELL_EVENT_ANSWER, .now = 101};
  const upsell_progress_view *view;
  script s;

  script_begin(&s, plan);
  script_do(&s, "start 100");
  event.step = upsell_str_of("a");
  event.body = body;
  ck_assert_int_eq(
      upsell_runner_step(s.runner, s.journal, strlen(s.journal), &event, s.progress, NULL),
      UPSELL_OK);
  view = upsell_progress_get(s.progress);
  ck_assert_str_eq(script_say(&s, view), _i ? "stopped b:missing_output:unknown" : "send b");
  if (!_i)
    ck_assert_uint_eq(view->variables.len, BINDS * most + around);
  free((char *)body.data);
  script_end(&s);
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("runner_answers");
  TCase *results = tcase_create("results");
  TCase *values = tcase_create("values");

  tcase_add_loop_test(results, test_precedence, 0, COUNT_OF(answers));
  tcase_add_loop_test(results, test_broken_body, 0, 6);
  tcase_add_loop_test(results, test_status_of_a_page, 0, 8);
  suite_add_tcase(suite, results);
  tcase_add_test(values, test_variables);
  tcase_add_loop_test(values, test_bound_check, 0, 4);
  tcase_add_test(values, test_output_of_no_use);
  tcase_add_test(values, test_next_after_output_of_no_use);
  tcase_add_loop_test(values, test_most_text, 0, 2);
  tcase_add_test(values, test_frozen);
  tcase_add_test(values, test_action);
  suite_add_tcase(suite, values);
  return check_main(suite);
}
