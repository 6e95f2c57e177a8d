/* SPDX-License-Identifier: MIT */
#include "plan/take.h"

static const char missing[] = "missing_output";

/* The one element that matches. */
static const char *take_one(upsell__filling *filling, const upsell__output *output,
                            const upsell__value *list, const upsell__value **taken)
{
  upsell__conditions where;
  const upsell__value *element;
  const upsell__value *match = NULL;

  if (!list || list->kind != UPSELL__JSON_ARRAY || !list->count)
    return "no_match";
  if (!upsell__where_fill(filling, output->where, &where))
    return missing;
  for (element = list->first; element; element = element->next) {
    if (!upsell__where_matches(&where, element))
      continue;
    if (match)
      return "ambiguous";
    match = element;
  }
  if (!match)
    return "no_match";
  *taken = upsell__value_at(match, output->take);
  return NULL;
}

/* The list of all elements that match. */
static const char *take_all(upsell__filling *filling, const upsell__output *output,
                            const upsell__value *list, const upsell__value **taken)
{
  static const upsell_str no_key = {NULL, 0};
  upsell__arena *arena = filling->run->arena;
  upsell__value *matches = upsell__value_new(arena, UPSELL__JSON_ARRAY);
  upsell__conditions where;
  const upsell__value *element;

  *taken = matches;
  if (!matches)
    filling->status = UPSELL_NO_MEMORY;
  if (!list || list->kind != UPSELL__JSON_ARRAY ||
      (list->count && !upsell__where_fill(filling, output->where, &where)))
    return missing;
  for (element = list->first; element; element = element->next) {
    const upsell__value *part;
    if (!upsell__where_matches(&where, element))
      continue;
    part = upsell__value_at(element, output->take);
    if (!upsell__value_present(part))
      return missing;
    if (!upsell__value_append(arena, matches, no_key, part))
      filling->status = UPSELL_NO_MEMORY;
  }
  return NULL;
}

static const char *take(upsell__filling *filling, const upsell__output *output,
                        const upsell__value *data, const upsell__value **taken)
{
  const upsell__value *found = upsell__value_at(data, output->at);
  const char *problem = NULL;

  *taken = found;
  if (output->where)
    problem = output->all ? take_all(filling, output, found, taken)
                          : take_one(filling, output, found, taken);
  if (filling->status != UPSELL_OK)
    return missing;
  if (!problem && (!upsell__value_present(*taken) || upsell__value_too_much(*taken)))
    return missing;
  return problem;
}

const char *upsell__take_outputs(upsell__filling *filling, const upsell__step *step,
                                 const upsell__value *data, const upsell__value **outputs)
{
  upsell__arena *arena = filling->run->arena;
  upsell__value *all = NULL;
  size_t i;

  *outputs = NULL;
  if (step->output_count)
    all = upsell__value_new(arena, UPSELL__JSON_OBJECT);
  for (i = 0; i < step->output_count; i++) {
    const upsell__value *taken;
    const char *problem = take(filling, &step->outputs[i], data, &taken);
    if (problem)
      return problem;
    if (!upsell__value_append(arena, all, step->outputs[i].name, taken))
      filling->status = UPSELL_NO_MEMORY;
  }
  *outputs = all;
  return NULL;
}
