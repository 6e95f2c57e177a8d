/* SPDX-License-Identifier: MIT */
/* The document "upsell.page/1" (PAG-2, PAG-3), written key by key. */
#include "base/text.h"
#include "codec/page_texts.h"
#include "money/display.h"
#include "money/written.h"
#include "offer/disclosure.h"
#include "json/writer.h"

/* A key with what stands before it, from a literal: KEY(out, ",", "format"). */
#define KEY(out, before, key) UPSELL__APPEND(out, before "\"" key "\":")

typedef struct writing {
  const upsell__offer_page *page;
  upsell__buffer *out;
  upsell__voice voice;     /* speaks into `spoken` */
  upsell__buffer *spoken;  /* one text at a time, before it becomes a string */
  upsell__buffer *scratch; /* of making texts */
} writing;

/* ---- values ---- */

static void write_comma(const writing *w, size_t index)
{
  if (index)
    upsell__buffer_append_char(w->out, ',');
}

static void write_null(const writing *w)
{
  UPSELL__APPEND(w->out, "null");
}

static void write_money(const writing *w, int64_t amount)
{
  const upsell_currency *currency = &w->page->view->currency;
  char text[UPSELL__DISPLAY_MAX];
  upsell_str shown = {text, upsell__money_display(amount, currency, w->page->money_style, text)};

  KEY(w->out, "{", "amount");
  upsell__write_money(w->out, amount, currency->decimals);
  KEY(w->out, ",", "text");
  upsell__write_string(w->out, shown);
  upsell__buffer_append_char(w->out, '}');
}

static void write_date(const writing *w, upsell_date date)
{
  if (upsell__date_is_none(&date)) {
    write_null(w);
    return;
  }
  upsell__buffer_append_char(w->out, '"');
  upsell__date_write(w->out, &date);
  upsell__buffer_append_char(w->out, '"');
}

/* A number, or null for 0. */
static void write_number_or_null(const writing *w, int32_t number)
{
  if (number)
    upsell__buffer_append_int(w->out, number);
  else
    write_null(w);
}

/* What was spoken, as a string. */
static void write_spoken(const writing *w)
{
  upsell_str text = {w->spoken->data ? w->spoken->data : "", w->spoken->len};

  upsell__write_string(w->out, text);
  w->spoken->len = 0;
}

static void write_sentence(const writing *w, int32_t sentence)
{
  upsell__say_words(&w->voice, sentence, NULL);
  write_spoken(w);
}

static void write_named(const writing *w, upsell_str id, upsell_str title)
{
  KEY(w->out, "{", "id");
  upsell__write_string(w->out, id);
  KEY(w->out, ",", "title");
  upsell__write_string(w->out, title);
  upsell__buffer_append_char(w->out, '}');
}

/* A plan's id, name and cycle, or null for each. */
static void write_plan(const writing *w, const upsell__plan *plan)
{
  static const upsell_str none = {NULL, 0};

  KEY(w->out, "", "selling_plan_id");
  upsell__write_string_or_null(w->out, plan ? plan->id : none);
  KEY(w->out, ",", "name");
  upsell__write_string_or_null(w->out, plan ? plan->name : none);
  KEY(w->out, ",", "cycle");
  if (!plan) {
    write_null(w);
    return;
  }
  upsell__say_cycle(plan, &w->voice);
  write_spoken(w);
}

/* ---- the page as a whole ---- */

