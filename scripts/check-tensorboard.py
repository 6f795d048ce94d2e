#!/usr/bin/env python3
"""check-tensorboard.py RUN: the event file of a run, read by TensorBoard's own reader, against the run's events.jsonl.

Prints how many scalars agree; ends with 1 where one is missing, too many or another number.
"""
import json
import pathlib
import struct
import sys

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

OF_ROUNDS = {"train_loss": "loss"} | {n: n for n in ("tokens_per_second", "learning_rate", "gradient_norm", "clipped_share")}


def expected(events):
    """{(tag, round): value} of the last record of each round."""
    scalars = {}
    for event in map(json.loads, events):
        figures = {}
        if event["event"] == "round_finished":
            figures = {f"training/{tag}": event[field] for field, tag in OF_ROUNDS.items()}
        elif event["event"] == "round_measured":
            figures = {f"seconds/{part}": event["times"][part] for part in ("broadcast", "compute", "reduce", "outer")}
        elif event["event"] == "evaluated":
            figures = {"validation/loss": event["loss"]}
            figures |= {f"validation/{s['name']}": s["value"] for s in event["scores"]}
        scalars |= {(tag, event["round"]): value for tag, value in figures.items()}
    return scalars


run = pathlib.Path(sys.argv[1])
wanted = expected((run / "events.jsonl").read_text().splitlines())
reader = EventAccumulator(str(run), size_guidance={"scalars": 0, "tensors": 0})
reader.Reload()
found = {(tag, s.step): s.value for tag in reader.Tags()["scalars"] for s in reader.Scalars(tag)}
single = {key: struct.unpack("f", struct.pack("f", value))[0] for key, value in wanted.items()}
wrong = {key for key in single.keys() | found.keys() if found.get(key) != single.get(key)}
settings = reader.Tensors("settings/text_summary")[0].tensor_proto.string_val[0].decode()
assert "| seed |" in settings, settings
print(f"{len(single)} scalars, {len(wrong)} of them wrong {sorted(wrong)[:5] if wrong else ''}")
sys.exit(bool(wrong))
