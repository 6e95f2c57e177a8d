/* SPDX-License-Identifier: MIT */
/*
 * Fuzz targets: each takes any bytes and must neither crash nor break a promise.
 * They are run by libFuzzer, and by the ordinary tests over seeds and their
 * mutations (run_seeds.c).
 */
#ifndef UPSELL_TESTS_FUZZ_TARGETS_H
#define UPSELL_TESTS_FUZZ_TARGETS_H

#include <stddef.h>
#include <stdint.h>

/* libFuzzer's entry point; each target file defines it. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
