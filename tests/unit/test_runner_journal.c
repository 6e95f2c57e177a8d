/* SPDX-License-Identifier: MIT */
/* The journal: what stands in it, and what is refused when it is read (RUN-5). */
#include "../support/check_main.h"
#include "run_script.h"

#define ROWS                                                                                       \
  ON("{'when':'no_answer','do':'retry','max':3,'wait_seconds':2},"                                 \
     "{'when':'no_answer','do':'next'},{'when':'processed','do':'next'}")
#define FIND                                                                                       \
  WAIT("find", "'charge'",                                                                         \
       ",'until':[{'name':'v','at':'/v','op':'present'}],'output':{'v':'/v','w':'/w'}")
#define WRITING                                                                                    \
  WRITE("write", "'find'",                                                                         \
        ",'variables':{'v':{'$bind':'find/v'}},'idempotency_key':'key-2','errors':'/e'" ON(        \
            "{'when':'no_answer','do':'retry','max':2,'wait_seconds':5},"                          \
            "{'when':'BAD','do':'compensate','step':'undo','state':'unpaid_line'}"))
#define FULL                                                                                       \
  PLAN5(CHARGE(ROWS), FIND, WRITING, CALL("verify", "'write'", ""),                                \
        CALL("undo", "", ",'lane':'compensation'"))

/* Runs that have come to different places. */
static const turn charging[] = {{"start 100", "send charge"}, {NULL, NULL}};
static const turn finding[] = {
    {"start 100", "send charge"},
    {"lost charge 101", "wait 103"},
    {"tick 103", "send charge"},
    {"answer charge 104 {'status':'processed','errors':[]}", "send find"},
    {"answer find 105 {'data':{'v':null}}", "wait 114"},
    {NULL, NULL}};
static const turn writing[] = {
    {"start 100", "send charge"},
    {"answer charge 101 {'status':'processed','errors':[]}", "send find"},
    {"answer find 102 {'data':{'v':'x','w':[1,{'y':null}]}}", "send write"},
    {"lost write 103", "wait 108"},
    {"tick 108", "send write"},
    {NULL, NULL}};
static const turn undoing[] = {
    {"start 100", "send charge"},
    {"answer charge 101 {'status':'processed','errors':[]}", "send find"},
    {"answer find 102 {'data':{'v':'x','w':1}}", "send write"},
    {"answer write 103 {'data':{'e':[{'code':'BAD'}]}}", "send undo"},
    {NULL, NULL}};
static const turn undone[] = {{"start 100", "send charge"},
                              {"answer charge 101 {'status':'processed','errors':[]}", "send find"},
                              {"answer find 102 {'data':{'v':'x','w':1}}", "send write"},
                              {"answer write 103 {'data':{'e':[{'code':'BAD'}]}}", "send undo"},
                              {"answer undo 104 {'data':{}}", "stopped write:BAD:unpaid_line"},
                              {NULL, NULL}};
static const turn stopped[] = {
    {"start 100", "send charge"},
    {"answer charge 101 {'status':'unprocessed','errors':[{'code':'buyer_canceled_payment'}]}",
     "stopped charge:unprocessed/buyer_canceled_payment:unknown"},
    {NULL, NULL}};

/* ---- what stands in it ---- */

typedef struct written_case {
  const turn *turns;
  const char *journal;
} written_case;

#define HEAD(revision, now, state)                                                                 \
  "{'format':'upsell.journal/1','plan_id':'p-1','run_id':'run-0001','revision':" revision          \
  ",'started_at':100,'now':" now ",'state':'" state "',"
#define CHARGED                                                                                    \
  "'charge':{'status':'done','deadline':400,'sends':1,'result':'processed',"                       \
  "'frozen':'[{\\'type\\':\\'add_variant\\'}]'}"

