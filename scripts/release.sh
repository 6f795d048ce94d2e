#!/usr/bin/env bash
# What a release consists of, in build/release: the jar that people submit; every module's jar with sources, Javadoc and bill of
# materials (CycloneDX); the licences of what the jar holds; sums of all. Tests are scripts/test.sh's.
# usage: scripts/release.sh [MAVEN OPTION ...]
set -euo pipefail
cd "$(dirname "$0")/.."
umask 022 # Maven writes the modes of files into jars
mvn --batch-mode --no-transfer-progress -Prelease,spark3 -DskipTests "$@" clean package

release=$PWD/build/release
rm -rf "$release"
mkdir -p "$release"
for module in modules/*/; do
  case $module in */testkit/ | */bench/) continue ;; esac
  cp "$module"target/rondo-*.jar "$module"target/rondo-*-sbom.json "$release"
done
cp modules/cli/target/licences.txt LICENSE NOTICE CHANGELOG.md "$release"
rm -f "$release"/*-tests.jar
cd "$release"
sha256sum -- * >SHA256SUMS
echo "$release: $(ls -- *.jar | wc -l) jars, $(du -sm . | cut -f1) MB"
