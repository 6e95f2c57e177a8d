#!/bin/sh
# SPDX-License-Identifier: MIT
# Proves lib/money/rounding.c against its contracts; proof/README.md says what that means.
# Exit status: 0 all goals are proved, 1 they are not, 2 a program is missing.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)

missing=""
for program in frama-c why3 cvc4 gcc; do
  command -v "$program" >/dev/null 2>&1 || missing="$missing $program"
done
if [ -n "$missing" ]; then
  echo "prove: missing:$missing" >&2
  echo "prove: on Debian 12: apt-get install --no-install-recommends frama-c-base why3 cvc4 gcc" >&2
  exit 2
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
ln -s "$root" "$work/source"
cd "$work"

# The prover list of this run, not the user's.
export WHY3CONFIG="$work/why3.conf"
why3 config detect >detected 2>&1 || true
grep -q CVC4 why3.conf || { cat detected >&2; echo "prove: why3 does not find cvc4" >&2; exit 2; }

# upsell_str_of comes in with a header, is unused here, and is left out.
frama-c -inline-calls upsell_str_of -remove-inlined upsell_str_of \
  -wp -wp-rte -wp-smoke-tests -wp-prover cvc4 -wp-timeout 20 -wp-par 2 -wp-cache none \
  -cpp-extra-args="-Isource/include -Isource/lib" \
  source/lib/money/rounding.c >log 2>&1 || { cat log >&2; exit 1; }

grep -v -e ': Valid' -e '\[Passed\]' -e 'Computing \[' log

# frama-c ends with 0 whether or not the goals are proved, and warns where it
# ignores a contract.
goals=$(sed -n 's|.*Proved goals: *\([0-9]*\) */ *\([0-9]*\).*|\1/\2|p' log)
if [ -n "$goals" ] && [ "${goals%/*}" -gt 0 ] && [ "${goals%/*}" -eq "${goals#*/}" ] &&
  ! grep -q 'Warning' log; then
  echo "prove: all ${goals#*/} goals are proved"
else
  echo "prove: NOT proved" >&2
  exit 1
fi
