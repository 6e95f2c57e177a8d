/* SPDX-License-Identifier: MIT */
/* The products of a catalogue and their variants (CAT-6, CAT-7). */
#include "base/sized.h"
#include "model/check.h"
#include "model/limits.h"

static void check_variant(upsell__checking *check, const upsell__path *path, uint32_t product,
                          const upsell_variant_input *variant)
{
  if (upsell__check_id(&check->base, path, "id", variant->id) && product != UPSELL__NO_INDEX)
    upsell__number_id(check, &check->ids->variants, product, variant->id, path);
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
  uint32_t number = UPSELL__NO_INDEX;
  size_t count;
  size_t i;

  upsell__check_reserved(&check->base, path, (uint32_t)product->reserved);
  if (upsell__check_id(&check->base, path, "id", product->id))
    number = upsell__number_id(check, &check->ids->products, 0, product->id, path);
  upsell__check_text(&check->base, path, "title", product->title, 1);
  upsell__check_choice(&check->base, path, "requires_shipping", product->requires_shipping);
  upsell__check_choice(&check->base, path, "requires_selling_plan", product->requires_selling_plan);
  count = upsell__check_list(&check->base, path, "variants", product->variants,
                             product->variant_count, sizeof(upsell_variant_input));
  for (i = 0; i < count; i++) {
    upsell__path item = upsell__at_index(&list, i);
    check_variant(check, &item, number, upsell__sized_item(product->variants, i));
  }
}

void upsell__check_products(upsell__checking *check)
{
  const upsell_catalog_input *input = check->input;
  upsell__path list = upsell__at_key(NULL, "products");
  size_t count = upsell__check_list(&check->base, NULL, "products", input->products,
                                    input->product_count, sizeof(upsell_product_input));
  size_t i;

  for (i = 0; i < count && upsell__sink_goes_on(check->base.sink); i++) {
    upsell__path path = upsell__at_index(&list, i);
    check_product(check, &path, upsell__sized_item(input->products, i));
  }
}
