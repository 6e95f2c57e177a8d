/* SPDX-License-Identifier: MIT */
/* What follows from a result: rows, their budgets, branches and the lane (RUN-7). */
#include "../support/check_main.h"
#include "run_script.h"

#define OK_BODY "{'data':{}}"
#define USER_ERROR(code) "{'data':{'e':[{'code':'" code "'}]}}"
#define ERRORS ",'errors':'/e'"

/* Two calls, one after the other. The list of errors comes last, so that a row can
 * be about any code. */
#define TWO(rows) PLAN2(CALL("a", "", ERRORS ON(rows)), CALL("b", "'a'", ""))

START_TEST(test_no_row)
{
  static const turn goes_on[] = {{"start 100", "send a"},
                                 {"answer a 101 {'data':{'e':[]}}", "send b"},
                                 {"answer b 102 " OK_BODY, "completed"},
                                 {NULL, NULL}};
  static const turn stops[] = {{"start 100", "send a"},
                               {"answer a 101 " USER_ERROR("TAKEN"), "stopped a:TAKEN:unknown"},
                               {NULL, NULL}};
  static const turn is_lost[] = {
      {"start 100", "send a"}, {"lost a 101", "stopped a:no_answer:unknown"}, {NULL, NULL}};
  const char *plan = PLAN2(CALL("a", "", ERRORS), CALL("b", "'a'", ""));

  play(plan, goes_on);
  play(plan, stops);
  play(plan, is_lost);
}
END_TEST

START_TEST(test_next)
{
  static const turn turns[] = {{"start 100", "send a"},
                               {"answer a 101 " USER_ERROR("TAKEN"), "send b"},
                               {"answer b 102 " OK_BODY, "completed"},
                               {NULL, NULL}};

  play(TWO("{'when':'TAKEN','do':'next'}"), turns);
}
END_TEST

START_TEST(test_stop)
{
  static const turn turns[] = {
      {"start 100", "send a"},
      {"answer a 101 " USER_ERROR("TAKEN"), "stopped a:TAKEN:claimed_by_other"},
      {NULL, NULL}};

  play(TWO("{'when':'TAKEN','do':'stop','state':'claimed_by_other'}"), turns);
}
END_TEST

/* "ok" goes on only where no row says otherwise. */
START_TEST(test_row_about_ok)
{
  static const turn turns[] = {{"start 100", "send a"},
                               {"answer a 101 {'data':{'e':[]}}", "stopped a:ok:unpaid_line"},
                               {NULL, NULL}};

  play(TWO("{'when':'ok','do':'stop','state':'unpaid_line'}"), turns);
}
END_TEST

START_TEST(test_first_row_counts)
{
  static const turn turns[] = {{"start 100", "send a"},
                               {"answer a 101 " USER_ERROR("B"), "stopped a:B:not_charged"},
                               {NULL, NULL}};

  play(TWO("{'when':'A','do':'next'},{'when':'B','do':'stop','state':'not_charged'},"
           "{'when':'B','do':'next'}"),
       turns);
}
END_TEST

/* A row whose `max` is spent gives way to a later one. */
START_TEST(test_retry)
{
  static const turn turns[] = {{"start 100", "send a"},
                               {"lost a 101", "wait 103"},
                               {"tick 102", "wait 103"},
                               {"tick 103", "send a"},
                               {"lost a 104", "wait 106"},
                               {"tick 110", "send a"},
                               {"lost a 111", "stopped a:no_answer:unpaid_line"},
                               {NULL, NULL}};

  play(TWO("{'when':'no_answer','do':'retry','max':2,'wait_seconds':2},"
           "{'when':'no_answer','do':'stop','state':'unpaid_line'}"),
       turns);
}
END_TEST

START_TEST(test_retry_at_once)
{
  static const turn turns[] = {{"start 100", "send a"},
                               {"answer/429 a 101", "send a"},
                               {"answer/429 a 102", "stopped a:throttled:unknown"},
                               {NULL, NULL}};

  play(TWO("{'when':'throttled','do':'retry','max':1}"), turns);
}
END_TEST

/* Each row has a budget of its own. */
START_TEST(test_budgets)
{
  static const turn turns[] = {{"start 100", "send a"},
                               {"lost a 101", "send a"},
                               {"answer/429 a 102", "send a"},
                               {"lost a 103", "stopped a:no_answer:unknown"},
                               {NULL, NULL}};
  script s;

  script_begin(&s, TWO("{'when':'no_answer','do':'retry','max':1},"
                       "{'when':'throttled','do':'retry','max':2}"));
  play_on(&s, turns);
  expect_in_journal(&s, "'counts':{'0':1,'1':1}");
  expect_in_journal(&s, "'sends':3");
  script_end(&s);
}
END_TEST

