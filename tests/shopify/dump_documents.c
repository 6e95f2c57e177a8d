/* SPDX-License-Identifier: MIT */
/*
 * Prints every document of the library, once for each version it is for, as a line of JSON;
 * and the query that reads an order. The table is private to its file, so the file is taken in.
 */
#include <stdio.h>
#include <upsell/shopify.h>

#include "shopify/documents.c"

/* The texts are ASCII, without control characters but line ends. */
static void print_text(const char *key, const char *text)
{
  printf("\"%s\":\"", key);
  for (; *text; text++) {
    if (*text == '"' || *text == '\\' || *text == '\n')
      putchar('\\');
    putchar(*text == '\n' ? 'n' : *text);
  }
  putchar('"');
}

static void print_scopes(uint32_t scopes)
{
  upsell_str names[UPSELL__SCOPES];
  size_t count = upsell__scope_names(scopes, names);
  size_t i;

  printf("\"scopes\":[");
  for (i = 0; i < count; i++)
    printf("%s\"%.*s\"", i ? "," : "", (int)names[i].len, names[i].data);
  putchar(']');
}

static void print_document(const upsell__document *document, int32_t version)
{
  putchar('{');
  print_text("document", document->name);
  putchar(',');
  print_text("version", upsell_api_version_name(version));
  putchar(',');
  print_scopes(document->scopes);
  putchar(',');
  print_text("text", document->text);
  puts("}");
}

int main(void)
{
  size_t i;
  int32_t version;

  for (i = 0; i < sizeof(documents) / sizeof(documents[0]); i++) {
    for (version = documents[i].since; version <= documents[i].until; version++)
      print_document(&documents[i], version);
  }
  putchar('{');
  print_text("query", upsell_shopify_order_query());
  puts("}");
  return 0;
}
