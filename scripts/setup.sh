#!/bin/sh
# SPDX-License-Identifier: MIT
# Installs the Debian packages that are missing; what is there is left alone.
# Run as root, or as a user who may use sudo. Usage: setup.sh [PACKAGE...]
# (further packages, for checks that need more than building and testing does).
set -eu

packages="gcc g++ libc6-dev binutils make meson ninja-build pkgconf libjson-c-dev check
  python3 python3-jsonschema mandoc ruby ruby-ffi"

missing=""
for package in $packages "$@"; do
  status=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$status" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

echo "setup: installing$missing" >&2
if [ "$(id -u)" -eq 0 ]; then
  as_root=""
elif command -v sudo >/dev/null 2>&1; then
  as_root="sudo"
else
  echo "setup: these packages are missing:$missing" >&2
  echo "setup: run this as root, or install sudo" >&2
  exit 1
fi
# A failing mirror of one list must not stop an install that the others can serve.
$as_root apt-get update -qq || echo "setup: apt-get update failed; going on with what is known" >&2
# shellcheck disable=SC2086 # the lists are words
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >&2