static const written_case written_cases[] = {
    {charging, HEAD("1", "100", "open") "'steps':{'charge':{'status':'sent','due_at':100,"
                                        "'deadline':400,'sends':1,'frozen':"
                                        "'[{\\'type\\':\\'add_variant\\'}]'}},'stops':[]}"},
    {finding, HEAD("5", "105", "open") "'steps':{'charge':{'status':'done','deadline':400,"
                                       "'sends':2,'unanswered':true,'result':'processed',"
                                       "'counts':{'0':1},'frozen':"
                                       "'[{\\'type\\':\\'add_variant\\'}]'},"
                                       "'find':{'status':'due','due_at':114,'deadline':164,"
                                       "'sends':1}},'stops':[]}"},
    {writing, HEAD("5", "108", "open") "'steps':{" CHARGED
                                       ",'find':{'status':'done','sends':1,'result':'ok',"
                                       "'outputs':{'v':'x','w':[1,{'y':null}]}},"
                                       "'write':{'status':'sent','due_at':108,'sends':2,"
                                       "'result':'no_answer','counts':{'0':1},'frozen':"
                                       "'{\\'v\\':\\'x\\'}'}},'stops':[]}"},
    {undoing, HEAD("4", "103", "open") "'steps':{" CHARGED
                                       ",'find':{'status':'done','sends':1,'result':'ok',"
                                       "'outputs':{'v':'x','w':1}},"
                                       "'write':{'status':'stopped','sends':1,'result':'BAD',"
                                       "'compensated':1,'frozen':'{\\'v\\':\\'x\\'}'},"
                                       "'undo':{'status':'sent','due_at':103,'sends':1}},"
                                       "'stops':[{'step':'write','result':'BAD','state':"
                                       "'unknown'}]}"},
    {stopped, HEAD("2", "101", "stopped") "'steps':{'charge':{'status':'stopped','deadline':400,"
                                          "'sends':1,'result':"
                                          "'unprocessed/buyer_canceled_payment','frozen':"
                                          "'[{\\'type\\':\\'add_variant\\'}]'}},"
                                          "'stops':[{'step':'charge','result':"
                                          "'unprocessed/buyer_canceled_payment','state':"
                                          "'unknown'}]}"},
};

START_TEST(test_written)
{
  char *expected = quoted(written_cases[_i].journal);
  script s;

  script_begin(&s, FULL);
  play_on(&s, written_cases[_i].turns);
  ck_assert_str_eq(s.journal, expected);
  free(expected);
  script_end(&s);
}
END_TEST

/* A journal that went through a store which orders keys in its own way still works, and
 * comes back in ours. */
START_TEST(test_another_order_of_keys)
{
  char *stored = quoted(
      " { 'stops' : [ ], 'steps' : { 'find' : { 'sends' : 1, 'deadline' : 164, 'due_at' : 114,"
      "'status' : 'due' }, 'charge' : { 'frozen' : '[{\\'type\\':\\'add_variant\\'}]',"
      "'counts' : { '0' : 1 }, 'result' : 'processed', 'unanswered' : true, 'sends' : 2,"
      "'deadline' : 400, 'status' : 'done' } }, 'state' : 'open', 'now' : 105, 'started_at' : 100,"
      "'revision' : 5, 'run_id' : 'run-0001', 'plan_id' : 'p-1','format' : 'upsell.journal/1' } ");
  char *journal = quoted(written_cases[1].journal);
  script s;

  script_begin(&s, FULL);
  s.journal = stored;
  ck_assert_str_eq(script_do(&s, "tick 106"), "wait 114");
  ck_assert_str_eq(s.journal, journal);
  free(journal);
  script_end(&s);
}
END_TEST

/* ---- what is refused ---- */

/* A journal in which a piece of text was replaced. */
typedef struct forgery {
  const turn *turns;
  const char *piece;
  const char *instead;
  upsell_status code;
  const char *pointer;
} forgery;

#define MISMATCH UPSELL_JOURNAL_MISMATCH