#define JUMP                                                                                       \
  PLAN5(CALL("a", "", ERRORS ON("{'when':'THERE','do':'skip_to','step':'d'}")),                    \
        CALL("b", "'a'", ""), CALL("c", "'b'", ""), CALL("d", "'c'", ""), CALL("e", "'b'", ""))

START_TEST(test_skip_to)
{
  static const turn turns[] = {{"start 100", "send a"},
                               {"answer a 101 " USER_ERROR("THERE"), "send d"},
                               {"answer d 102 " OK_BODY, "send e"},
                               {"answer e 103 " OK_BODY, "completed"},
                               {NULL, NULL}};
  script s;

  script_begin(&s, JUMP);
  play_on(&s, turns);
  expect_in_journal(&s,
                    "'b':{'status':'skipped','sends':0},'c':{'status':'skipped','sends':0},'d'");
  script_end(&s);
}
END_TEST

/* Steps between that do not depend on the one that jumps are not passed over. */
START_TEST(test_skip_spares_others)
{
  static const turn turns[] = {{"start 100", "send a"},
                               {"answer a 101 " USER_ERROR("THERE"), "send x"},
                               {"answer x 102 " OK_BODY, "send d"},
                               {"answer d 103 " OK_BODY, "completed"},
                               {NULL, NULL}};

  play(PLAN4(CALL("a", "", ERRORS ON("{'when':'THERE','do':'skip_to','step':'d'}")),
             CALL("x", "", ""), CALL("b", "'a','x'", ""), CALL("d", "'b'", "")),
       turns);
}
END_TEST

#define LOOP                                                                                       \
  PLAN4(CALL("a", "", ""), CALL("b", "'a'", ",'output':{'v':'/v'}"),                               \
        CALL("c", "'b'", ERRORS ON("{'when':'STALE','do':'restart_from','step':'b','max':2}")),    \
        CALL("d", "'c'", ""))

START_TEST(test_restart_from)
{
  static const turn once[] = {{"start 100", "send a"},
                              {"answer a 101 " OK_BODY, "send b"},
                              {"answer b 102 {'data':{'v':1}}", "send c"},
                              {"answer c 103 " USER_ERROR("STALE"), "send b"},
                              {NULL, NULL}};
  static const turn again[] = {{"answer b 104 {'data':{'v':2}}", "send c"},
                               {"answer c 105 " USER_ERROR("STALE"), "send b"},
                               {"answer b 106 {'data':{'v':3}}", "send c"},
                               {"answer c 107 " USER_ERROR("STALE"), "stopped c:STALE:unknown"},
                               {NULL, NULL}};
  script s;

  script_begin(&s, LOOP);
  play_on(&s, once);
  expect_not_in_journal(&s, "'outputs'");
  expect_in_journal(&s, "'b':{'status':'sent','due_at':103,'sends':2}");
  expect_in_journal(&s, "'c':{'sends':1,'counts':{'0':1}}");
  play_on(&s, again);
  expect_in_journal(&s, "'outputs':{'v':3}");
  script_end(&s);
}
END_TEST

/* A restart takes back what was passed over, too. */
START_TEST(test_restart_brings_skipped_back)
{
  static const turn turns[] = {{"start 100", "send a"},
                               {"answer a 101 " USER_ERROR("THERE"), "send d"},
                               {"answer d 102 " USER_ERROR("GONE"), "send a"},
                               {"answer a 103 {'data':{'e':[]}}", "send b"},
                               {"answer b 104 " OK_BODY, "send d"},
                               {"answer d 105 {'data':{'e':[]}}", "completed"},
                               {NULL, NULL}};

  play(PLAN3(CALL("a", "", ERRORS ON("{'when':'THERE','do':'skip_to','step':'d'}")),
             CALL("b", "'a'", ""),
             CALL("d", "'b'", ERRORS ON("{'when':'GONE','do':'restart_from','step':'a','max':1}"))),
       turns);
}
END_TEST

/* What has stopped stays stopped, whatever is started again around it. */
START_TEST(test_restart_leaves_stopped)
{
  static const turn turns[] = {{"start 100", "send a"},
                               {"answer a 101 {'data':{'e':[]}}", "send x"},
                               {"lost x 102", "send t"},
                               {"answer t 103 " USER_ERROR("GONE"), "send a"},
                               {"answer a 104 " USER_ERROR("THERE"), "send t"},
                               {"answer t 105 {'data':{'e':[]}}", "stopped x:no_answer:unknown"},
                               {NULL, NULL}};
  script s;

  script_begin(&s, PLAN3(CALL("a", "", ERRORS ON("{'when':'THERE','do':'skip_to','step':'t'}")),
                         CALL("x", "'a'", ""),
                         CALL("t", "'a'",
                              ERRORS ON("{'when':'GONE','do':'restart_from','step':'a',"
                                        "'max':1}"))));
  play_on(&s, turns);
  expect_in_journal(&s, "'x':{'status':'stopped','sends':1,'result':'no_answer'}");
  script_end(&s);
}
END_TEST

