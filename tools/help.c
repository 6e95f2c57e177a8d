/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "cli.h"

static const char help_all[] =
    "Usage: upsell COMMAND [OPTION]... [FILE]\n"
    "Decide which post-purchase offer an order gets, at which exact price.\n"
    "\n"
    "Commands:\n"
    "  decide --catalog C.json [ORDERS.ndjson]  decide for each order, one per line\n"
    "  plan --catalog C --order O --accept A    what carries out an accepted offer\n"
    "  check C.json                             list every problem of a catalogue\n"
    "  round --price P --percent D              show a price on both surfaces\n"
    "  report [EVENTS.ndjson]...                count what was shown and bought\n"
    "\n"
    "  --help     show this text; after a command: its options\n"
    "  --version  show the version\n"
    "\n"
    "Exit status: 0 all well, 1 some input was bad or output could not be written,\n"
    "2 wrong usage. More in upsell(1). An example host, 'upsell run', carries plans\n"
    "out: see examples/run.\n";

static const char help_decide[] =
    "Usage: upsell decide --catalog C.json [OPTION]... [ORDERS.ndjson]\n"
    "Read one order per line from a file or standard input and write one decision\n"
    "per line, in order. A bad line gives an error in its place.\n"
    "\n"
    "  --catalog FILE       the catalogue (required)\n"
    "  --from WHAT          what a line is: order (default), shopify-input-data or\n"
    "                       shopify-order\n"
    "  --ids FORM           how the catalogue writes Shopify's ids: numbers (default)\n"
    "                       or gids\n"
    "  --explain            list the scenarios that lost, with reasons (default)\n"
    "  --no-explain         do not, which is faster\n"
    "  --format json|text   decisions for programs (default) or for people\n"
    "  --lang en|ja         language of --format text (default en)\n"
    "  --quiet              no progress line\n"
    "  --help               show this text\n";

static const char help_plan[] =
    "Usage: upsell plan --catalog C.json --order O.json --accept A.json [OPTION]...\n"
    "Write the plan that carries out an accepted offer on Shopify.\n"
    "\n"
    "  --catalog FILE       the catalogue (required)\n"
    "  --order FILE         the order (required)\n"
    "  --accept FILE        what the buyer accepted (required): scenario_id and\n"
    "                       quantity, perhaps selling_plan_id and total\n"
    "  --api-version V      2025-10, 2026-01, 2026-04, 2026-07 (default) or 2026-10\n"
    "  --dialect D          draft (default), or calculation with 2026-10\n"
    "  --shop S             the shop's domain\n"
    "  --reference-id R     the purchase's reference id; required unless the order's\n"
    "                       id is a gid://shopify/Order/...\n"
    "  --granted-scopes LIST\n"
    "                       scopes that the app has, with commas between them: one\n"
    "                       that is missing is an error\n"
    "  --help               show this text\n";

static const char help_check[] =
    "Usage: upsell check [OPTION]... C.json\n"
    "List every problem of a catalogue, one per line: file: /pointer: code: sentence.\n"
    "What is allowed but will hurt: file: /pointer: warning: code: sentence.\n"
    "\n"
    "  --quiet              do not say on standard error that all is well\n"
    "  --help               show this text\n";

static const char help_round[] =
    "Usage: upsell round --price P --percent D [OPTION]...\n"
    "Show a price less a percentage as the checkout and the offer page round it.\n"
    "\n"
    "  --price P            list price in major units, such as 356 or 12.50\n"
    "  --percent D          0 to 100 with at most 4 decimals\n"
    "  --quantity N         1 to 9999 (default 1)\n"
    "  --currency CODE      ISO 4217 code (default JPY)\n"
    "  --checkout POLICY    default half_up,price,unit\n"
    "  --offer-page POLICY  default floor,discount,line\n"
    "  --help               show this text\n"
    "\n"
    "POLICY is MODE,TARGET,BASIS with MODE floor, ceil, half_up, half_down or\n"
    "half_even, TARGET price or discount, BASIS unit or line.\n";

static const char help_report[] =
    "Usage: upsell report [OPTION]... [EVENTS.ndjson]...\n"
    "Read one event per line from files or standard input, and count for each\n"
    "scenario the sessions in which it was shown, clicked and ordered.\n"
    "\n"
    "  --catalog FILE       where names, status and priority are from; its scenarios\n"
    "                       come first\n"
    "  --format FORM        text (default), json or csv\n"
    "  --bom                begin a CSV with a byte order mark, which Excel wants\n"
    "  --lang en|ja         language of text (default en) and CSV (default ja)\n"
    "  --scenario ID        only this scenario\n"
    "  --help               show this text\n";

void print_help(const char *command)
{
  const char *text = help_all;

  if (strcmp(command, "decide") == 0)
    text = help_decide;
  else if (strcmp(command, "plan") == 0)
    text = help_plan;
  else if (strcmp(command, "check") == 0)
    text = help_check;
  else if (strcmp(command, "round") == 0)
    text = help_round;
  else if (strcmp(command, "report") == 0)
    text = help_report;
  fputs(text, stdout);
}

int usage_error(const char *command, const char *message, const char *detail)
{
  const char *space = *command ? " " : "";

  if (message)
    fprintf(stderr, "upsell%s%s: %s%s%s\n", space, command, message, detail ? ": " : "",
            detail ? detail : "");
  fprintf(stderr, "Try 'upsell%s%s --help'.\n", space, command);
  return EXIT_USAGE;
}
