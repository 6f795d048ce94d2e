#!/usr/bin/env python3
"""check-sacrebleu.py CORPORA FIGURES: what sacreBLEU says of corpora, for SacreBleuTest.

CORPORA has a line for each text: the prediction and its reference, each as UTF-8 in hexadecimal, or - of an empty one; a blank
line ends a corpus. FIGURES gets the signatures of BLEU and chrF in a line, then both figures of each corpus.
"""
import sys

import sacrebleu


def text(word):
    return "" if word == "-" else bytes.fromhex(word).decode("utf-8")


corpora, pairs = [], []
for line in open(sys.argv[1], encoding="ascii"):
    if line.strip():
        pairs.append([text(word) for word in line.split()])
    else:
        corpora.append(pairs)
        pairs = []

scores = [sacrebleu.BLEU(), sacrebleu.CHRF()]
lines = []
for pairs in corpora:
    predicted, references = [p for p, _ in pairs], [r for _, r in pairs]
    lines.append(" ".join(repr(score.corpus_score(predicted, [references]).score) for score in scores))
with open(sys.argv[2], "w", encoding="ascii") as out:
    print(*(score.get_signature() for score in scores), file=out)
    print("\n".join(lines), file=out)