/* Counters are not given back by a restart. */
START_TEST(test_counts_survive_restart)
{
  static const turn turns[] = {
      {"start 100", "send a"},
      {"lost a 101", "send a"},
      {"answer a 102 " OK_BODY, "send b"},
      {"answer b 103 " USER_ERROR("STALE"), "send a"},
      {"lost a 104", "stopped a:no_answer:unknown"},
      {NULL, NULL},
  };

  play(
      PLAN2(CALL("a", "", ON("{'when':'no_answer','do':'retry','max':1}")),
            CALL("b", "'a'", ERRORS ON("{'when':'STALE','do':'restart_from','step':'a','max':3}"))),
      turns);
}
END_TEST

/* Branches are independent: one stops, the other goes on, both are told of. */
START_TEST(test_branches)
{
  static const turn turns[] = {
      {"start 100", "send root"},
      {"answer root 101 " OK_BODY, "send a"},
      {"lost a 102", "send b"},
      {"answer b 103 " OK_BODY, "send b2"},
      {"lost b2 104", "stopped a:no_answer:paid_not_delivered b2:no_answer:unknown"},
      {NULL, NULL}};
  script s;

  script_begin(&s, PLAN5(CALL("root", "", ""), WRITE("a", "'root'", ""), CALL("b", "'root'", ""),
                         CALL("a2", "'a'", ""), CALL("b2", "'b'", "")));
  play_on(&s, turns);
  expect_not_in_journal(&s, "'a2'");
  script_end(&s);
}
END_TEST

/* What joins two branches runs only when both are done. */
START_TEST(test_join)
{
  static const turn turns[] = {{"start 100", "send a"},
                               {"answer a 101 " OK_BODY, "send b"},
                               {"answer b 102 " OK_BODY, "send c"},
                               {"answer c 103 " OK_BODY, "completed"},
                               {NULL, NULL}};
  static const turn stopped[] = {{"start 100", "send a"},
                                 {"answer a 101 " OK_BODY, "send b"},
                                 {"lost b 102", "stopped b:no_answer:unknown"},
                                 {NULL, NULL}};
  const char *plan = PLAN3(CALL("a", "", ""), CALL("b", "", ""), CALL("c", "'a','b'", ""));

  play(plan, turns);
  play(plan, stopped);
}
END_TEST

/* While one step waits for its time, another one that is due goes. */
START_TEST(test_others_go_while_one_waits)
{
  static const turn turns[] = {{"start 100", "send a"},
                               {"lost a 101", "send b"},
                               {"tick 200", "pending b"},
                               {"answer b 201 " OK_BODY, "send a"},
                               {"answer a 202 " OK_BODY, "completed"},
                               {NULL, NULL}};

  play(PLAN2(CALL("a", "", ON("{'when':'no_answer','do':'retry','max':1,'wait_seconds':60}")),
             CALL("b", "", "")),
       turns);
}
END_TEST

/* ---- compensation ---- */

#define LANE(id, needs, more) CALL(id, needs, ",'lane':'compensation'" more)
#define UNDO "{'when':'UNPAID','do':'compensate','step':'open','state':'unpaid_line'}"
#define PAID CALL("read", "", ERRORS ON(UNDO))

START_TEST(test_lane)
{
  static const turn turns[] = {{"start 100", "send read"},
                               {"answer read 101 " USER_ERROR("UNPAID"), "send open"},
                               {"answer open 102 " OK_BODY, "send set"},
                               {"answer set 103 " OK_BODY, "stopped read:UNPAID:unpaid_line"},
                               {NULL, NULL}};
  static const turn unused[] = {
      {"start 100", "send read"}, {"answer read 101 {'data':{'e':[]}}", "completed"}, {NULL, NULL}};
  const char *plan = PLAN3(PAID, LANE("open", "", ""), LANE("set", "'open'", ""));

  play(plan, turns);
  play(plan, unused);
}
END_TEST