static void write_texts(const writing *w)
{
  const upsell_page *given = w->page->view->page;

  KEY(w->out, ",\"texts\":{", "title");
  upsell__write_string(w->out, given->title);
  KEY(w->out, ",", "timer");
  upsell__write_timer(w->out, given);
  KEY(w->out, ",", "description");
  upsell__write_description(w->out, given);
  KEY(w->out, ",", "buy_button");
  upsell__write_string(w->out, given->buy_button);
  KEY(w->out, ",", "close_button");
  upsell__write_close_button(w->out, given);
  KEY(w->out, ",", "subtotal_label");
  write_sentence(w, UPSELL__SAY_SUBTOTAL);
  KEY(w->out, ",", "charge_now_label");
  write_sentence(w, UPSELL__SAY_CHARGE_NOW);
  KEY(w->out, ",", "quantity_label");
  write_sentence(w, UPSELL__SAY_QUANTITY);
  KEY(w->out, ",", "plan_label");
  write_sentence(w, UPSELL__SAY_PLAN);
  KEY(w->out, ",", "consent");
  if (upsell__disclosure_count(w->page)) {
    upsell__say_consent(w->page, &w->voice, w->scratch);
    write_spoken(w);
  } else {
    write_null(w);
  }
  upsell__buffer_append_char(w->out, '}');
}

static void write_quantity(const writing *w)
{
  const upsell_quantity *offered = &w->page->view->quantity;

  KEY(w->out, ",\"quantity\":{", "value");
  upsell__buffer_append_int(w->out, w->page->quantity);
  KEY(w->out, ",", "min");
  upsell__buffer_append_int(w->out, w->page->least_quantity);
  KEY(w->out, ",", "max");
  upsell__buffer_append_int(w->out, offered->max);
  KEY(w->out, ",", "adjustable");
  upsell__write_bool(w->out, offered->adjustable == UPSELL_YES);
  upsell__buffer_append_char(w->out, '}');
}

/* The plan of all targets; null where they differ or have none. */
static void write_common_plan(const writing *w)
{
  const upsell__plan *first = upsell__offer_page_plan(w->page, 0);
  upsell_str id = {NULL, 0};
  size_t i = 1;

  while (i < w->page->view->target_count && upsell__offer_page_plan(w->page, i) == first)
    i++;
  if (first && i == w->page->view->target_count)
    id = first->id;
  KEY(w->out, ",", "selling_plan_id");
  upsell__write_string_or_null(w->out, id);
}

static void write_choices(const writing *w)
{
  const upsell__offer_page *page = w->page;
  upsell__charges charges;
  size_t i;

  KEY(w->out, ",", "choices");
  upsell__buffer_append_char(w->out, '[');
  for (i = 0; i < page->view->choice_count; i++) {
    const upsell__plan *plan = &page->catalog->plans[page->scenario->plans[i]];
    upsell__offer_page_charges(page, plan, &charges);
    write_comma(w, i);
    upsell__buffer_append_char(w->out, '{');
    write_plan(w, plan);
    KEY(w->out, ",", "selected");
    upsell__write_bool(w->out, plan == upsell__offer_page_plan(page, 0));
    KEY(w->out, ",", "unit");
    write_money(w, charges.price.offer_page.unit);
    KEY(w->out, ",", "charge_now");
    write_money(w, charges.price.offer_page.line);
    upsell__buffer_append_char(w->out, '}');
  }
  upsell__buffer_append_char(w->out, ']');
}

static void write_amounts(const writing *w)
{
  const upsell__offer_page *page = w->page;
  upsell__charges charges;

  upsell__offer_page_charges(page, upsell__offer_page_plan(page, 0), &charges);
  KEY(w->out, ",", "list_unit");
  write_money(w, charges.price.list_unit);
  KEY(w->out, ",", "unit");
  write_money(w, charges.price.offer_page.unit);
  KEY(w->out, ",", "subtotal");
  write_money(w, page->charge_now);
  KEY(w->out, ",", "charge_now");
  write_money(w, page->charge_now);
  KEY(w->out, ",", "checkout");
  write_money(w, page->checkout);
  KEY(w->out, ",", "differs");
  upsell__write_bool(w->out, page->charge_now != page->checkout);
}

/* ---- targets ---- */

