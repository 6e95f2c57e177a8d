/* SPDX-License-Identifier: MIT */
/* The products of a catalogue and their variants (CAT-6, CAT-7). */
#include "base/sized.h"
#include "model/check.h"
#include "model/limits.h"

/* Where the variants of a product are numbered. */
typedef struct variant_scope {
  uint32_t product; /* number, or UPSELL__NO_INDEX: nowhere */
  int again;        /* the product's id stands twice: its variants may, too */
} variant_scope;

static void number_variant(upsell__checking *check, const upsell__path *path, variant_scope scope,
                           upsell_str id)
{
  uint32_t number;
  int added;

  if (scope.product == UPSELL__NO_INDEX)
    return;
  if (!scope.again)
    upsell__number_id(check, &check->ids->variants, scope.product, id, path);
  else if (!upsell__idmap_add(&check->ids->variants, scope.product, id, &number, &added))
    upsell__report_no_memory(check->base.sink);
}

static void check_variant(upsell__checking *check, const upsell__path *path, variant_scope scope,
                          const upsell_variant_input *variant)
{
  if (upsell__check_id(&check->base, path, "id", variant->id))
    number_variant(check, path, scope, variant->id);
  upsell__check_text(&check->base, path, "title", variant->title, 1);
  upsell__check_range(&check->base, path, "price", variant->price, 0, UPSELL_MONEY_MAX);
  if (upsell__check_enum(&check->base, path, "available", variant->stock_tracked, UPSELL_NO, 1) &&
      variant->stock_tracked == UPSELL_YES)
    upsell__check_range(&check->base, path, "available", variant->available, 0, UPSELL__STOCK_MAX);
}

static void check_product(upsell__checking *check, const upsell__path *path,
                          const upsell_product_input *product)
{
  upsell__path list = upsell__at_key(path, "variants");
  variant_scope scope = {UPSELL__NO_INDEX, 0};
  size_t count;
  size_t i;

  upsell__check_reserved(&check->base, path, (uint32_t)product->reserved);
  if (upsell__check_id(&check->base, path, "id", product->id)) {
    scope.product = upsell__number_id(check, &check->ids->products, 0, product->id, path);
    scope.again = scope.product == UPSELL__NO_INDEX;
    if (scope.again)
      scope.product = upsell__idmap_find(&check->ids->products, 0, product->id);
  }
  upsell__check_text(&check->base, path, "title", product->title, 1);
  upsell__check_choice(&check->base, path, "requires_shipping", product->requires_shipping);
  upsell__check_choice(&check->base, path, "requires_selling_plan", product->requires_selling_plan);
  count = upsell__check_list(&check->base, path, "variants", product->variants,
                             product->variant_count, UPSELL__SHAPE(upsell_variant_input));
  for (i = 0; i < count; i++) {
    upsell__path item = upsell__at_index(&list, i);
    check_variant(check, &item, scope, upsell__sized_item(product->variants, i));
  }
}

void upsell__check_products(upsell__checking *check)
{
  const upsell_catalog_input *input = check->input;
  upsell__path list = upsell__at_key(NULL, "products");
  size_t count = upsell__check_list(&check->base, NULL, "products", input->products,
                                    input->product_count, UPSELL__SHAPE(upsell_product_input));
  size_t i;

  for (i = 0; i < count && upsell__sink_goes_on(check->base.sink); i++) {
    upsell__path path = upsell__at_index(&list, i);
    check_product(check, &path, upsell__sized_item(input->products, i));
  }
}
