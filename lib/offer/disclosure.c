/* SPDX-License-Identifier: MIT */
#include "offer/disclosure.h"

/* Says a sentence, and ends the line. */
#define LINE(voice, sentence, ...) (UPSELL__SAY(voice, sentence, __VA_ARGS__), end_line(voice))
#define PLAIN_LINE(voice, sentence) (upsell__say_words(voice, sentence, NULL), end_line(voice))

static void end_line(const upsell__voice *voice)
{
  upsell__buffer_append_char(voice->out, '\n');
}

static upsell__word number(int64_t value)
{
  return upsell__valued(UPSELL__WORD_NUMBER, value);
}

static upsell__word money(int64_t amount)
{
  return upsell__valued(UPSELL__WORD_MONEY, amount);
}

static upsell__word charges_word(int64_t count)
{
  return upsell__counted(count, UPSELL__UNIT_CHARGE);
}

static upsell__word items_word(int64_t count)
{
  return upsell__counted(count, UPSELL__UNIT_ITEM);
}

static upsell__word targets_word(const upsell__offer_page *page)
{
  return upsell__counted((int64_t)page->view->target_count, UPSELL__UNIT_SUBSCRIPTION);
}

static int replaces(const upsell__offer_page *page)
{
  return page->view->pattern == UPSELL_ONE_TIME_TO_SUBSCRIPTION;
}

/* ---- cycles ---- */

static int delivers_as_it_bills(const upsell__plan *plan)
{
  return upsell__intervals_in(&plan->interval.billing, &plan->interval.delivery) == 1;
}

void upsell__say_cycle(const upsell__plan *plan, const upsell__voice *voice)
{
  upsell__word billing = upsell__period_of(&plan->interval.billing);

  if (delivers_as_it_bills(plan))
    UPSELL__SAY(voice, UPSELL__SAY_CYCLE, billing);
  else
    UPSELL__SAY(voice, UPSELL__SAY_TWO_CYCLES, billing,
                upsell__period_of(&plan->interval.delivery));
}

/* How many deliveries a limited plan has; 0: its cycles do not tell. */
static int32_t all_deliveries(const upsell__charges *charges)
{
  const upsell_cycle *cycle = &charges->plan->interval;

  return upsell__intervals_in(&cycle->billing, &cycle->delivery) * charges->most;
}

/* ---- sentences on one target ---- */

typedef void teller(const upsell__offer_page *page, const upsell__charges *charges,
                    const upsell__voice *voice);

static void tell_end(const upsell__offer_page *page, const upsell__charges *charges,
                     const upsell__voice *voice)
{
  int32_t deliveries = all_deliveries(charges);

  if (deliveries > 1)
    LINE(voice, UPSELL__SAY_ALL_DELIVERIES, upsell__counted(deliveries, UPSELL__UNIT_DELIVERY),
         items_word((int64_t)deliveries * page->quantity));
  LINE(voice, UPSELL__SAY_ENDS_AFTER, charges_word(charges->most));
}

static void tell_no_end(const upsell__offer_page *page, const upsell__charges *charges,
                        const upsell__voice *voice)
{
  int32_t deliveries;

  PLAIN_LINE(voice, UPSELL__SAY_GOES_ON);
  if (!upsell__offer_page_has_dates(page))
    return;
  deliveries = upsell__dates_in_year(&page->anchor, &charges->plan->interval.delivery);
  LINE(voice, UPSELL__SAY_FIRST_YEAR_ITEMS, upsell__counted(deliveries, UPSELL__UNIT_DELIVERY),
       items_word((int64_t)deliveries * page->quantity));
}

static void tell_quantity(const upsell__offer_page *page, const upsell__charges *charges,
                          const upsell__voice *voice)
{
  LINE(voice, UPSELL__SAY_EACH_DELIVERY, items_word(page->quantity));
  if (charges->most)
    tell_end(page, charges, voice);
  else
    tell_no_end(page, charges, voice);
  if (charges->least > 1)
    LINE(voice, UPSELL__SAY_AT_LEAST, charges_word(charges->least));
}