static void write_price(const writing *w, const upsell__charges *charges, size_t index)
{
  const upsell_price *price = &charges->price;
  int32_t from = index ? price->recurring[index - 1].from_cycle : 1;

  KEY(w->out, "{", "from_cycle");
  upsell__buffer_append_int(w->out, from);
  KEY(w->out, ",", "to_cycle");
  write_number_or_null(w, upsell__charges_last_cycle(charges, index));
  KEY(w->out, ",", "date");
  write_date(w, upsell__offer_page_day(w->page, charges, from));
  KEY(w->out, ",", "unit");
  write_money(w, index ? price->recurring[index - 1].unit : price->offer_page.unit);
  KEY(w->out, ",", "line");
  write_money(w, upsell__charges_line(charges, from));
  upsell__buffer_append_char(w->out, '}');
}

static void write_prices(const writing *w, const upsell__charges *charges)
{
  size_t i;

  KEY(w->out, ",", "prices");
  upsell__buffer_append_char(w->out, '[');
  for (i = 0; i <= charges->price.recurring_count; i++) {
    write_comma(w, i);
    write_price(w, charges, i);
  }
  upsell__buffer_append_char(w->out, ']');
}

static void write_later_charges(const writing *w, const upsell__charges *charges)
{
  int32_t last = 1 + w->page->later_charges;
  int32_t cycle;

  if (charges->most && last > charges->most)
    last = charges->most;
  KEY(w->out, ",", "later_charges");
  upsell__buffer_append_char(w->out, '[');
  for (cycle = 2; cycle <= last; cycle++) {
    write_comma(w, cycle > 2);
    KEY(w->out, "{", "cycle");
    upsell__buffer_append_int(w->out, cycle);
    KEY(w->out, ",", "date");
    write_date(w, upsell__offer_page_day(w->page, charges, cycle));
    KEY(w->out, ",", "line");
    write_money(w, upsell__charges_line(charges, cycle));
    upsell__buffer_append_char(w->out, '}');
  }
  upsell__buffer_append_char(w->out, ']');
}

static void write_totals(const writing *w, const upsell__charges *charges)
{
  KEY(w->out, ",", "min_charges");
  write_number_or_null(w, charges->least);
  KEY(w->out, ",", "max_charges");
  write_number_or_null(w, charges->plan ? charges->most : 0);
  KEY(w->out, ",", "total");
  if (charges->most)
    write_money(w, upsell__charges_sum(charges, charges->most));
  else
    write_null(w);
  KEY(w->out, ",", "first_year");
  if (charges->plan && upsell__offer_page_has_dates(w->page))
    write_money(w, upsell__charges_sum(charges, upsell__offer_page_year(w->page, charges)));
  else
    write_null(w);
}

static void write_target(const writing *w, size_t index)
{
  const upsell__plan *plan = upsell__offer_page_plan(w->page, index);
  upsell__charges charges;

  upsell__offer_page_charges(w->page, plan, &charges);
  KEY(w->out, "{", "contract_id");
  upsell__write_string_or_null(w->out, w->page->view->targets[index].contract_id);
  upsell__buffer_append_char(w->out, ',');
  write_plan(w, plan);
  KEY(w->out, ",", "unit");
  write_money(w, charges.price.offer_page.unit);
  KEY(w->out, ",", "subtotal");
  write_money(w, charges.price.offer_page.line);
  KEY(w->out, ",", "charge_now");
  write_money(w, charges.price.offer_page.line);
  write_prices(w, &charges);
  write_later_charges(w, &charges);
  write_totals(w, &charges);
  upsell__buffer_append_char(w->out, '}');
}

static void write_targets(const writing *w)
{
  size_t i;

  KEY(w->out, ",", "targets");
  upsell__buffer_append_char(w->out, '[');
  for (i = 0; i < w->page->view->target_count; i++) {
    write_comma(w, i);
    write_target(w, i);
  }
  upsell__buffer_append_char(w->out, ']');
}

/* ---- disclosure ---- */

