/* SPDX-License-Identifier: MIT */
#include "plan/progress.h"

#include "base/alloc.h"

void upsell__progress_clear(upsell_progress *progress)
{
  static const upsell_progress_view nothing = {0};

  progress->view = nothing;
  progress->view.size = sizeof(progress->view);
}

upsell__side *upsell__progress_begin(upsell_progress *progress)
{
  upsell__side *side;

  upsell__progress_clear(progress);
  side = &progress->sides[!progress->turn];
  upsell__arena_reset(&side->arena);
  side->journal.len = 0;
  side->journal.failed = 0;
  side->action.len = 0;
  side->action.failed = 0;
  side->variables.len = 0;
  side->variables.failed = 0;
  return side;
}

void upsell__progress_keep(upsell_progress *progress)
{
  progress->turn = !progress->turn;
}

static void free_side(upsell__side *side)
{
  upsell__arena_free(&side->arena);
  upsell__buffer_free(&side->journal);
  upsell__buffer_free(&side->action);
  upsell__buffer_free(&side->variables);
}

upsell_status upsell_progress_new(upsell_progress **progress)
{
  upsell_progress *made;

  if (!progress)
    return UPSELL_INVALID_ARGUMENT;
  made = upsell__alloc(1, sizeof(*made));
  if (!made)
    return UPSELL_NO_MEMORY;
  upsell__progress_clear(made);
  *progress = made;
  return UPSELL_OK;
}

void upsell_progress_free(upsell_progress *progress)
{
  if (!progress)
    return;
  free_side(&progress->sides[0]);
  free_side(&progress->sides[1]);
  upsell__free(progress);
}

const upsell_progress_view *upsell_progress_get(const upsell_progress *progress)
{
  return progress ? &progress->view : NULL;
}
