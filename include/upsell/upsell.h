/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Everything: the one header that most programs include.
 */
#ifndef UPSELL_UPSELL_H
#define UPSELL_UPSELL_H

#include <upsell/base.h>
#include <upsell/batch.h>
#include <upsell/catalog.h>
#include <upsell/decision.h>
#include <upsell/money.h>
#include <upsell/order.h>
#include <upsell/page.h>
#include <upsell/plan.h>
#include <upsell/pricing.h>
#include <upsell/runner.h>
#include <upsell/session.h>
#include <upsell/shopify.h>
#include <upsell/status.h>
#include <upsell/tally.h>
#include <upsell/text.h>
#include <upsell/version.h>

#endif
