/* SPDX-License-Identifier: MIT */
/* Prints as JSON what the library's tables say about documents: the fields of
 * the reader, and the names and limits that decisions are made of. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <upsell/decision.h>

#include "codec/fields.h"
#include "model/limits.h"

static const char *kind_name(unsigned kind)
{
  static const char *const names[] = {
      [UPSELL__FIELD_FORMAT] = "format",   [UPSELL__FIELD_ID] = "id",
      [UPSELL__FIELD_TEXT] = "text",       [UPSELL__FIELD_INTEGER] = "integer",
      [UPSELL__FIELD_STOCK] = "integer",   [UPSELL__FIELD_TIME] = "integer",
      [UPSELL__FIELD_CHOICE] = "choice",   [UPSELL__FIELD_NAME] = "name",
      [UPSELL__FIELD_AMOUNT] = "amount",   [UPSELL__FIELD_CURRENCY] = "currency",
      [UPSELL__FIELD_OBJECT] = "object",   [UPSELL__FIELD_NEW] = "object",
      [UPSELL__FIELD_OBJECTS] = "objects", [UPSELL__FIELD_IDS] = "ids",
  };

  return kind < sizeof(names) / sizeof(names[0]) ? names[kind] : "unknown";
}

static void print_object(const upsell__object *object);

static void print_names(const char *const *names)
{
  size_t i;

  printf(",\"names\":[");
  for (i = 0; names[i]; i++)
    printf("%s\"%s\"", i ? "," : "", names[i]);
  printf("]");
}

/* What `min`, `max` and `more` mean depends on the kind. */
static void print_details(const upsell__field *field)
{
  switch (field->kind) {
  case UPSELL__FIELD_FORMAT:
    printf(",\"format\":\"%s\"", (const char *)field->more);
    break;
  case UPSELL__FIELD_INTEGER:
  case UPSELL__FIELD_STOCK:
  case UPSELL__FIELD_TIME:
    printf(",\"min\":%" PRId64 ",\"max\":%" PRId64, field->min, field->max);
    break;
  case UPSELL__FIELD_NAME:
    print_names(field->more);
    break;
  case UPSELL__FIELD_OBJECTS:
    printf(",\"most\":%" PRId64, field->max);
    /* fall through */
  case UPSELL__FIELD_OBJECT:
  case UPSELL__FIELD_NEW:
    printf(",\"object\":");
    print_object(field->more);
    break;
  default:
    break;
  }
}

static void print_object(const upsell__object *object)
{
  size_t i;

  printf("{\"title\":\"%s\",\"ignores_unknown\":%s,\"fields\":[", object->title,
         object->ignores_unknown ? "true" : "false");
  for (i = 0; i < object->field_count; i++) {
    const upsell__field *field = &object->fields[i];
    printf("%s{\"key\":%.*s,\"kind\":\"%s\",\"required\":%s,\"nullable\":%s", i ? "," : "",
           (int)field->quoted_len, field->quoted, kind_name(field->kind),
           field->flags & UPSELL__REQUIRED ? "true" : "false",
           field->flags & UPSELL__NULLABLE ? "true" : "false");
    print_details(field);
    printf("}");
  }
  printf("]}");
}

/* Every code of three capitals that the library knows, with its decimals. */
static void print_currencies(void)
{
  const char *comma = "";
  char code[4] = "AAA";

  for (code[0] = 'A'; code[0] <= 'Z'; code[0]++) {
    for (code[1] = 'A'; code[1] <= 'Z'; code[1]++) {
      for (code[2] = 'A'; code[2] <= 'Z'; code[2]++) {
        upsell_currency currency;
        if (upsell_currency_find(upsell_str_of(code), &currency) != UPSELL_OK)
          continue;
        printf("%s\"%s\":%" PRId32, comma, code, currency.decimals);
        comma = ",";
      }
    }
  }
}

static void print_reasons(void)
{
#define PRINT_REASON(symbol, number, name) {(number), (name)},
  static const struct {
    int number;
    const char *name;
  } reasons[] = {UPSELL_REASON_LIST(PRINT_REASON)};
#undef PRINT_REASON
  size_t i;

  for (i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++)
    printf("%s{\"number\":%d,\"name\":\"%s\"}", i ? "," : "", reasons[i].number, reasons[i].name);
}

static void print_patterns(void)
{
  int32_t pattern;

  for (pattern = 1; upsell_pattern_name(pattern); pattern++)
    printf("%s\"%s\"", pattern > 1 ? "," : "", upsell_pattern_name(pattern));
}

static void print_limits(void)
{
  printf("\"id_bytes\":%d,\"money\":%" PRId64 ",\"percentage\":%" PRId64
         ",\"quantity\":%d,"
         "\"order_lines\":%d,\"after_cycle\":%d,\"priority\":%d,\"timer_seconds\":%d,"
         "\"expires_without_timer\":%d",
         UPSELL__ID_MAX, UPSELL_MONEY_MAX, UPSELL_PERCENTAGE_MAX, UPSELL_QUANTITY_MAX,
         UPSELL_ORDER_LINES_MAX, UPSELL__AFTER_CYCLE_MAX, UPSELL__PRIORITY_MAX, UPSELL__TIMER_MAX,
         UPSELL__EXPIRES_WITHOUT_TIMER);
}

int main(void)
{
  printf("{\"catalog\":");
  print_object(&upsell__catalog_object);
  printf(",\n\"order\":");
  print_object(&upsell__order_object);
  printf(",\n\"session\":");
  print_object(&upsell__session_object);
  printf(",\n\"event\":");
  print_object(&upsell__event_object);
  printf(",\n\"currencies\":{");
  print_currencies();
  printf("},\n\"reasons\":[");
  print_reasons();
  printf("],\n\"patterns\":[");
  print_patterns();
  printf("],\n\"limits\":{");
  print_limits();
  printf("}}\n");
  return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
}