static const forgery forgeries[] = {
    /* the text */
    {charging, "{'format'", "'format'", UPSELL_JSON_TRAILING, "/journal"},
    {charging, "'stops':[]}", "'stops':[]", UPSELL_JSON_SYNTAX, "/journal"},
    {charging, "'sends':1", "'sends':1,'sends':1", UPSELL_DUPLICATE_KEY,
     "/journal/steps/charge/sends"},
    /* whose it is */
    {charging, "journal/1", "journal/2", UPSELL_UNKNOWN_FORMAT, "/journal/format"},
    {charging, "'format':'upsell.journal/1',", "", UPSELL_MISSING_KEY, "/journal/format"},
    {charging, "'p-1'", "'p-2'", MISMATCH, "/journal/plan_id"},
    {charging, "'plan_id':'p-1',", "", UPSELL_MISSING_KEY, "/journal/plan_id"},
    {charging, "run-0001", "run 0001", UPSELL_BAD_VALUE, "/journal/run_id"},
    {charging, "'run_id':'run-0001',", "", UPSELL_MISSING_KEY, "/journal/run_id"},
    {charging, "'state'", "'status'", UPSELL_UNKNOWN_KEY, "/journal/status"},
    /* values */
    {charging, "'revision':1", "'revision':0", UPSELL_OUT_OF_RANGE, "/journal/revision"},
    {charging, "'started_at':100", "'started_at':'100'", UPSELL_WRONG_TYPE, "/journal/started_at"},
    {charging, "'now':100", "'now':99", UPSELL_OUT_OF_RANGE, "/journal/now"},
    {charging, "'open'", "'opened'", UPSELL_BAD_VALUE, "/journal/state"},
    {charging, "'open'", "'completed'", MISMATCH, "/journal/state"},
    {stopped, "'state':'stopped'", "'state':'open'", MISMATCH, "/journal/state"},
    {charging, "'steps':{", "'steps':{'chargé':{'sends':0},", MISMATCH, "/journal/steps/chargé"},
    {charging, "'charge':{", "'charge':7,'find':{", UPSELL_WRONG_TYPE, "/journal/steps/charge"},
    {charging, "'sends':1", "'sents':1", UPSELL_UNKNOWN_KEY, "/journal/steps/charge/sents"},
    {charging, "'sends':1,", "", UPSELL_MISSING_KEY, "/journal/steps/charge/sends"},
    {charging, "'sends':1", "'sends':-1", UPSELL_OUT_OF_RANGE, "/journal/steps/charge/sends"},
    {charging, "'sent'", "'sending'", UPSELL_BAD_VALUE, "/journal/steps/charge/status"},
    {charging, "'due_at':100", "'due_at':null", UPSELL_WRONG_TYPE, "/journal/steps/charge/due_at"},
    {finding, "'unanswered':true", "'unanswered':1", UPSELL_WRONG_TYPE,
     "/journal/steps/charge/unanswered"},
    {finding, "'processed'", "'pro cessed'", UPSELL_BAD_VALUE, "/journal/steps/charge/result"},
    {finding, "'processed'", "'a/b/c'", UPSELL_BAD_VALUE, "/journal/steps/charge/result"},
    {finding, "'processed'", "''", UPSELL_BAD_VALUE, "/journal/steps/charge/result"},
    {finding, "{'0':1}", "[1]", UPSELL_WRONG_TYPE, "/journal/steps/charge/counts"},
    {finding, "{'0':1}", "{'0':0}", MISMATCH, "/journal/steps/charge/counts/0"},
    {finding, "{'0':1}", "{'0':4}", MISMATCH, "/journal/steps/charge/counts/0"},
    {finding, "{'0':1}", "{'0':'1'}", MISMATCH, "/journal/steps/charge/counts/0"},
    {finding, "{'0':1}", "{'1':1}", MISMATCH, "/journal/steps/charge/counts/1"},
    {finding, "{'0':1}", "{'3':1}", MISMATCH, "/journal/steps/charge/counts/3"},
    {finding, "{'0':1}", "{'00':1}", MISMATCH, "/journal/steps/charge/counts/00"},
    {finding, "{'0':1}", "{'x':1}", MISMATCH, "/journal/steps/charge/counts/x"},
    {finding, "{'0':1}", "{'':1}", MISMATCH, "/journal/steps/charge/counts/"},
    {writing, "'v':'x','w'", "'z':'x','w'", MISMATCH, "/journal/steps/find/outputs/z"},
    {writing, "'v':'x','w'", "'v':null,'w'", MISMATCH, "/journal/steps/find/outputs/v"},
    {writing, "'v':'x','w'", "'w'", MISMATCH, "/journal/steps/find/outputs"},
    {writing, "'frozen':'{\\'v\\':\\'x\\'}'", "'frozen':'{'", UPSELL_JSON_SYNTAX,
     "/journal/steps/write/frozen"},
    {writing, "'frozen':'{\\'v\\':\\'x\\'}'", "'frozen':'{\\'v\\':01}'", UPSELL_JSON_SYNTAX,
     "/journal/steps/write/frozen/v"},
    {writing, "'frozen':'{\\'v\\':\\'x\\'}'", "'frozen':{'v':'x'}", UPSELL_WRONG_TYPE,
     "/journal/steps/write/frozen"},
    /* times that do not go with the status */
    {charging, "'due_at':100,", "", MISMATCH, "/journal/steps/charge"},
    {charging, "'due_at':100,", "'due_at':101,", MISMATCH, "/journal/steps/charge"},
    {charging, "'due_at':100,", "'due_at':9223372036854775807,", MISMATCH, "/journal/steps/charge"},
    {charging, "'deadline':400,", "", MISMATCH, "/journal/steps/charge"},
    {writing, "'charge':{'status':'done',", "'charge':{'status':'done','due_at':100,", MISMATCH,
     "/journal/steps/charge"},
    {writing, "'due_at':108,", "'due_at':108,'deadline':200,", MISMATCH, "/journal/steps/write"},
    {finding, "'deadline':164,", "", MISMATCH, "/journal/steps/find"},
    {writing, "'find':{'status':'done',", "'find':{'status':'done','deadline':164,", MISMATCH,
     "/journal/steps/find"},
    /* results of what was never sent; what was sent and is gone */
    {charging, "'sends':1", "'sends':0", MISMATCH, "/journal/steps/charge"},
    {undoing, "'due_at':103,'sends':1", "'due_at':103,'sends':0", MISMATCH, "/journal/steps/undo"},
    {finding, "'status':'due','due_at':114,'deadline':164,'sends':1",
     "'status':'due','due_at':114,'deadline':164,'sends':0,'outputs':{'v':1,'w':2}", MISMATCH,
     "/journal/steps/find"},
    {finding, "'deadline':164,'sends':1", "'deadline':164,'sends':1,'unanswered':true", MISMATCH,
     "/journal/steps/find"},
    {charging, ",'frozen':'[{\\'type\\':\\'add_variant\\'}]'", "", MISMATCH,
     "/journal/steps/charge"},
    {undoing, "'due_at':103,'sends':1", "'due_at':103,'sends':1,'frozen':'{}'", MISMATCH,
     "/journal/steps/undo"},
    {finding, "'result':'processed',", "", MISMATCH, "/journal/steps/charge"},
    {writing, ",'outputs':{'v':'x','w':[1,{'y':null}]}", "", MISMATCH, "/journal/steps/find"},
    {charging, "'charge'", "'find':{'sends':1,'result':'ok'},'charge'", MISMATCH,
     "/journal/steps/find"},
    /* an order of things that cannot be */
    {finding, "'charge':{'status':'done'", "'charge':{'status':'skipped'", MISMATCH,
     "/journal/steps/charge"},
    {writing,
     "'find':{'status':'done','sends':1,'result':'ok','outputs':{'v':'x','w':[1,{'y':null}"
     "]}},",
     "", MISMATCH, "/journal/steps/find"},
    {charging, "'charge':{'status':'sent','due_at':100,", "'charge':{", MISMATCH,
     "/journal/steps/charge"},
    {charging, "'charge'", "'find':{'status':'due','due_at':100,'deadline':164,'sends':0},'charge'",
     MISMATCH, "/journal/steps/find"},
    {charging, "'charge'", "'undo':{'status':'due','due_at':100,'sends':0},'charge'", MISMATCH,
     "/journal/steps/undo"},
    /* stops */
    {stopped, "'stops':[", "'stops':[7,", UPSELL_WRONG_TYPE, "/journal/stops/0"},
    {stopped, "'stops':[{'step'", "'stops':[{'stop'", UPSELL_UNKNOWN_KEY, "/journal/stops/0/stop"},
    {stopped, "'state':'unknown'", "'state':'unsure'", UPSELL_BAD_VALUE, "/journal/stops/0/state"},
    {stopped, "'stops':[{'step':'charge',", "'stops':[{", UPSELL_MISSING_KEY,
     "/journal/stops/0/step"},
    {stopped, "'stops':[{'step':'charge'", "'stops':[{'step':'find'", MISMATCH,
     "/journal/steps/charge"},
    {stopped, "'step':'charge','result':'unprocessed/buyer", "'step':'charge','result':'buyer",
     MISMATCH, "/journal/steps/charge"},
    {stopped, "'stops':[", "'stops':[{'step':'find','result':'x','state':'unknown'},", MISMATCH,
     "/journal/stops"},
    {undoing, "'stops':[{'step':'write','result':'BAD','state':'unknown'}]", "'stops':[]", MISMATCH,
     "/journal/steps/write"},
    /* compensation */
    {undoing, "'compensated':1", "'compensated':'1'", UPSELL_WRONG_TYPE,
     "/journal/steps/write/compensated"},
    {undoing, "'compensated':1", "'compensated':-1", UPSELL_OUT_OF_RANGE,
     "/journal/steps/write/compensated"},
    {undoing, "'compensated':1", "'compensated':0", MISMATCH, "/journal/steps/write/compensated"},
    {undoing, "'compensated':1", "'compensated':2", MISMATCH, "/journal/steps/write/compensated"},
    {undoing, ",'compensated':1", "", MISMATCH, "/journal/steps/undo"},
    {undoing, "'BAD','state':'unknown'", "'BAD','state':'unpaid_line'", MISMATCH,
     "/journal/steps/write"},
    {undoing, ",'undo':{'status':'sent','due_at':103,'sends':1}", "", MISMATCH,
     "/journal/steps/write"},
    {writing, "'write':{'status':'sent',", "'write':{'status':'sent','compensated':1,", MISMATCH,
     "/journal/steps/write"},
    {undone, "'BAD','state':'unpaid_line'", "'BAD','state':'unknown'", MISMATCH,
     "/journal/steps/write"},
    {stopped, "'stops':[", "'stops':[{},{},{},{},{},", MISMATCH, "/journal/stops"},
};

