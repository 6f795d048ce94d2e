#!/usr/bin/env bash
# Spelling of README and docs by aspell, beside the words of scripts/docs/words.txt, and whether Python parses the snippets that are
# its own. Links, places, commands, configurations, Java and Scala of the documents are checked by tests.
# usage: scripts/check-docs.sh [--accept]      --accept writes the words that aspell does not know into the list
set -euo pipefail
cd "$(dirname "$0")/.."
command -v aspell >/dev/null || { echo "check-docs: needs aspell with its English dictionary" >&2; exit 2; }
words=scripts/docs/words.txt
mapfile -t pages < <(git ls-files -co --exclude-standard '*.md')

# Prose alone: no code, no paths, no addresses, no table of figures.
unknown() {
  python3 - "${pages[@]}" <<'PYTHON' | aspell list --lang=en --ignore-case --encoding=utf-8 | LC_ALL=C sort -u
import re, sys
for page in sys.argv[1:]:
    text = open(page, encoding="utf-8").read()
    text = re.sub(r"(?ms)^```.*?^```", "", text)
    text = re.sub(r"(?m)^    .*$", "", text)
    text = re.sub(r"`[^`\n]*`", "", text)
    text = re.sub(r"\]\([^)]*\)", "]", text)
    text = re.sub(r"https?://\S+", "", text)
    print(re.sub(r"\S*[\d_/.]\w\S*", "", text))
PYTHON
}

if [ "${1:-}" = --accept ]; then
  unknown >"$words"
  exit
fi
python3 - "${pages[@]}" <<'PYTHON'
import ast, re, sys
for page in sys.argv[1:]:
    for block in re.findall(r"(?ms)^```python\n(.*?)^```", open(page, encoding="utf-8").read()):
        ast.parse(block, page)
PYTHON
if LC_ALL=C comm -23 <(unknown) <(LC_ALL=C sort "$words") | grep .; then
  echo "check-docs: aspell does not know these words; correct them, or add them to $words" >&2
  exit 1
fi
echo "${#pages[@]} documents are spelled well"