/* The last step of the lane may say how the buyer stands now. */
START_TEST(test_lane_ends_with_state)
{
  static const turn turns[] = {
      {"start 100", "send read"},
      {"answer read 101 " USER_ERROR("UNPAID"), "send open"},
      {"answer open 102 " OK_BODY,
       "stopped read:UNPAID:unpaid_line_removed open:ok:unpaid_line_removed"},
      {NULL, NULL}};

  play(PLAN2(PAID, LANE("open", "", ON("{'when':'ok','do':'stop','state':'unpaid_line_removed'}"))),
       turns);
}
END_TEST

START_TEST(test_lane_fails)
{
  static const turn turns[] = {
      {"start 100", "send read"},
      {"answer read 101 " USER_ERROR("UNPAID"), "send open"},
      {"lost open 102", "stopped read:UNPAID:unknown open:no_answer:unknown"},
      {NULL, NULL}};
  script s;

  script_begin(&s, PLAN3(PAID, LANE("open", "", ""), LANE("set", "'open'", "")));
  play_on(&s, turns);
  expect_not_in_journal(&s, "'set'");
  script_end(&s);
}
END_TEST

/* The lane is entered at the step that the row names; those before it do not run. */
START_TEST(test_lane_entered_in_the_middle)
{
  static const turn turns[] = {{"start 100", "send read"},
                               {"answer read 101 " USER_ERROR("UNPAID"), "send open"},
                               {"answer open 102 " OK_BODY, "send set"},
                               {"answer set 103 " OK_BODY, "stopped read:UNPAID:unpaid_line"},
                               {NULL, NULL}};

  play(PLAN4(PAID, LANE("before", "", ""), LANE("open", "", ""), LANE("set", "", "")), turns);
}
END_TEST

START_TEST(test_lane_skips_and_retries)
{
  static const turn turns[] = {{"start 100", "send read"},
                               {"answer read 101 " USER_ERROR("UNPAID"), "send open"},
                               {"lost open 102", "wait 107"},
                               {"tick 107", "send open"},
                               {"answer open 108 " USER_ERROR("GONE"), "send verify"},
                               {"answer verify 109 " OK_BODY, "stopped read:UNPAID:unpaid_line"},
                               {NULL, NULL}};

  play(PLAN4(PAID,
             LANE("open", "",
                  ERRORS ON("{'when':'no_answer','do':'retry','max':2,'wait_seconds':5},"
                            "{'when':'GONE','do':'skip_to','step':'verify'}")),
             LANE("set", "'open'", ""), LANE("verify", "'set'", "")),
       turns);
}
END_TEST

START_TEST(test_lane_restarts)
{
  static const turn turns[] = {
      {"start 100", "send read"},
      {"answer read 101 " USER_ERROR("UNPAID"), "send open"},
      {"answer open 102 " OK_BODY, "send set"},
      {"answer set 103 " USER_ERROR("STALE"), "send open"},
      {"answer open 104 " OK_BODY, "send set"},
      {"answer set 105 {'data':{'e':[]}}", "stopped read:UNPAID:unpaid_line"},
      {NULL, NULL}};

  play(PLAN3(PAID, LANE("open", "", ""),
             LANE("set", "'open'",
                  ERRORS ON("{'when':'STALE','do':'restart_from','step':'open','max':1}"))),
       turns);
}
END_TEST

/* Two branches that compensate: the lane runs once, and both stops are told of. */
START_TEST(test_lane_of_two_branches)
{
  static const turn turns[] = {
      {"start 100", "send a"},
      {"answer a 101 " USER_ERROR("UNPAID"), "send b"},
      {"answer b 102 " USER_ERROR("UNPAID"), "send open"},
      {"answer open 103 " OK_BODY, "send set"},
      {"answer set 104 " OK_BODY, "stopped a:UNPAID:unpaid_line b:UNPAID:unpaid_line"},
      {NULL, NULL}};

  play(PLAN4(CALL("a", "",
                  ERRORS ON("{'when':'UNPAID','do':'compensate','step':'set','state':"
                            "'unpaid_line'}")),
             CALL("b", "",
                  ERRORS ON("{'when':'UNPAID','do':"
                            "'compensate','step':'open',"
                            "'state':'unpaid_line'}")),
             LANE("open", "", ""), LANE("set", "", "")),
       turns);
}
END_TEST

/* A branch that stops later does not make the lane do anything twice: neither what waits
 * for its time, nor what has failed. */
