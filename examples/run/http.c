/* SPDX-License-Identifier: MIT */
/*
 * One call by libcurl, and what is known of it afterwards. The difference that counts
 * is between "no answer" and "not sent": only the second says that nothing happened.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run.h"

static const long CONNECT_SECONDS = 5;
static const long TOTAL_SECONDS = 30;
static const size_t BODY_MAX = 10 * 1024 * 1024;

/* ---- setting up ---- */

static struct curl_slist *add_header(struct curl_slist *headers, const char *header)
{
  struct curl_slist *longer = curl_slist_append(headers, header);

  if (!longer)
    end_without_memory();
  return longer;
}

static struct curl_slist *common_headers(void)
{
  struct curl_slist *headers = add_header(NULL, "Content-Type: application/json");

  headers = add_header(headers, "Accept: application/json");
  return add_header(headers, "Expect:"); /* the whole call at once, whatever its length */
}

/* A line break in a token would begin another header. */
static int token_is_clean(const char *token)
{
  size_t i;

  for (i = 0; token[i]; i++) {
    if (token[i] <= ' ' || token[i] > '~')
      return 0;
  }
  return i > 0;
}

static int make_headers(http *h, const char *token)
{
  text_buffer header = {0};

  h->headers = common_headers();
  h->headers_with_token = common_headers();
  if (!token)
    return 1;
  if (!token_is_clean(token))
    return complain("UPSELL_ACCESS_TOKEN", "visible ASCII characters were expected");
  text_add_words(&header, "X-Shopify-Access-Token: ");
  text_add_words(&header, token);
  h->headers_with_token = add_header(h->headers_with_token, header.data);
  text_free(&header);
  return 1;
}

static size_t take_body(char *data, size_t size, size_t count, void *where)
{
  http *h = where;

  if (size * count > BODY_MAX - h->body.len)
    return 0; /* libcurl gives up: no answer */
  text_add(&h->body, data, size * count);
  return size * count;
}

/* A call is made once. On a connection that had been kept open, and by HTTP/2, libcurl
 * would send it again by itself where the first attempt broke off. */
static int send_once(CURL *curl)
{
  return curl_easy_setopt(curl, CURLOPT_FRESH_CONNECT, 1L) == CURLE_OK &&
         curl_easy_setopt(curl, CURLOPT_FORBID_REUSE, 1L) == CURLE_OK &&
         curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1) == CURLE_OK &&
         curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK;
}

static int limit(CURL *curl)
{
  return curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
         curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, CONNECT_SECONDS) == CURLE_OK &&
         curl_easy_setopt(curl, CURLOPT_TIMEOUT, TOTAL_SECONDS) == CURLE_OK &&
         curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https") == CURLE_OK;
}

/* A proxy of the environment is not for calls to this computer. */
static int set_up(http *h, int is_local)
{
  CURL *curl = h->curl;

  return send_once(curl) && limit(curl) &&
         (!is_local || curl_easy_setopt(curl, CURLOPT_PROXY, "") == CURLE_OK) &&
         curl_easy_setopt(curl, CURLOPT_POST, 1L) == CURLE_OK &&
         curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, h->why) == CURLE_OK &&
         curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body) == CURLE_OK &&
         curl_easy_setopt(curl, CURLOPT_WRITEDATA, h) == CURLE_OK;
}

int http_open(http *h, const char *token, int is_local)
{
  memset(h, 0, sizeof(*h));
  if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
    return complain("libcurl", "it could not be initialised");
  h->curl = curl_easy_init();
  if (!h->curl || !set_up(h, is_local))
    return complain("libcurl", "it could not be set up");
  return make_headers(h, token);
}

void http_close(http *h)
{
  curl_easy_cleanup(h->curl);
  curl_slist_free_all(h->headers);
  curl_slist_free_all(h->headers_with_token);
  curl_global_cleanup();
  text_free(&h->body);
}

/* ---- calling ---- */

/* Whether a failure came before the first byte of the call was sent. */
static int nothing_was_sent(CURL *curl, CURLcode failure)
{
  long sent = 1;

  if (curl_easy_getinfo(curl, CURLINFO_REQUEST_SIZE, &sent) != CURLE_OK || sent != 0)
    return 0;
  switch (failure) {
  case CURLE_COULDNT_RESOLVE_PROXY:
  case CURLE_COULDNT_RESOLVE_HOST:
  case CURLE_COULDNT_CONNECT:
  case CURLE_SSL_CONNECT_ERROR:
  case CURLE_PEER_FAILED_VERIFICATION:
  case CURLE_OPERATION_TIMEDOUT:
    return 1;
  default:
    return 0;
  }
}

static void judge(http *h, CURLcode result)
{
  long status = 0;

  if (result == CURLE_OK) {
    curl_easy_getinfo(h->curl, CURLINFO_RESPONSE_CODE, &status);
    h->outcome = HTTP_ANSWERED;
    h->status = status >= 100 && status <= 599 ? (int32_t)status : 0;
    return;
  }
  h->outcome = nothing_was_sent(h->curl, result) ? HTTP_NOT_SENT : HTTP_NO_ANSWER;
  if (result == CURLE_WRITE_ERROR)
    snprintf(h->why, sizeof(h->why), "the answer is longer than 10 MiB");
  else if (!h->why[0])
    snprintf(h->why, sizeof(h->why), "%s", curl_easy_strerror(result));
}

void http_post(http *h, const char *url, int with_token, const text_buffer *body)
{
  CURL *curl = h->curl;
  struct curl_slist *headers = with_token ? h->headers_with_token : h->headers;

  text_clear(&h->body);
  h->why[0] = '\0';
  h->status = 0;
  if (curl_easy_setopt(curl, CURLOPT_URL, url) != CURLE_OK ||
      curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers) != CURLE_OK ||
      curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)body->len) != CURLE_OK ||
      curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body->data) != CURLE_OK) {
    h->outcome = HTTP_NOT_SENT;
    snprintf(h->why, sizeof(h->why), "the call could not be prepared");
    return;
  }
  judge(h, curl_easy_perform(curl));
}