/* Replaces one piece of a journal, which must be there. */
static char *forge(const char *journal, const forgery *f)
{
  char *piece = quoted(f->piece);
  char *instead = quoted(f->instead);
  const char *at = strstr(journal, piece);
  char *forged = malloc(strlen(journal) + strlen(instead) + 1);

  if (!at)
    ck_abort_msg("%s is not in %s", piece, journal);
  sprintf(forged, "%.*s%s%s", (int)(at - journal), journal, instead, at + strlen(piece));
  free(piece);
  free(instead);
  return forged;
}

START_TEST(test_refused)
{
  static const char resume[] = "{\"type\":\"resume\",\"now\":500}";
  const forgery *f = &forgeries[_i];
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_status status;
  char *forged;
  script s;

  script_begin(&s, FULL);
  play_on(&s, f->turns);
  forged = forge(s.journal, f);
  status = upsell_runner_step_json(s.runner, forged, strlen(forged), resume, sizeof(resume) - 1,
                                   s.progress, &error);
  if (status != f->code || strcmp(error.pointer, f->pointer) != 0)
    ck_abort_msg("%s: %s at %s: %s", forged, upsell_status_name(status), error.pointer,
                 error.message);
  ck_assert_ptr_null(upsell_progress_get(s.progress)->journal.data);
  ck_assert_int_eq(upsell_progress_get(s.progress)->kind, 0);
  free(forged);
  script_end(&s);
}
END_TEST

