/* SPDX-License-Identifier: MIT */
/*
 * Runs a fuzz target without a fuzzer: over each seed file, over every prefix of
 * small ones, and over seeded random mutations. Usage: run_seeds FILE...
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "targets.h"

enum { MUTATIONS = 3000, PREFIXES_UP_TO = 6000 };

/* splitmix64 */
static uint64_t next_random(uint64_t *state)
{
  uint64_t z = (*state += UINT64_C(0x9E3779B97F4A7C15));

  z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
  z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
  return z ^ (z >> 31);
}

static uint8_t *read_file(const char *path, size_t *size)
{
  FILE *file = fopen(path, "rb");
  uint8_t *data = malloc(1 << 20);

  if (!file || !data) {
    perror(path);
    exit(EXIT_FAILURE);
  }
  *size = fread(data, 1, 1 << 20, file);
  fclose(file);
  return data;
}

/* One target call on an exact copy, so that reading past the end is seen. */
static void run(const uint8_t *data, size_t size)
{
  uint8_t *copy = malloc(size ? size : 1);

  if (!copy)
    abort();
  memcpy(copy, data, size);
  LLVMFuzzerTestOneInput(copy, size);
  free(copy);
}

/* Changes a few places: bytes of JSON, of UTF-8, or any. */
static size_t mutate(uint8_t *data, size_t size, uint64_t *state)
{
  static const char bytes[] = "{}[]\",:\\u0eE+-.19tfn \xE3\x81\x82\xF0\xED\xA0";
  uint64_t changes = next_random(state) % 4 + 1;

  while (changes-- > 0 && size > 0) {
    size_t at = next_random(state) % size;
    switch (next_random(state) % 4) {
    case 0:
      data[at] = (uint8_t)next_random(state);
      break;
    case 1:
      data[at] = (uint8_t)bytes[next_random(state) % (sizeof(bytes) - 1)];
      break;
    case 2:
      memmove(data + at, data + at + 1, size - at - 1);
      size--;
      break;
    default:
      size = at + 1 < size ? size : at;
      data[at] = data[next_random(state) % (size ? size : 1)];
      break;
    }
  }
  return size;
}

static size_t run_file(const char *path, uint64_t *state)
{
  size_t size;
  uint8_t *data = read_file(path, &size);
  uint8_t *copy = malloc(size ? size : 1);
  size_t runs = 1;
  size_t i;

  if (!copy)
    abort();
  run(data, size);
  for (i = 0; size <= PREFIXES_UP_TO && i < size; i++, runs++)
    run(data, i);
  for (i = 0; i < MUTATIONS && size <= PREFIXES_UP_TO; i++, runs++) {
    memcpy(copy, data, size);
    run(copy, mutate(copy, size, state));
  }
  free(copy);
  free(data);
  return runs;
}

int main(int argc, char **argv)
{
  uint64_t state = 20261121;
  size_t runs = 0;
  int i;

  for (i = 1; i < argc; i++)
    runs += run_file(argv[i], &state);
  printf("%zu inputs\n", runs);
  return runs > MUTATIONS ? EXIT_SUCCESS : EXIT_FAILURE;
}
