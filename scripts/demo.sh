#!/bin/sh
# SPDX-License-Identifier: MIT
# Sets up, builds, and decides for the orders of a tea store.
# Usage: sh scripts/demo.sh [en|ja]
set -eu
cd "$(dirname "$0")/.."
language=${1:-en}
shop=examples/tea-store

sh scripts/setup.sh
[ -f build/build.ninja ] || meson setup build >&2
ninja -C build tools/upsell >&2

build/tools/upsell check "$shop/catalog.json"
build/tools/upsell decide --catalog "$shop/catalog.json" --format text --lang "$language" \
  "$shop/orders.ndjson"