/* Two steps in flight: no runner sends one before the other is answered. */
START_TEST(test_two_in_flight)
{
  static const turn turns[] = {{"start 100", "send a"}, {NULL, NULL}};
  static const forgery both = {turns, "'b':{'status':'due'", "'b':{'status':'sent'", 0, NULL};
  static const forgery sends = {turns, "'sends':0", "'sends':1", 0, NULL};
  upsell_event event = {.size = sizeof(event), .kind = UPSELL_EVENT_TICK, .now = 500};
  upsell_error error = UPSELL_ERROR_INIT;
  char *forged;
  char *more;
  script s;

  script_begin(&s, PLAN2(CALL("a", "", ""), CALL("b", "", "")));
  play_on(&s, turns);
  forged = forge(s.journal, &both);
  more = forge(forged, &sends);
  ck_assert_int_eq(upsell_runner_step(s.runner, more, strlen(more), &event, s.progress, &error),
                   MISMATCH);
  ck_assert_str_eq(error.pointer, "/journal/steps/b");
  free(forged);
  free(more);
  script_end(&s);
}
END_TEST

/* The journal of one plan is no good to another, even if its steps are the same. */
START_TEST(test_another_plan)
{
  upsell_event event = {.size = sizeof(event), .kind = UPSELL_EVENT_TICK, .now = 500};
  upsell_error error = UPSELL_ERROR_INIT;
  upsell_runner *other =
      script_runner("{'format':'upsell.plan/1','plan_id':'p-2','steps':[" CALL("a", "", "") "]}");
  script s;

  script_begin(&s, PLAN1(CALL("a", "", "")));
  script_do(&s, "start 100");
  ck_assert_int_eq(
      upsell_runner_step(other, s.journal, strlen(s.journal), &event, s.progress, &error),
      MISMATCH);
  ck_assert_str_eq(error.pointer, "/journal/plan_id");
  ck_assert_ptr_nonnull(strstr(error.message, "\"p-1\""));
  upsell_runner_free(other);
  script_end(&s);
}
END_TEST

