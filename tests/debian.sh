#!/usr/bin/env bash
# Installs Debian's Chromium and Redis where that is possible; elsewhere says how, and the tests skip.
set -u
missing=()
command -v chromium >/dev/null || missing+=(chromium)
command -v redis-server >/dev/null || missing+=(redis-server)
[ "${#missing[@]}" -eq 0 ] && exit 0
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
  export DEBIAN_FRONTEND=noninteractive
  { apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}" fonts-dejavu-core; } >/dev/null 2>&1 && exit 0
fi
echo "not installed: ${missing[*]} (as root: apt-get install ${missing[*]}); the tests that need them will skip" >&2
exit 0