static void write_item(const writing *w, int32_t item)
{
  int is_missing;

  KEY(w->out, "{", "item");
  upsell__write_string(w->out, upsell_str_of(upsell__disclosure_name(item)));
  KEY(w->out, ",", "label");
  upsell__disclosure_label(item, &w->voice);
  write_spoken(w);
  KEY(w->out, ",", "text");
  upsell__disclose(w->page, item, &w->voice, w->scratch);
  is_missing = w->spoken->len == 0;
  write_spoken(w);
  KEY(w->out, ",", "missing");
  upsell__write_bool(w->out, is_missing);
  upsell__buffer_append_char(w->out, '}');
}

static void write_disclosure(const writing *w)
{
  int32_t count = upsell__disclosure_count(w->page);
  int32_t item;

  KEY(w->out, ",", "disclosure");
  upsell__buffer_append_char(w->out, '[');
  for (item = 0; item < count; item++) {
    write_comma(w, (size_t)item);
    write_item(w, item);
  }
  upsell__buffer_append_char(w->out, ']');
}

static void write_page(const writing *w)
{
  const upsell__offer_page *page = w->page;
  const upsell_decision_view *view = page->view;

  KEY(w->out, "{\"format\":\"upsell.page/1\",", "order_id");
  upsell__write_string(w->out, view->order_id);
  KEY(w->out, ",", "scenario_id");
  upsell__write_string(w->out, view->scenario_id);
  KEY(w->out, ",", "pattern");
  upsell__write_string(w->out, upsell_str_of(upsell_pattern_name(view->pattern)));
  KEY(w->out, ",", "locale");
  upsell__write_string(w->out, upsell_str_of(page->locale == UPSELL_LOCALE_EN ? "en" : "ja"));
  KEY(w->out, ",", "currency");
  upsell__write_string(w->out, upsell_str_of(view->currency.code));
  KEY(w->out, ",", "anchor");
  write_date(w, page->anchor);
  KEY(w->out, ",", "product");
  write_named(w, view->product_id, view->product_title);
  KEY(w->out, ",", "variant");
  write_named(w, view->variant_id, view->variant_title);
  write_texts(w);
  KEY(w->out, ",", "expires_after_seconds");
  upsell__buffer_append_int(w->out, view->page->expires_after_seconds);
  write_quantity(w);
  write_common_plan(w);
  write_choices(w);
  write_amounts(w);
  write_targets(w);
  write_disclosure(w);
  upsell__buffer_append_char(w->out, '}');
}

/* ---- the public function ---- */

/* NULL when memory ran out. */
static upsell_text *text_of(const upsell__offer_page *page)
{
  upsell__buffer out = {NULL, 0, 0, 0};
  upsell__buffer spoken = {NULL, 0, 0, 0};
  upsell__buffer scratch = {NULL, 0, 0, 0};
  writing w = {page,
               &out,
               {&spoken, &page->view->currency, page->locale, page->money_style},
               &spoken,
               &scratch};

  write_page(&w);
  /* A text that was not spoken to its end must not be taken for the whole. */
  out.failed |= spoken.failed | scratch.failed;
  upsell__buffer_free(&spoken);
  upsell__buffer_free(&scratch);
  return upsell__text_new(&out);
}

upsell_status upsell_page_make(const upsell_decision *decision, const upsell_page_request *request,
                               upsell_text **page, upsell_error *error)
{
  upsell__sink sink = {UPSELL_OK, error, NULL, 0};
  upsell__offer_page made;
  upsell_text *text;

  if (!page) {
    upsell__report(&sink, UPSELL_INVALID_ARGUMENT, NULL,
                   "A place for the page was expected, not NULL.");
    return sink.status;
  }
  if (upsell__offer_page_make(decision, request, &made, &sink))
    return sink.status;
  text = text_of(&made);
  upsell__offer_page_free(&made);
  if (!text)
    return upsell__report_no_memory(&sink);
  *page = text;
  return UPSELL_OK;
}