/* What the charges from segment `index` on cost. */
static void tell_segment(const upsell__charges *charges, size_t index, const upsell__voice *voice)
{
  const upsell_price_segment *segment = &charges->price.recurring[index];
  int32_t last = upsell__charges_last_cycle(charges, index + 1);

  if (!last)
    UPSELL__SAY(voice, UPSELL__SAY_FURTHER_PRICES, number(segment->from_cycle),
                money(segment->line));
  else if (last > segment->from_cycle)
    UPSELL__SAY(voice, UPSELL__SAY_SOME_PRICES, number(segment->from_cycle), number(last),
                money(segment->line));
  else
    UPSELL__SAY(voice, UPSELL__SAY_ONE_PRICE, number(last), money(segment->line));
}

static void tell_totals(const upsell__offer_page *page, const upsell__charges *charges,
                        const upsell__voice *voice)
{
  int32_t year;

  if (charges->least > 1 && charges->least != charges->most)
    LINE(voice, UPSELL__SAY_LEAST_TOTAL, charges_word(charges->least),
         money(upsell__charges_sum(charges, charges->least)));
  if (charges->most == 1) {
    LINE(voice, UPSELL__SAY_ONLY_TOTAL, money(charges->price.offer_page.line));
  } else if (charges->most) {
    LINE(voice, UPSELL__SAY_TOTAL, charges_word(charges->most),
         money(upsell__charges_sum(charges, charges->most)));
  } else if (upsell__offer_page_has_dates(page)) {
    year = upsell__offer_page_year(page, charges);
    LINE(voice, UPSELL__SAY_FIRST_YEAR, money(upsell__charges_sum(charges, year)),
         charges_word(year));
  }
}

static void tell_price(const upsell__offer_page *page, const upsell__charges *charges,
                       const upsell__voice *voice)
{
  size_t i;

  UPSELL__SAY(voice, UPSELL__SAY_FIRST_PRICE, money(charges->price.offer_page.line));
  for (i = 0; i < charges->price.recurring_count; i++) {
    upsell__say_words(voice, UPSELL__SAY_NEXT_PRICE, NULL);
    tell_segment(charges, i, voice);
  }
  if (page->quantity > 1)
    UPSELL__SAY(voice, UPSELL__SAY_PRICES_FOR, items_word(page->quantity));
  end_line(voice);
  tell_totals(page, charges, voice);
}

/* Ends a line with the day of a charge, where it is known. */
static void end_with_day(const upsell__offer_page *page, const upsell__charges *charges,
                         int32_t cycle, int32_t sentence, const upsell__voice *voice)
{
  upsell_date day = upsell__offer_page_day(page, charges, cycle);

  if (!upsell__date_is_none(&day))
    UPSELL__SAY(voice, sentence, upsell__dated(day));
  end_line(voice);
}

static void tell_charges(const upsell__offer_page *page, const upsell__charges *charges,
                         const upsell__voice *voice)
{
  const upsell_interval *billing = &charges->plan->interval.billing;

  upsell__say_words(voice, UPSELL__SAY_FIRST_CHARGE, NULL);
  end_with_day(page, charges, 1, UPSELL__SAY_ON_DAY, voice);
  switch (charges->most) {
  case 0:
    UPSELL__SAY(voice, UPSELL__SAY_FURTHER_CHARGES, upsell__period_of(billing));
    end_with_day(page, charges, 2, UPSELL__SAY_NEXT_DAY, voice);
    break;
  case 1:
    PLAIN_LINE(voice, UPSELL__SAY_ONLY_CHARGE);
    break;
  case 2:
    UPSELL__SAY(voice, UPSELL__SAY_SECOND_CHARGE, upsell__counted(billing->count, billing->unit));
    end_with_day(page, charges, 2, UPSELL__SAY_ON_DAY, voice);
    break;
  default:
    UPSELL__SAY(voice, UPSELL__SAY_SOME_CHARGES, number(charges->most), upsell__period_of(billing));
    end_with_day(page, charges, 2, UPSELL__SAY_NEXT_DAY, voice);
  }
}

static void tell_deliveries(const upsell__offer_page *page, const upsell__charges *charges,
                            const upsell__voice *voice)
{
  const upsell_interval *delivery = &charges->plan->interval.delivery;
  upsell__word period = upsell__period_of(delivery);
  int32_t count = all_deliveries(charges);

  PLAIN_LINE(voice,
             replaces(page) ? UPSELL__SAY_DELIVERED_INSTEAD : UPSELL__SAY_DELIVERED_TOGETHER);
  if (!charges->most)
    LINE(voice, UPSELL__SAY_FURTHER_DELIVERIES, period);
  else if (count > 2)
    LINE(voice, UPSELL__SAY_SOME_DELIVERIES, number(count), period);
  else if (count == 2)
    LINE(voice, UPSELL__SAY_SECOND_DELIVERY, upsell__counted(delivery->count, delivery->unit));
  else if (count == 0)
    LINE(voice, UPSELL__SAY_DELIVERIES_UNTIL_END, period);
}

