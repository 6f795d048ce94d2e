#!/usr/bin/env python3
"""check-pytorch-weights.py FOLDER ...: weights that Rondo wrote in PyTorch's modules, and weights of PyTorch's for Rondo.

Each folder is a case. case.json: module (LSTM, GRU, RNN) and the keyword arguments it is made with. weights.safetensors is
what Rondo exported; example.safetensors holds x (T,B,I) and the logits (T,B,O) that Rondo computed from it.

Writes the largest difference of the logits to difference.txt, then theirs.safetensors, a module with weights of its own, and
their-example.safetensors, what it makes of the same x.
"""
import json
import pathlib
import sys

import torch
from safetensors.torch import load_file, save_file


class Model(torch.nn.Module):
    def __init__(self, about, outputs):
        super().__init__()
        self.rnn = getattr(torch.nn, about["module"])(**about["arguments"])
        width = about["arguments"].get("proj_size") or about["arguments"]["hidden_size"]
        directions = 2 if about["arguments"].get("bidirectional") else 1
        self.head = torch.nn.Linear(directions * width, outputs)

    def forward(self, x):
        return self.head(self.rnn(x)[0])


def check(folder):
    about = json.loads((folder / "case.json").read_text())
    example = load_file(folder / "example.safetensors")
    x, logits = example["x"], example["logits"]
    torch.manual_seed(1)
    model = Model(about, logits.shape[2])
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.normal_(std=0.3)
        save_file(model.state_dict(), folder / "theirs.safetensors")
        save_file({"logits": model(x).contiguous()}, folder / "their-example.safetensors")
        model.load_state_dict(load_file(folder / "weights.safetensors"), strict=True)
        difference = (model(x) - logits).abs().max().item()
    (folder / "difference.txt").write_text(repr(difference))
    print(f"{folder.name}: {difference:.2g}")


for name in sys.argv[1:]:
    check(pathlib.Path(name))
