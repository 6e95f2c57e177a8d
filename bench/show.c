/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "result.h"

static void print_shop(const result *r)
{
  printf("%-6s %9zu", shape_name(&r->shop), r->shop.scenarios);
}

static void print_catalogs(const result *results, size_t count)
{
  size_t i;

  printf("Catalogue\n%-6s %9s %11s %10s %11s %9s %11s %9s\n", "shape", "scenarios", "JSON bytes",
         "build ms", "held bytes", "/scenario", "peak bytes", "/scenario");
  for (i = 0; i < count; i++) {
    const result *r = &results[i];
    double scenarios = (double)r->shop.scenarios;
    print_shop(r);
    printf(" %11zu %10.3f %11zu %9.0f %11zu %9.0f\n", r->json_bytes, r->build_ms, r->held,
           (double)r->held / scenarios, r->peak, (double)r->peak / scenarios);
  }
}

static void print_structs(const result *results, size_t count)
{
  size_t i;

  printf("\nDeciding on structs\n%-6s %9s %8s %9s %7s %7s %11s %7s\n", "shape", "scenarios",
         "offers", "ns", "allocs", "growth", "explain ns", "allocs");
  for (i = 0; i < count; i++) {
    const result *r = &results[i];
    print_shop(r);
    printf(" %7.1f%% %9.1f %7.2f %7.2f %11.1f %7.2f\n", r->offers * 100, r->struct_ns,
           r->struct_allocations, r->growth, r->explain_ns, r->explain_allocations);
  }
}

static void print_documents(const result *results, size_t count)
{
  size_t i;

  printf(
      "\nFrom an order's JSON text to the decision's\n%-6s %9s %8s %8s %9s %7s %10s %7s %6s %9s\n",
      "shape", "scenarios", "bytes in", "out", "ns", "allocs", "json-c ns", "allocs", "ratio",
      "parse ns");
  for (i = 0; i < count; i++) {
    const result *r = &results[i];
    print_shop(r);
    printf(" %8.0f %8.0f %9.1f %7.2f %10.1f %7.2f %6.3f %9.1f\n", r->order_bytes, r->decision_bytes,
           r->document_ns, r->document_allocations, r->json_c_ns, r->json_c_allocations,
           json_ratio(r), r->json_c_parse_ns);
  }
  printf(
      "json-c parses and writes the same two documents; parse ns: it parses the order, no more.\n");
}

static void print_batches(const result *results, size_t count)
{
  size_t i;

  printf(
      "\nIn batches, and beside them the same orders alone\n%-6s %9s %8s %9s %9s %6s %9s %6s %9s "
      "%9s %6s %7s\n",
      "shape", "scenarios", "bytes", "struct ns", "packed ns", "ratio", "batch ns", "ratio",
      "JSON ns", "lines ns", "ratio", "allocs");
  for (i = 0; i < count; i++) {
    const result *r = &results[i];
    print_shop(r);
    printf(" %8.0f %9.1f %9.1f %6.3f %9.1f %6.3f %9.1f %9.1f %6.3f %7.2f\n", r->packed_bytes,
           r->packed.first_ns, r->packed.second_ns, r->packed.ratio, r->packed_batch.second_ns,
           r->packed_batch.ratio, r->lines.first_ns, r->lines.second_ns, r->lines.ratio,
           r->batch_allocations);
  }
  printf(
      "packed ns: a call for each packed order; batch ns: one for all of them. JSON ns: a call "
      "for\n"
      "each document, whose decision is not written; lines ns: one for all of them.\n");
}

static void print_plans(const result *results, size_t count)
{
  size_t i;

  printf(
      "\nMaking plans, and running their first step\n%-6s %9s %5s %8s %9s %7s %9s %7s %10s %6s "
      "%9s %7s %9s %7s\n",
      "shape", "scenarios", "sales", "bytes", "struct ns", "allocs", "text ns", "allocs",
      "json-c ns", "ratio", "runner ns", "allocs", "step ns", "allocs");
  for (i = 0; i < count; i++) {
    const result *r = &results[i];
    print_shop(r);
    printf(" %5zu %8.0f %9.0f %7.2f %9.0f %7.2f %10.0f %6.3f %9.0f %7.2f %9.0f %7.2f\n", r->sales,
           r->plan_bytes, r->plan_ns, r->plan_allocations, r->plan_document_ns,
           r->plan_document_allocations, r->plan_json_c_ns, plan_ratio(r), r->runner_new_ns,
           r->runner_new_allocations, r->runner_step_ns, r->runner_step_allocations);
  }
  printf(
      "text ns: from the texts of order and acceptance to that of the plan; json-c parses and\n"
      "writes the same three. step ns: a new runner and the first step.\n");
}

