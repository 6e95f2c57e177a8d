/* SPDX-License-Identifier: MIT */
/* A small catalogue in which short orders meet all patterns, and each other's rules. */
#ifndef UPSELL_TESTS_FUZZ_SMALL_CATALOG_H
#define UPSELL_TESTS_FUZZ_SMALL_CATALOG_H

static const char small_catalog[] =
    "{\"format\":\"upsell.catalog/1\",\"currency\":\"JPY\","
    "\"store\":{\"plan\":\"enterprise\",\"post_purchase_app\":true,\"one_time_to_one_time\":true},"
    "\"selling_plans\":[{\"id\":\"m\",\"name\":\"\",\"billing\":{\"interval\":\"month\",\"count\":"
    "1},"
    "\"pricing\":[{\"after_cycle\":0,\"type\":\"percentage\",\"value\":\"10\"}]},"
    "{\"id\":\"w\",\"name\":\"\",\"billing\":{\"interval\":\"week\",\"count\":1},\"pricing\":[]}],"
    "\"products\":[{\"id\":\"p\",\"title\":\"\",\"variants\":["
    "{\"id\":\"v\",\"title\":\"\",\"price\":\"1000\",\"available\":5}]}],"
    "\"scenarios\":["
    "{\"id\":\"1\",\"name\":\"\",\"status\":\"published\",\"priority\":1,"
    "\"trigger\":{\"kind\":\"subscription\",\"products\":[{\"product_id\":\"p\"}]},"
    "\"offer\":{\"kind\":\"subscription\",\"product_id\":\"p\",\"variant_id\":\"v\","
    "\"selling_plan_ids\":[\"m\",\"w\"],\"discount\":{\"type\":\"percentage\",\"value\":\"33."
    "3333\"}}},"
    "{\"id\":\"2\",\"name\":\"\",\"status\":\"published\",\"priority\":1,"
    "\"trigger\":{\"kind\":\"subscription\",\"other_items\":\"deny\",\"products\":["
    "{\"product_id\":\"p\",\"variant_ids\":[\"v\"],\"selling_plan_ids\":[\"m\"]}]},"
    "\"offer\":{\"kind\":\"one_time\",\"product_id\":\"p\",\"variant_id\":\"v\"}},"
    "{\"id\":\"3\",\"name\":\"\",\"status\":\"published\",\"priority\":0,"
    "\"trigger\":{\"kind\":\"one_time\",\"products\":[{\"product_id\":\"p\"},{\"product_id\":\"q\"}"
    "]},"
    "\"offer\":{\"kind\":\"subscription\",\"product_id\":\"p\",\"variant_id\":\"v\","
    "\"selling_plan_ids\":[\"w\",\"m\"],\"discount\":{\"type\":\"fixed_amount\",\"value\":1}}},"
    "{\"id\":\"4\",\"name\":\"\",\"status\":\"published\",\"priority\":3,"
    "\"trigger\":{\"kind\":\"one_time\",\"products\":[{\"product_id\":\"q\"}]},"
    "\"offer\":{\"kind\":\"one_time\",\"product_id\":\"p\",\"variant_id\":\"v\"}}]}";

#endif