START_TEST(test_lane_once)
{
  static const turn turns[] = {{"start 100", "send a"},
                               {"answer a 101 " USER_ERROR("UNPAID"), "send b"},
                               {"answer/429 b 102", "send open"},
                               {"answer/429 open 103", "wait 153"},
                               {"tick 112", "wait 153"},
                               {"tick 153", "send open"},
                               {"lost open 154", "wait 202"},
                               {"tick 202", "send b"},
                               {"answer b 203 " USER_ERROR("UNPAID"),
                                "stopped a:UNPAID:unknown open:no_answer:unknown b:UNPAID:unknown"},
                               {NULL, NULL}};
  static const turn in_between[] = {
      {"start 100", "send a"},
      {"answer a 101 " USER_ERROR("UNPAID"), "send b"},
      {"answer/429 b 102", "send open"},
      {"answer/429 open 153", "wait 202"},
      {"tick 202", "send b"},
      {"answer b 202 " USER_ERROR("UNPAID"), "wait 203"},
      {"tick 203", "send open"},
      {"answer open 204 " OK_BODY, "stopped a:UNPAID:unpaid_line b:UNPAID:unpaid_line"},
      {NULL, NULL}};
  const char *plan =
      PLAN3(CALL("a", "", ERRORS ON(UNDO)),
            CALL("b", "",
                 ERRORS ON(UNDO ",{'when':'throttled','do':'retry','max':1,'wait_seconds':100}")),
            LANE("open", "", ON("{'when':'throttled','do':'retry','max':1,'wait_seconds':50}")));

  play(plan, turns);
  play(plan, in_between);
}
END_TEST

/* Other branches go on beside the lane. */
START_TEST(test_lane_beside_a_branch)
{
  static const turn turns[] = {{"start 100", "send read"},
                               {"answer read 101 " USER_ERROR("UNPAID"), "send other"},
                               {"answer other 102 " OK_BODY, "send other2"},
                               {"answer other2 103 " OK_BODY, "send open"},
                               {"answer open 104 " OK_BODY, "stopped read:UNPAID:unpaid_line"},
                               {NULL, NULL}};

  play(PLAN4(PAID, CALL("other", "", ""), CALL("other2", "'other'", ""), LANE("open", "", "")),
       turns);
}
END_TEST

/* Nothing follows the end of a run. */
START_TEST(test_finished_is_final)
{
  static const turn turns[] = {{"start 100", "send a"},
                               {"answer a 101 " OK_BODY, "completed"},
                               {"tick 200", "completed"},
                               {"resume 201", "completed"},
                               {"lost a 202", "completed"},
                               {"answer a 203 {'errors':[]}", "completed"},
                               {"hook orders/paid 204 {}", "completed"},
                               {NULL, NULL}};
  script s;
  char *journal;

  script_begin(&s, PLAN1(CALL("a", "", "")));
  ck_assert_str_eq(script_do(&s, turns[0].event), turns[0].expected);
  ck_assert_str_eq(script_do(&s, turns[1].event), turns[1].expected);
  journal = strdup(s.journal);
  play_on(&s, turns + 2);
  ck_assert_str_eq(s.journal, journal);
  free(journal);
  script_end(&s);
}
END_TEST

int main(void)
{
  Suite *suite = suite_create("runner_rows");
  TCase *rows = tcase_create("rows");
  TCase *lane = tcase_create("lane");

  tcase_add_test(rows, test_no_row);
  tcase_add_test(rows, test_next);
  tcase_add_test(rows, test_stop);
  tcase_add_test(rows, test_row_about_ok);
  tcase_add_test(rows, test_first_row_counts);
  tcase_add_test(rows, test_retry);
  tcase_add_test(rows, test_retry_at_once);
  tcase_add_test(rows, test_budgets);
  tcase_add_test(rows, test_skip_to);
  tcase_add_test(rows, test_skip_spares_others);
  tcase_add_test(rows, test_restart_from);
  tcase_add_test(rows, test_restart_brings_skipped_back);
  tcase_add_test(rows, test_restart_leaves_stopped);
  tcase_add_test(rows, test_counts_survive_restart);
  tcase_add_test(rows, test_branches);
  tcase_add_test(rows, test_join);
  tcase_add_test(rows, test_others_go_while_one_waits);
  tcase_add_test(rows, test_finished_is_final);
  suite_add_tcase(suite, rows);
  tcase_add_test(lane, test_lane);
  tcase_add_test(lane, test_lane_ends_with_state);
  tcase_add_test(lane, test_lane_fails);
  tcase_add_test(lane, test_lane_entered_in_the_middle);
  tcase_add_test(lane, test_lane_skips_and_retries);
  tcase_add_test(lane, test_lane_restarts);
  tcase_add_test(lane, test_lane_of_two_branches);
  tcase_add_test(lane, test_lane_once);
  tcase_add_test(lane, test_lane_beside_a_branch);
  suite_add_tcase(suite, lane);
  return check_main(suite);
}