/* No byte of a journal can be lost or changed so that the library does anything but
 * refuse it or take it for what it says. */
START_TEST(test_damaged)
{
  upsell_event event = {.size = sizeof(event), .kind = UPSELL_EVENT_RESUME, .now = 500};
  const turn *runs[] = {charging, finding, writing, undoing, stopped};
  size_t len;
  size_t i;
  script s;

  script_begin(&s, FULL);
  play_on(&s, runs[_i]);
  len = strlen(s.journal);
  for (i = 0; i < len; i++) {
    char *copy = malloc(len); /* of just its size, so that a sanitizer sees all */
    memcpy(copy, s.journal, len);
    ck_assert_int_ne(upsell_runner_step(s.runner, copy, i, &event, s.progress, NULL), UPSELL_OK);
    copy[i] ^= 1;
    upsell_runner_step(s.runner, copy, len, &event, s.progress, NULL);
    free(copy);
  }
  script_end(&s);
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("runner_journal");
  TCase *journal = tcase_create("journal");

  tcase_add_loop_test(journal, test_written, 0, COUNT_OF(written_cases));
  tcase_add_test(journal, test_another_order_of_keys);
  tcase_add_loop_test(journal, test_refused, 0, COUNT_OF(forgeries));
  tcase_add_test(journal, test_two_in_flight);
  tcase_add_test(journal, test_another_plan);
  tcase_add_loop_test(journal, test_damaged, 0, 5);
  suite_add_tcase(suite, journal);
  return check_main(suite);
}
