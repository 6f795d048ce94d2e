#!/usr/bin/env python3
"""tokenizers_speed.py TEXT TOKENIZER_JSON SIZE SECONDS: MB per second of processor time, and training time, of Hugging
Face's tokenizers on one thread.

The text is encoded in parts of about 64 KB that end with a line, by the merges that Rondo learned. Prints a row of a table.
"""
import os
import pathlib
import sys
import time

os.environ["TOKENIZERS_PARALLELISM"] = "false"
os.environ["RAYON_NUM_THREADS"] = "1"
import tokenizers  # noqa: E402
from tokenizers import models, pre_tokenizers, trainers  # noqa: E402

text = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")
megabytes = len(text.encode()) / 1e6
parts, begin = [], 0
while begin < len(text):
    end = text.find("\n", begin + 65536) + 1 or len(text)
    parts.append(text[begin:end])
    begin = end

learner = tokenizers.Tokenizer(models.BPE())
learner.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
begin = time.process_time()
learner.train_from_iterator(
    parts,
    trainers.BpeTrainer(
        vocab_size=int(sys.argv[3]), initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False
    ),
)
learned = time.process_time() - begin

tokenizer = tokenizers.Tokenizer.from_file(sys.argv[2])
rates, tokens = [], 0
for _ in range(2):
    begin, done = time.process_time(), 0
    while done == 0 or time.process_time() - begin < float(sys.argv[4]):
        tokens = sum(len(encoding.ids) for encoding in tokenizer.encode_batch_fast(parts, add_special_tokens=False))
        done += 1
    rates.append(done * megabytes / (time.process_time() - begin))
print(
    f"| Hugging Face tokenizers {tokenizers.__version__}, BPE | {tokenizer.get_vocab_size():,} | in learning | {learned:.1f} "
    f"| {rates[1]:.1f} | {megabytes * 1e6 / tokens:.2f} |"
)
