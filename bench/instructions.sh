#!/bin/sh
# SPDX-License-Identifier: MIT
# Instructions per decision or plan, counted by callgrind: the same on every run,
# however busy the machine is.
#
#   bench/instructions.sh [BUILD-FOLDER]      (default: build)
#
# SIZES="10 100000" or PATHS="structs" in the environment narrow it down. Batches are counted
# with PATHS="structs packed packed-batch document lines", plans with
# PATHS="plan plan-documents plan-json-c runner runner-step". KEEP=folder keeps
# callgrind's files there, for callgrind_annotate.
set -eu

bench=${1:-build}/bench/upsell-bench
sizes=${SIZES:-"10 1000 10000"}
paths=${PATHS:-"structs explain documents json-c"}

command -v valgrind >/dev/null || { echo "instructions.sh: valgrind is not installed" >&2; exit 2; }
[ -x "$bench" ] || { echo "instructions.sh: there is no $bench; build it first" >&2; exit 2; }

work=${KEEP:-$(mktemp -d)}
mkdir -p "$work"
[ -n "${KEEP:-}" ] || trap 'rm -rf "$work"' EXIT

# Instructions within one pass through all orders or sales, for each of them.
count() {
  out=$work/$1-$2-$3.callgrind
  valgrind --tool=callgrind --toggle-collect=upsell_bench_counted --callgrind-out-file="$out" \
    "$bench" --callgrind "$2" --shape "$1" --path "$3" >"$work/stdout" 2>"$work/stderr" ||
    { cat "$work/stderr" >&2; exit 1; }
  awk -v orders="$(cut -d ' ' -f 1 "$work/stdout")" \
    '/^totals:/ { printf "%14.0f", $2 / orders }' "$out"
}

printf '%-6s %9s' shape scenarios
for path in $paths; do printf ' %14s' "$path"; done
printf '\n'
for shape in sparse strict; do
  for size in $sizes; do
    printf '%-6s %9s' "$shape" "$size"
    for path in $paths; do
      printf ' '
      count "$shape" "$size" "$path"
    done
    printf '\n'
  done
done