/* ---- several targets ---- */

static int is_first_with_plan(const upsell__offer_page *page, size_t target)
{
  const upsell__plan *plan = upsell__offer_page_plan(page, target);
  size_t i;

  for (i = 0; i < target; i++) {
    if (upsell__offer_page_plan(page, i) == plan)
      return 0;
  }
  return 1;
}

static void tell_target(const upsell__offer_page *page, size_t target, teller *tell,
                        const upsell__voice *voice)
{
  upsell__charges charges;

  upsell__offer_page_charges(page, upsell__offer_page_plan(page, target), &charges);
  tell(page, &charges, voice);
}

/* Whether some target's sentences are others than those of the first one, which were said
 * last, from `start` on. */
static int targets_differ(const upsell__offer_page *page, teller *tell, const upsell__voice *voice,
                          size_t start, upsell__buffer *scratch)
{
  upsell__voice other = *voice;
  int differ = 0;
  size_t i;

  other.out = scratch;
  for (i = 1; i < page->view->target_count && !differ; i++) {
    if (!is_first_with_plan(page, i))
      continue;
    tell_target(page, i, tell, &other);
    differ = scratch->len != voice->out->len - start ||
             memcmp(scratch->data, voice->out->data + start, scratch->len) != 0;
    scratch->len = 0;
  }
  return differ;
}

/* The name of a plan, or its cycle where it has none. */
static void tell_heading(const upsell__plan *plan, const upsell__voice *voice,
                         upsell__buffer *scratch)
{
  upsell__voice other = *voice;
  upsell_str name = plan->name;

  other.out = scratch;
  if (!name.len) {
    upsell__say_cycle(plan, &other);
    name.data = scratch->data;
    name.len = scratch->len;
  }
  LINE(voice, UPSELL__SAY_HEADING, upsell__quoted(name));
  scratch->len = 0;
}

/* Once where all targets have the same sentences, else for each plan. */
static void tell_targets(const upsell__offer_page *page, teller *tell, const upsell__voice *voice,
                         upsell__buffer *scratch)
{
  size_t start = voice->out->len;
  size_t i;

  tell_target(page, 0, tell, voice);
  if (!targets_differ(page, tell, voice, start, scratch))
    return;
  voice->out->len = start;
  for (i = 0; i < page->view->target_count; i++) {
    if (!is_first_with_plan(page, i))
      continue;
    tell_heading(upsell__offer_page_plan(page, i), voice, scratch);
    tell_target(page, i, tell, voice);
  }
}

/* ---- items ---- */

int32_t upsell__disclosure_count(const upsell__offer_page *page)
{
  return page->scenario->plan_count ? UPSELL__DISCLOSURES : 0;
}

const char *upsell__disclosure_name(int32_t item)
{
#define NAME(symbol, name) name,
  static const char *const names[] = {UPSELL__DISCLOSURE_LIST(NAME)};
#undef NAME

  return names[item];
}

void upsell__disclosure_label(int32_t item, const upsell__voice *voice)
{
#define LABEL(symbol, name) UPSELL__SAY_ABOUT_##symbol,
  static const int32_t labels[] = {UPSELL__DISCLOSURE_LIST(LABEL)};
#undef LABEL

  upsell__say_words(voice, labels[item], NULL);
}

static void disclose_quantity(const upsell__offer_page *page, const upsell__voice *voice,
                              upsell__buffer *scratch)
{
  if (page->view->target_count > 1)
    LINE(voice, UPSELL__SAY_JOINS_EACH, targets_word(page));
  tell_targets(page, tell_quantity, voice, scratch);
}

static void disclose_price(const upsell__offer_page *page, const upsell__voice *voice,
                           upsell__buffer *scratch)
{
  if (page->view->target_count > 1)
    PLAIN_LINE(voice, UPSELL__SAY_EACH_TARGET);
  tell_targets(page, tell_price, voice, scratch);
  if (page->view->target_count > 1)
    LINE(voice, UPSELL__SAY_ALL_NOW, money(page->charge_now), targets_word(page));
  if (replaces(page))
    PLAIN_LINE(voice, UPSELL__SAY_REFUND);
  PLAIN_LINE(voice, UPSELL__SAY_NO_SHIPPING);
}

