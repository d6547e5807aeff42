#!/usr/bin/env bash
# Builds the archive twice from what is committed, in folders of other depth, under other time zones and locales, and compares.
# Both under umask 022: jars keep the rights of the files that they are made of.
# Usage: deploy/reproducible.sh [Maven's options, such as -o]
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
umask 022
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
build() { # folder
  git clone -q "$root" "$1"
  (cd "$1" && mvn -q -B -Pdistribution -Dmaven.test.skip=true "${@:2}" package)
}
build "$work/first" "$@"
TZ=Asia/Tokyo LC_ALL=C.UTF-8 build "$work/the/second" "$@"
first=$(echo "$work"/first/sortline-cli/target/sortline-*.tar.gz)
second=$(echo "$work"/the/second/sortline-cli/target/sortline-*.tar.gz)
if cmp -s "$first" "$second"; then
  echo "the same bytes: $(cat "$first.sha256"), $(stat -c %s "$first") bytes"
else
  echo "two builds differ:" >&2
  mkdir "$work/a" "$work/b"
  tar -xzf "$first" -C "$work/a" && tar -xzf "$second" -C "$work/b"
  diff -rq "$work/a" "$work/b" >&2 || true
  diff <(tar -tvzf "$first") <(tar -tvzf "$second") >&2 || true
  exit 1
fi
