/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "run.h"

static int has_part(CURLU *url, CURLUPart part)
{
  char *value = NULL;
  int there = curl_url_get(url, part, &value, 0) == CURLUE_OK;

  curl_free(value);
  return there;
}

static int part_is(CURLU *url, CURLUPart part, const char *expected)
{
  char *value = NULL;
  int same = curl_url_get(url, part, &value, 0) == CURLUE_OK && strcmp(value, expected) == 0;

  curl_free(value);
  return same;
}

/* "localhost" is this computer whatever the name service says: libcurl sees to that. */
static int is_local(CURLU *url)
{
  return part_is(url, CURLUPART_HOST, "127.0.0.1") || part_is(url, CURLUPART_HOST, "[::1]") ||
         part_is(url, CURLUPART_HOST, "localhost");
}

/* What is wrong with a URL, or NULL. */
static const char *fault_of(CURLU *url, int local, int allow_remote)
{
  int secure = part_is(url, CURLUPART_SCHEME, "https");

  if (!secure && !part_is(url, CURLUPART_SCHEME, "http"))
    return "http:// or https:// was expected";
  if (has_part(url, CURLUPART_USER) || has_part(url, CURLUPART_PASSWORD) ||
      has_part(url, CURLUPART_QUERY) || has_part(url, CURLUPART_FRAGMENT))
    return "a user, a query or a fragment has no place in an endpoint";
  if (local || (secure && allow_remote))
    return NULL;
  return allow_remote ? "another computer is only called by https"
                      : "this is not http://127.0.0.1, localhost or [::1]; plans charge people, "
                        "so another computer must be asked for with --allow-remote";
}

static char *address(const char *base, const char *rest)
{
  text_buffer made = {0};
  size_t len = strlen(base);

  while (len && base[len - 1] == '/')
    len--;
  text_add(&made, base, len);
  text_add_words(&made, rest);
  return made.data;
}

static void fill(endpoint *e, const char *base, const char *api_version)
{
  text_buffer path = {0};

  text_add_words(&path, "/admin/api/");
  text_add_words(&path, api_version);
  text_add_words(&path, "/graphql.json");
  e->graphql = address(base, path.data);
  e->calculate = address(base, "/calculate");
  e->changeset = address(base, "/changeset");
  text_free(&path);
}

int endpoint_make(endpoint *e, const char *url, const char *api_version, int allow_remote)
{
  CURLU *parsed = curl_url();
  const char *fault = "this is not a URL";
  char *base = NULL;

  memset(e, 0, sizeof(*e));
  if (parsed && curl_url_set(parsed, CURLUPART_URL, url, 0) == CURLUE_OK) {
    e->is_local = is_local(parsed);
    fault = fault_of(parsed, e->is_local, allow_remote);
  }
  if (!fault && curl_url_get(parsed, CURLUPART_URL, &base, 0) == CURLUE_OK)
    fill(e, base, api_version);
  curl_free(base);
  curl_url_cleanup(parsed);
  if (fault)
    complain(url, fault);
  return fault == NULL;
}

void endpoint_free(endpoint *e)
{
  free(e->graphql);
  free(e->calculate);
  free(e->changeset);
}
