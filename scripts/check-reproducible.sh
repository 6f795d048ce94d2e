#!/usr/bin/env bash
# Whether two builds of the last commit give the same bytes: a clone each, in folders of other names, under another time zone
# and locale. Compares every jar and bill of materials. Twice the time of a build.
# usage: scripts/check-reproducible.sh [MAVEN OPTION ...]      by default -Prelease,spark3
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
[ $# -gt 0 ] || set -- -Prelease,spark3
commit=$(git -C "$root" rev-parse HEAD)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

umask 022 # Maven writes the modes of files into jars

# build FOLDER MAVEN_OPTION...: sums of what it builds, by path.
build() {
  git clone -q "$root" "$work/$1"
  git -C "$work/$1" checkout -q "$commit"
  (cd "$work/$1" && mvn -q --batch-mode -DskipTests "${@:2}" package >&2 &&
    find modules -path '*/target/*' \( -name 'rondo-*.jar' -o -name 'rondo-*-sbom.json' \) -type f | LC_ALL=C sort | xargs sha256sum)
}
(export TZ=UTC LC_ALL=C.UTF-8 && build one "$@") >"$work/one.sums"
(export TZ=Asia/Kathmandu LC_ALL=C && build another-folder "$@") >"$work/two.sums"

if ! diff "$work/one.sums" "$work/two.sums"; then
  while read -r _ file; do
    cmp -s "$work/one/$file" "$work/another-folder/$file" && continue
    echo "$file:"
    for list in "unzip -v" zipinfo; do # checksums and dates, modes
      diff <($list "$work/one/$file" | tail -n +2) <($list "$work/another-folder/$file" | tail -n +2) | head -n 20 || true
    done
  done < <(grep 'jar$' "$work/one.sums")
  echo "$(basename "$0"): the builds differ" >&2
  exit 1
fi
echo "$(wc -l <"$work/one.sums") files, the same bytes twice; of all: $(sha256sum <"$work/one.sums" | cut -c1-16)"
