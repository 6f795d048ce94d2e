#!/usr/bin/env bash
# Whether Rondo's jar can lie beside others: it holds Rondo, its natives and what was moved below Rondo's own names, nothing
# that a cluster brings; every native library is in NOTICE with its licence, and every member of an open set is still there. Prints its size.
set -euo pipefail
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/launch.sh"
need_jar
entries=$("${java%java}jar" tf "$jar")
strangers=$(grep -v '/$' <<<"$entries" | grep -Ev '^(org/(rondo|bytedeco/(javacpp|dnnl|opencl))/|META-INF/(MANIFEST.MF|LICENSE|NOTICE|services/|maven/org.bytedeco/|resources/webjars/uplot/))' || true)
[ -z "$strangers" ] || fail "$jar holds what is not Rondo's: ${strangers//$'\n'/ }"

for native in $(sed -n 's#.*linux-x86_64/\(.*\.so[.0-9]*\)$#\1#p' <<<"$entries"); do
  grep -qw "$native" "$root/NOTICE" || fail "$jar holds the library $native, which NOTICE does not name"
done

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
(cd "$folder" && "${java%java}jar" xf "$(realpath "$jar")" META-INF/services)
members=0
for service in "$folder"/META-INF/services/*; do
  while read -r member; do
    grep -qx "${member//.//}.class" <<<"$entries" || fail "$(basename "$service") names $member, which is not in $jar"
    members=$((members + 1))
  done < <(grep -v '^ *\(#\|$\)' "$service")
done
# Sources name their members with an annotation.
declared=$(grep -rl '^@AutoService' "$root"/modules/*/src/main | grep -vEc '/modules/(kernels-nd4j|interop|bench)/')
[ "$members" -eq "$declared" ] || fail "$jar names $members members of open sets, the sources have $declared"
echo "$jar: $(($(wc -c <"$jar") / 1000000)) MB, $members members of $(ls "$folder/META-INF/services" | wc -l) open sets"