static void disclose_charges(const upsell__offer_page *page, const upsell__voice *voice,
                             upsell__buffer *scratch)
{
  tell_targets(page, tell_charges, voice, scratch);
  PLAIN_LINE(voice, UPSELL__SAY_SAME_PAYMENT);
}

static void disclose_period(const upsell__offer_page *page, const upsell__voice *voice)
{
  LINE(voice, UPSELL__SAY_PERIOD,
       upsell__valued(UPSELL__WORD_TIME, page->view->page->expires_after_seconds));
}

/* What follows from plan and offer; returns the merchant's text, which comes behind it. */
static upsell_str disclose_facts(const upsell__offer_page *page, int32_t item,
                                 const upsell__voice *voice, upsell__buffer *scratch)
{
  static const upsell_str none = {NULL, 0};
  const upsell__disclosure *given = page->scenario->disclosure;

  switch (item) {
  case UPSELL__DISCLOSE_QUANTITY:
    disclose_quantity(page, voice, scratch);
    return none;
  case UPSELL__DISCLOSE_PRICE:
    disclose_price(page, voice, scratch);
    return given->price;
  case UPSELL__DISCLOSE_CHARGES:
    disclose_charges(page, voice, scratch);
    return given->payment;
  case UPSELL__DISCLOSE_DELIVERIES:
    tell_targets(page, tell_deliveries, voice, scratch);
    return given->delivery;
  case UPSELL__DISCLOSE_PERIOD:
    disclose_period(page, voice);
    return given->period;
  case UPSELL__DISCLOSE_WITHDRAWAL:
    return given->withdrawal;
  default: /* UPSELL__DISCLOSE_CANCELLATION */
    return given->cancellation;
  }
}

void upsell__disclose(const upsell__offer_page *page, int32_t item, const upsell__voice *voice,
                      upsell__buffer *scratch)
{
  upsell_str merchants = disclose_facts(page, item, voice, scratch);

  if (merchants.len)
    upsell__buffer_append(voice->out, merchants.data, merchants.len);
  else if (voice->out->len)
    voice->out->len--; /* the end of the last line */
}

/* ---- consent ---- */

/* Whether all targets have as many charges, at least and in all. */
static int same_charges(const upsell__offer_page *page)
{
  const upsell__plan *first = upsell__offer_page_plan(page, 0);
  size_t i;

  for (i = 1; i < page->view->target_count; i++) {
    const upsell__plan *plan = upsell__offer_page_plan(page, i);
    if (plan->min_cycles != first->min_cycles || plan->max_cycles != first->max_cycles)
      return 0;
  }
  return 1;
}

/* For how long the buyer pays. */
static void tell_commitment(const upsell__offer_page *page, const upsell__voice *voice)
{
  const upsell__plan *plan = upsell__offer_page_plan(page, 0);

  if (!same_charges(page)) {
    upsell__say_words(voice, UPSELL__SAY_AS_SHOWN, NULL);
    return;
  }
  if (plan->max_cycles == 1)
    upsell__say_words(voice, UPSELL__SAY_ONCE, NULL);
  else if (plan->max_cycles)
    UPSELL__SAY(voice, UPSELL__SAY_SO_OFTEN, charges_word(plan->max_cycles));
  else
    upsell__say_words(voice, UPSELL__SAY_UNTIL_CANCELLED, NULL);
  if (plan->min_cycles > 1)
    UPSELL__SAY(voice, UPSELL__SAY_CONSENT_AT_LEAST, charges_word(plan->min_cycles));
}

void upsell__say_consent(const upsell__offer_page *page, const upsell__voice *voice,
                         upsell__buffer *scratch)
{
  upsell__voice other = *voice;
  upsell_str commitment;
  int32_t sentence = UPSELL__SAY_CONSENT_JOIN;

  other.out = scratch;
  tell_commitment(page, &other);
  commitment.data = scratch->data;
  commitment.len = scratch->len;
  if (replaces(page))
    sentence = UPSELL__SAY_CONSENT_REPLACE;
  else if (page->view->target_count > 1)
    sentence = UPSELL__SAY_CONSENT_JOIN_EACH;
  UPSELL__SAY(voice, sentence, upsell__quoted(commitment), targets_word(page));
  scratch->len = 0;
}
