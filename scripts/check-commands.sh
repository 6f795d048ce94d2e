#!/usr/bin/env bash
# Runs the commands that README and docs show, as they stand there, in a folder with tiny data and small copies of conf. Those of a
# cluster are run with --dry-run; those of scripts/docs/not-run.txt are only parsed by bash, for the reason that stands there. What
# DocCommandsTest checks in every build, options and keys of Rondo's own commands, holds for all of them. Prints a table, and ends
# with an error where a command fails. Takes some minutes on two cores.
# usage: scripts/check-commands.sh [PAGE ...]      by default all, such as docs/search.md
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
mapfile -t pages < <(cd "$root" && [ $# -eq 0 ] && git ls-files -co --exclude-standard '*.md' || printf '%s\n' "$@")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
folder=$work/start # each page gets a copy of it
mkdir "$folder"
ln -s "$root"/{scripts,modules,docs,notebooks} "$folder"
cp -r "$root/conf" "$folder"
cd "$folder"
export PATH="$folder/scripts:$PATH"

# Whatever a configuration trains, it is to end at once; a machine's and a cluster's have no training of their own.
for file in conf/*.conf; do
  case $file in */laptop.conf | */*-cluster.conf) continue ;; esac
  cat >>"$file" <<'CONF'

train { epochs = null, rounds = 2, sync_every = 2, batch = 2, unroll = 10 }
network { embedding = null, samples = null }
classification.embedding = 8
evaluate { every = 1, streams = 2, batch = 2, average_after = 0 }
schedule.warm_up = 0
shards = 1
CONF
  # The network of reviews.conf is where another one begins, whose size stands in a command.
  case $file in */reviews.conf) ;; *) echo "network.units = 8" >>"$file" ;; esac
done
python3 "$root/scripts/docs/commands.py" data "$root"

# What commands take for trained already.
scripts/rondo train conf/sentiment.conf --set data.train=imdb.train.tsv.bz2 --set output=output/sentiment >log 2>&1 &&
  scripts/rondo export conf/sentiment.conf --set output=output/sentiment --output theirs.safetensors >>log 2>&1 &&
  scripts/rondo train ratings.conf >>log 2>&1 &&
  scripts/rondo predict ratings.conf --input ratings.csv --output reviews.parquet --output-format parquet >>log 2>&1 ||
  { cat log >&2; exit 1; }
cp -r reviews.parquet new.parquet
for run in lstm gru wide; do cp -r output/sentiment "output/$run"; done

python3 "$root/scripts/docs/commands.py" run "$root" "${pages[@]}"
