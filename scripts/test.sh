#!/bin/sh
# SPDX-License-Identifier: MIT
# Sets up, builds, and runs all tests: as shipped, and under AddressSanitizer and
# UndefinedBehaviorSanitizer. Ends with a line "N passed, N failed".
set -eu
cd "$(dirname "$0")/.."

# What only the tests need: a GraphQL parser for the simulated shop, libcurl for the
# example host, Node.js with npm for the GraphQL validator, for the bindings and their
# examples test tools, type checkers, packaging tools, and what draws a chart, and for the
# shop server its gems and a browser.
python="python3-pytest python3-hypothesis mypy python3-venv python3-build python3-setuptools
  python3-wheel python3-pip python3-matplotlib python3-tqdm fonts-ipaexfont-gothic"
ruby="ruby-minitest rake yard" # rbs comes with ruby
server="puma ruby-sinatra ruby-rack-attack ruby-sequel ruby-sqlite3 ruby-jwt ruby-erubi ruby-svg-graph
  ruby-graphql ruby-rack-test ruby-capybara ruby-selenium-webdriver chromium chromium-driver"
node=""
command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1 || node="nodejs npm"
# shellcheck disable=SC2086 # the lists are words
sh scripts/setup.sh python3-graphql-core libcurl4-openssl-dev $node $python $ruby $server
[ -d tests/shopify/node_modules/graphql ] ||
  (cd tests/shopify && npm ci --no-audit --no-fund >&2)

# The system's own Python, for which Debian's packages are installed.
PATH=/usr/bin:$PATH
export PATH
export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
export ASAN_OPTIONS=detect_leaks=1:abort_on_error=0:detect_stack_use_after_return=1

# A build folder of the demonstration may be there already: the bindings are not left out.
[ -f build/build.ninja ] || meson setup build
meson configure build -Dbindings=enabled
[ -f build-asan/build.ninja ] || meson setup build-asan -Db_sanitize=address,undefined \
  -Dbuildtype=debug -Doptimization=1

failed=0
for folder in build build-asan; do
  ninja -C "$folder"
  meson test -C "$folder" --no-rebuild --print-errorlogs || failed=1
done
python3 scripts/summary.py build build-asan || failed=1
exit "$failed"
