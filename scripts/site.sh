#!/usr/bin/env bash
# README, docs and the Javadoc of every module as static pages in build/site. The Javadoc is that of build/release, which
# scripts/release.sh makes and which is made here if it is not there.
set -euo pipefail
cd "$(dirname "$0")/.."
[ -d build/release ] || scripts/release.sh -q

site=$PWD/build/site
rm -rf "$site"
mkdir -p "$site/api"
mvn -q -B -f scripts/site dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$PWD/build/site-jars"
cp scripts/site/site.css "$site"
java -cp 'build/site-jars/*' scripts/site/Site.java "$PWD" "$site"

{
  echo '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Javadoc</title><link rel="stylesheet" href="../site.css"><main><h1>Javadoc</h1><ul>'
  for jar in build/release/*-javadoc.jar; do
    module=$(basename "$jar" | sed 's/-[0-9].*//')
    unzip -q "$jar" -d "$site/api/$module"
    echo "<li><a href=\"$module/index.html\">$module</a></li>"
  done
  echo '</ul></main></html>'
} >"$site/api/index.html"
echo "$site/index.html: $(du -sm "$site" | cut -f1) MB"
