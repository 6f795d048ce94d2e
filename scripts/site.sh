#!/usr/bin/env bash
# README, docs and the Javadoc of every module as static pages in build/site; a link that leads nowhere ends it with an error.
# usage: scripts/site.sh [MAVEN OPTION ...]
cd "$(dirname "$0")/.." && exec mvn -q -B -Prelease,spark3,site -DskipTests "$@" package
