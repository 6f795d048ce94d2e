#!/usr/bin/env python3
"""check-tokenizers.py train|compare FOLDER: Hugging Face's library tokenizers beside Rondo's byte pair encoding.

FOLDER/texts.json is a list of texts. train learns merges from them and writes FOLDER/theirs.json.
compare reads ours.json and lowered.json (written by Rondo, the second of lowered text) and theirs.json, and the ids that
Rondo made of every text by each of them, NAME.ids.json; those by theirs.json are one higher. Any difference is printed and
fails.
"""
import json
import pathlib
import sys

import tokenizers
from tokenizers import decoders, models, pre_tokenizers, trainers


def train(folder, texts):
    tokenizer = tokenizers.Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(vocab_size=800, initial_alphabet=alphabet, show_progress=False)
    tokenizer.train_from_iterator(texts, trainer)
    tokenizer.save(str(folder / "theirs.json"))


def compare(folder, texts):
    wrong = 0
    for name, higher in (("ours", 0), ("lowered", 0), ("theirs", 1)):
        tokenizer = tokenizers.Tokenizer.from_file(str(folder / f"{name}.json"))
        ids = json.loads((folder / f"{name}.ids.json").read_text())
        assert len(ids) == len(texts)
        total = 0
        for text, rondo in zip(texts, ids):
            expected = tokenizer.encode(text, add_special_tokens=False).ids
            total += len(expected)
            if [i + higher for i in expected] != rondo:
                wrong += 1
                print(f"{name}: {text!r}\n  Hugging Face {expected}\n  Rondo        {rondo}")
            elif name != "lowered" and tokenizer.decode(expected) != text:
                wrong += 1
                print(f"{name}: {text!r} is decoded as {tokenizer.decode(expected)!r}")
        print(f"{name}: {len(texts)} texts, {total} tokens by tokenizers {tokenizers.__version__}")
    return wrong


if __name__ == "__main__":
    place = pathlib.Path(sys.argv[2])
    all_texts = json.loads((place / "texts.json").read_text(encoding="utf-8"))
    if sys.argv[1] == "train":
        train(place, all_texts)
    else:
        sys.exit(compare(place, all_texts) > 0)
