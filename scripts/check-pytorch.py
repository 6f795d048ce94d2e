#!/usr/bin/env python3
"""check-pytorch.py FOLDER ...: PyTorch's recurrent modules and CTC loss against what Rondo computed from the same weights.

Each folder is a case. case.json: module (RNN, LSTM, GRU), layers, units, and where they apply nonlinearity,
proj_size, bidirectional; lengths, the steps of each sequence; tensors, {name: shape}. NAME.bin are tensors, little-endian
float32, row-major: x, output_gradient; per layer N its state N.before.S, slot S being h, then c; its parameters,
N.PARAMETER or N.DIRECTION.PARAMETER; and what Rondo made of it: output, N.after.S, x.gradient, a PARAMETER.gradient each.

A case of module CTCLoss has labels, lists of classes, and the tensors x, bias, losses, x.gradient and bias.gradient.

Prints the largest difference of every tensor and writes the largest of a case to its difference.txt.
"""
import json
import pathlib
import sys

import torch
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

# Rondo's parameter: PyTorch's and whether the one is the other's transpose.
PARAMETERS = {
    "input_weight": ("weight_ih", True),
    "recurrent_weight": ("weight_hh", True),
    "projection_weight": ("weight_hr", True),
    "bias": ("bias_ih", False),
}


class Case:
    def __init__(self, folder):
        self.folder = folder
        self.about = json.loads((folder / "case.json").read_text())
        self.ours = {name: self.read(name, shape) for name, shape in self.about["tensors"].items()}
        settings = {k: v for k, v in self.about.items() if k in ("nonlinearity", "proj_size", "bidirectional")}
        self.module = getattr(torch.nn, self.about["module"])(
            self.ours["x"].shape[2], self.about["units"], self.about["layers"], **settings
        )
        self.directions = ["", "_reverse"] if settings.get("bidirectional") else [""]

    def read(self, name, shape):
        values = bytearray((self.folder / f"{name}.bin").read_bytes())
        return torch.frombuffer(values, dtype=torch.float32).reshape(shape)

    def parameters(self):
        """Rondo's name, the PyTorch parameters (with rows) that it is from top to bottom, and whether as a transpose."""
        for name in self.ours:
            parts = name.split(".")
            if parts[-1] in PARAMETERS:
                theirs, transposed = PARAMETERS[parts[-1]]
                suffix = f"_l{parts[0]}" + ("_reverse" if "backward" in parts else "")
                pieces = [(getattr(self.module, theirs + suffix), slice(None))]
                if theirs == "bias_ih" and self.about["module"] == "GRU":
                    # The one bias that cannot be added to the other: the candidate's, inside the reset.
                    pieces.append((getattr(self.module, "bias_hh" + suffix), slice(2 * self.about["units"], None)))
                yield name, pieces, transposed

    def load(self):
        for parameter in self.module.parameters():
            torch.nn.init.zeros_(parameter)  # of two biases per gate, one does it
        with torch.no_grad():
            for name, pieces, transposed in self.parameters():
                values = self.ours[name].T if transposed else self.ours[name]
                sizes = [parameter[rows].shape[0] for parameter, rows in pieces]
                for (parameter, rows), part in zip(pieces, values.split(sizes)):
                    parameter[rows] = part

    def state(self):
        """All layers, slot by slot; a backward direction begins with zeros."""
        slots = []
        for slot in range(2 if self.about["module"] == "LSTM" else 1):
            layers = []
            for n in range(self.about["layers"]):
                layer = self.ours[f"{n}.before.{slot}"]
                layers += [layer, torch.zeros_like(layer)][: len(self.directions)]
            slots.append(torch.stack(layers))
        return tuple(slots) if len(slots) > 1 else slots[0]

    def theirs(self):
        """What PyTorch makes of it, by Rondo's names."""
        self.load()
        lengths = torch.tensor(self.about["lengths"])
        x = self.ours["x"].clone().requires_grad_()
        packed, state = self.module(pack_padded_sequence(x, lengths, enforce_sorted=False), self.state())
        output, _ = pad_packed_sequence(packed, total_length=x.shape[0])
        output.backward(self.ours["output_gradient"])
        result = {"output": output, "x.gradient": x.grad}
        for slot, values in enumerate(state if isinstance(state, tuple) else (state,)):
            for n in range(self.about["layers"]):
                result[f"{n}.after.{slot}"] = values[n * len(self.directions)]
        for name, pieces, transposed in self.parameters():
            gradient = torch.cat([parameter.grad[rows] for parameter, rows in pieces])
            result[name + ".gradient"] = gradient.T if transposed else gradient
        return result

    def scale(self, tensor):
        """What differences are relative to: 1 for absolute ones."""
        return 1.0

    def compare(self):
        print(f"{self.folder.name}: {self.module}, x {list(self.ours['x'].shape)}, lengths {self.about['lengths']}")
        steps = torch.arange(self.ours["x"].shape[0])[:, None]
        counts = (steps < torch.tensor(self.about["lengths"])).unsqueeze(2)
        worst = 0.0
        for name, tensor in self.theirs().items():
            ours = self.ours[name]
            if name == "output":
                ours = torch.where(counts, ours, 0)  # the output of padding is nobody's
            difference = (tensor - ours).abs().max().item()
            worst = max(worst, difference / self.scale(tensor))
            print(f"  {name:40} {difference:.2e} of {tensor.abs().max().item():.2e}")
        (self.folder / "difference.txt").write_text(f"{worst}\n")


class CtcCase(Case):
    """Logits x + bias, the last class being the blank; the gradient is that of the mean loss per symbol."""

    def __init__(self, folder):
        self.folder = folder
        self.about = json.loads((folder / "case.json").read_text())
        self.ours = {name: self.read(name, shape) for name, shape in self.about["tensors"].items()}
        self.module = "CTCLoss"

    def scale(self, tensor):
        return max(1.0, tensor.abs().max().item())  # sums of hundreds of logarithms, each a float32

    def theirs(self):
        x = self.ours["x"].double().requires_grad_()
        bias = self.ours["bias"].double().requires_grad_()
        labels = self.about["labels"]
        losses = torch.nn.functional.ctc_loss(
            (x + bias).log_softmax(2),
            torch.tensor(sum(labels, [])),
            torch.tensor(self.about["lengths"]),
            torch.tensor([len(label) for label in labels]),
            blank=x.shape[2] - 1,
            reduction="none",
        )
        (losses.sum() / sum(map(len, labels))).backward()
        return {"losses": losses, "x.gradient": x.grad, "bias.gradient": bias.grad}


print(f"PyTorch {torch.__version__}: largest difference of each tensor")
for folder in sys.argv[1:]:
    about = json.loads((pathlib.Path(folder) / "case.json").read_text())
    (CtcCase if about["module"] == "CTCLoss" else Case)(pathlib.Path(folder)).compare()
