/* SPDX-License-Identifier: MIT */
#include "plan/answer.h"

#include "plan/changeset.h"
#include "plan/codes.h"
#include "plan/take.h"

/* ---- errors ---- */

static int has_error_code(const upsell__value *errors, const char *code)
{
  static const upsell_str pointer = UPSELL_STR("/extensions/code");
  const upsell__value *error;

  if (errors->kind != UPSELL__JSON_ARRAY)
    return 0;
  for (error = errors->first; error; error = error->next) {
    if (upsell__value_is(upsell__value_at(error, pointer), code))
      return 1;
  }
  return 0;
}

/* The result of top-level errors. By the first codes the platform does not know itself
 * what it has done. */
static upsell__result read_errors(const upsell__value *errors)
{
  if (has_error_code(errors, UPSELL__CODE_SERVER) ||
      has_error_code(errors, UPSELL__CODE_CONCURRENT) ||
      has_error_code(errors, UPSELL__CODE_TIMEOUT))
    return upsell__result_no_answer();
  if (has_error_code(errors, UPSELL__CODE_THROTTLED))
    return upsell__result_throttled();
  return upsell__result_other("graphql_error");
}

static int is_empty_list(const upsell__value *value)
{
  return value->kind == UPSELL__JSON_ARRAY && value->count == 0;
}

/* Whether the HTTP status alone tells the result, whatever the body is: a gateway's page
 * is no JSON. */
static int is_refused_by_status(int32_t http_status, upsell__result *result)
{
  if (http_status == UPSELL__HTTP_TOO_EARLY || http_status == UPSELL__HTTP_THROTTLED ||
      http_status == UPSELL__HTTP_REJECTED)
    *result = upsell__result_throttled();
  else if (http_status == UPSELL__HTTP_TIMEOUT || http_status >= UPSELL__HTTP_FAILURES)
    *result = upsell__result_no_answer();
  else if (http_status >= 400)
    *result = upsell__result_other("graphql_error");
  else
    return 0;
  return 1;
}

/* Whether an answer as a whole carries no data to look at; then `*result` says why. */
static int is_refused(const upsell__value *body, int32_t http_status, upsell__result *result)
{
  const upsell__value *errors = upsell__value_member(body, "errors");
  const upsell__value *data = upsell__value_member(body, "data");

  if (is_refused_by_status(http_status, result))
    return 1;
  if (upsell__value_present(errors) && !is_empty_list(errors))
    *result = read_errors(errors);
  else if (!data || data->kind != UPSELL__JSON_OBJECT)
    *result = upsell__result_no_answer();
  else
    return 0;
  return 1;
}

static int is_check(const upsell__step *step, upsell_str name)
{
  size_t i;

  for (i = 0; i < step->check_count; i++) {
    if (upsell__str_equal(step->checks[i].name, name))
      return 1;
  }
  return 0;
}

/* The code of the first of userErrors. One that is called like a check of the step must
 * not pass for it: then there would be outputs. */
static upsell__result read_user_errors(const upsell__step *step, const upsell__value *errors)
{
  const upsell__value *code = upsell__value_member(errors->first, "code");
  upsell__result result = upsell__result_other("user_error");

  if (code && code->kind == UPSELL__JSON_STRING && upsell__result_is_code(code->text) &&
      !is_check(step, code->text))
    result.name = code->text;
  return result;
}

/* Whether the platform refused the operation. Where the list of its errors is not
 * there, nothing says that it was done. */
static int has_user_errors(const upsell__step *step, const upsell__value *data,
                           upsell__result *result)
{
  const upsell__value *errors;

  if (!step->errors.data)
    return 0;
  errors = upsell__value_at(data, step->errors);
  if (errors && is_empty_list(errors))
    return 0;
  *result = errors && errors->kind == UPSELL__JSON_ARRAY ? read_user_errors(step, errors)
                                                         : upsell__result_other("missing_output");
  return 1;
}

/* ---- data ---- */

/* The first check that holds, or NULL. */
static const upsell__test *find_check(upsell__filling *filling, const upsell__step *step,
                                      const upsell__value *data)
{
  size_t i;

  for (i = 0; i < step->check_count; i++) {
    if (upsell__test_holds(filling, &step->checks[i], data))
      return &step->checks[i];
    if (filling->status != UPSELL_OK)
      return NULL;
  }
  return NULL;
}

static upsell__result read_checks(upsell__filling *filling, const upsell__step *step,
                                  const upsell__value *data)
{
  const upsell__test *check = find_check(filling, step, data);
  upsell__result result = upsell__result_of(UPSELL__RESULT_OK, upsell_str_of("ok"));

  if (!check)
    return result;
  result.kind = UPSELL__RESULT_OTHER;
  result.name = check->name;
  return result;
}

static upsell__result read_call(upsell__filling *filling, const upsell__step *step,
                                const upsell__value *data)
{
  const upsell__value *outputs;
  const char *problem = upsell__take_outputs(filling, step, data, &outputs);
  upsell__result result;

  if (problem)
    return upsell__result_other(problem);
  result = read_checks(filling, step, data);
  result.outputs = outputs;
  return result;
}

/* Whether all of `until` holds. */
static int is_reached(upsell__filling *filling, const upsell__step *step, const upsell__value *data)
{
  size_t i;

  for (i = 0; i < step->until_count; i++) {
    if (!upsell__test_holds(filling, &step->until[i], data))
      return 0;
  }
  return 1;
}

/* One poll: checks first, and outputs only where all that is waited for is there. */
static upsell__result read_poll(upsell__filling *filling, const upsell__step *step,
                                const upsell__value *data)
{
  const upsell__result not_yet =
      upsell__result_of(UPSELL__RESULT_NOT_YET, upsell_str_of("no_match"));
  upsell__result result = read_checks(filling, step, data);
  const char *problem;

  if (result.kind != UPSELL__RESULT_OK)
    return result;
  if (!is_reached(filling, step, data))
    return not_yet;
  problem = upsell__take_outputs(filling, step, data, &result.outputs);
  if (!problem)
    return result;
  return strcmp(problem, "no_match") == 0 ? not_yet : upsell__result_other(problem);
}

static upsell__result read_data(upsell__run *run, const upsell__step *step,
                                const upsell__value *data)
{
  upsell__filling filling = {run, UPSELL_OK, 0};
  upsell__result result;

  if (step->channel == UPSELL__CHANNEL_WAIT)
    result = read_poll(&filling, step, data);
  else
    result = read_call(&filling, step, data);
  if (filling.status == UPSELL_NO_MEMORY)
    run->failed = 1;
  return filling.status == UPSELL_OK ? result : upsell__result_other("missing_output");
}

upsell__result upsell__answer_read(upsell__run *run, const upsell__step *step,
                                   const upsell__value *body, int32_t http_status)
{
  upsell__result result;

  if (step->channel == UPSELL__CHANNEL_CHANGESET)
    return upsell__changeset_read(run, body);
  if (is_refused(body, http_status, &result))
    return result;
  if (has_user_errors(step, upsell__value_member(body, "data"), &result))
    return result;
  return read_data(run, step, upsell__value_member(body, "data"));
}