void print_tables(const result *results, size_t count)
{
  printf("libupsell %s, %zu orders in turn, CPU time, medians\n\n", upsell_version(),
         results[0].orders);
  print_catalogs(results, count);
  print_structs(results, count);
  print_documents(results, count);
  print_batches(results, count);
  print_plans(results, count);
}

void print_targets(const target *targets, size_t count)
{
  size_t i;

  printf("\nTargets\n");
  for (i = 0; i < count; i++)
    printf("%-4s %-51s %8.3f%s, at most %g%s\n", target_met(&targets[i]) ? "pass" : "MISS",
           targets[i].name, targets[i].found, targets[i].unit, targets[i].limit, targets[i].unit);
}

static void print_comparison_json(const char *name, const comparison *c)
{
  printf("\"%s\":{\"alone_ns\":%.2f,\"ns\":%.2f,\"ratio\":%.4f},", name, c->first_ns, c->second_ns,
         c->ratio);
}

static void print_batch_json(const result *r)
{
  printf("\"packed_bytes\":%.1f,\"batch_allocations\":%.4f,", r->packed_bytes,
         r->batch_allocations);
  print_comparison_json("packed", &r->packed);
  print_comparison_json("packed_batch", &r->packed_batch);
  print_comparison_json("lines", &r->lines);
}

static void print_plan_json(const result *r)
{
  printf("\"sales\":%zu,\"plan_bytes\":%.1f,\"plan_ns\":%.1f,\"plan_allocations\":%.4f,", r->sales,
         r->plan_bytes, r->plan_ns, r->plan_allocations);
  printf(
      "\"plan_document_ns\":%.1f,\"plan_document_allocations\":%.4f,\"plan_json_c_ns\":%.1f,"
      "\"plan_json_c_allocations\":%.4f,\"plan_ratio\":%.4f,",
      r->plan_document_ns, r->plan_document_allocations, r->plan_json_c_ns,
      r->plan_json_c_allocations, plan_ratio(r));
  printf(
      "\"runner_new_ns\":%.1f,\"runner_new_allocations\":%.4f,\"runner_step_ns\":%.1f,"
      "\"runner_step_allocations\":%.4f",
      r->runner_new_ns, r->runner_new_allocations, r->runner_step_ns, r->runner_step_allocations);
}

static void print_result_json(const result *r)
{
  printf("{\"shape\":\"%s\",\"scenarios\":%zu,\"orders\":%zu,", shape_name(&r->shop),
         r->shop.scenarios, r->orders);
  printf(
      "\"catalog_json_bytes\":%zu,\"build_ms\":%.4f,\"held_bytes\":%zu,\"live_bytes\":%zu,"
      "\"peak_bytes\":%zu,",
      r->json_bytes, r->build_ms, r->held, r->live, r->peak);
  printf("\"offers\":%.4f,\"struct_ns\":%.2f,\"struct_allocations\":%.4f,\"growth\":%.4f,",
         r->offers, r->struct_ns, r->struct_allocations, r->growth);
  printf("\"explain_ns\":%.2f,\"explain_allocations\":%.4f,", r->explain_ns,
         r->explain_allocations);
  printf("\"order_bytes\":%.1f,\"decision_bytes\":%.1f,", r->order_bytes, r->decision_bytes);
  printf(
      "\"document_ns\":%.2f,\"document_allocations\":%.4f,\"json_c_ns\":%.2f,"
      "\"json_c_allocations\":%.4f,\"ratio\":%.4f,\"json_c_parse_ns\":%.2f,",
      r->document_ns, r->document_allocations, r->json_c_ns, r->json_c_allocations, json_ratio(r),
      r->json_c_parse_ns);
  print_batch_json(r);
  print_plan_json(r);
  printf("}");
}

static void print_target_json(const target *t)
{
  printf("{\"name\":\"%s\",\"unit\":\"%s\",\"limit\":%g,\"found\":%.4f,\"met\":%s}", t->name,
         t->unit, t->limit, t->found, target_met(t) ? "true" : "false");
}

void print_json(const result *results, size_t count, const target *targets, size_t target_count)
{
  size_t i;

  printf("{\"version\":\"%s\",\"results\":[", upsell_version());
  for (i = 0; i < count; i++) {
    printf("%s", i ? "," : "");
    print_result_json(&results[i]);
  }
  printf("],\"targets\":[");
  for (i = 0; i < target_count; i++) {
    printf("%s", i ? "," : "");
    print_target_json(&targets[i]);
  }
  printf("]}\n");
}
