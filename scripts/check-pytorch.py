#!/usr/bin/env python3
"""check-pytorch.py FOLDER ...: PyTorch's recurrent modules, CTC loss and a decoder of its cells against what Rondo computed from the
same weights.

Each folder is a case. case.json: module (RNN, LSTM, GRU), layers, units, and where they apply nonlinearity,
proj_size, bidirectional; lengths, the steps of each sequence; tensors, {name: shape}. NAME.bin are tensors, little-endian
float32, row-major: x, output_gradient; per layer N its state N.before.S, slot S being h, then c; its parameters,
N.PARAMETER or N.DIRECTION.PARAMETER; and what Rondo made of it: output, N.after.S, x.gradient, a PARAMETER.gradient each.

A case of module Decoder has options, those of the head that differ from its defaults, labels, lists of classes the last of which is
the end, and the tensors x, the encoder's outputs, x.gradient, losses, each parameter and its gradient.

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


class DecoderCase(Case):
    """A decoder with attention of PyTorch's cells; the gradient is that of the mean loss per label."""

    MODULES = {"lstm": torch.nn.LSTMCell, "gru": torch.nn.GRUCell, "vanilla": torch.nn.RNNCell}

    def __init__(self, folder):
        self.folder = folder
        self.about = json.loads((folder / "case.json").read_text())
        self.ours = {name: self.read(name, shape) for name, shape in self.about["tensors"].items()}
        self.module = "Decoder"
        options = self.about["options"]
        self.cell = options.get("cell", "lstm")
        self.layers = int(options.get("layers", 1))
        self.attention = options["attention"]
        self.feeds = options.get("input_feeding", "true") == "true"
        self.tied = options.get("tied", "false") == "true"
        self.smoothing = float(options.get("label_smoothing", 0))
        inputs = self.ours.keys() - {"x", "losses"}
        self.p = {
            name: self.ours[name].double().requires_grad_() for name in inputs if not name.endswith(".gradient")
        }

    def first_state(self, memory):
        """Of each layer its h, and c of an LSTM."""
        units = self.p["layer.0.recurrent_weight"].shape[0]
        slots = torch.tanh(memory.mean(0) @ self.p["first.weight"] + self.p["first.bias"]).split(units)
        per_layer = 2 if self.cell == "lstm" else 1
        return [slots[n * per_layer : (n + 1) * per_layer] for n in range(self.layers)]

    def step(self, n, x, state):
        """A layer's new state."""
        weight = self.p[f"layer.{n}.input_weight"]
        if n == 0 and self.feeds:
            weight = torch.cat([weight, self.p["layer.0.feed_weight"]])
        hidden = self.p[f"layer.{n}.recurrent_weight"]
        bias = self.p[f"layer.{n}.bias"]
        columns = weight.shape[1]
        other = torch.zeros(columns, dtype=torch.double)
        if self.cell == "gru":  # the one bias inside the reset
            other = torch.cat([other[: 2 * columns // 3], bias[columns:]])
        module = self.MODULES[self.cell](weight.shape[0], hidden.shape[0]).double()
        weights = {"weight_ih": weight.T, "weight_hh": hidden.T, "bias_ih": bias[:columns], "bias_hh": other}
        result = torch.func.functional_call(module, weights, (x, state if self.cell == "lstm" else state[0]))
        return result if self.cell == "lstm" else (result,)

    def context(self, hidden, memory):
        if self.attention == "additive":
            inner = memory @ self.p["attention.key_weight"] + hidden @ self.p["attention.query_weight"]
            scores = torch.tanh(inner) @ self.p["attention.score_vector"]
        else:
            keys = memory @ self.p["attention.key_weight"] if self.attention != "dot" else memory
            scores = keys @ hidden / (hidden.shape[0] ** 0.5 if self.attention == "scaled" else 1)
        return scores.softmax(0) @ memory

    def logits(self, memory, labels):
        """Of each label, given those before it."""
        state = self.first_state(memory)
        fed = torch.zeros(self.p["output.bias"].shape[0], dtype=torch.double)
        table = self.p["embedding.weight"]
        rows = []
        for label in [table.shape[0] - 1] + labels[:-1]:
            x = torch.cat([table[label], fed]) if self.feeds else table[label]
            for n in range(self.layers):
                state[n] = self.step(n, x, state[n])
                x = state[n][0]
            context = self.context(x, memory) @ self.p["output.context_weight"]
            fed = torch.tanh(context + x @ self.p["output.state_weight"] + self.p["output.bias"])
            rows.append(fed @ (table.T if self.tied else self.p["weight"]) + self.p["bias"])
        return torch.stack(rows)

    def theirs(self):
        x = self.ours["x"].double().requires_grad_()
        losses = []
        total = 0
        for b, (length, labels) in enumerate(zip(self.about["lengths"], self.about["labels"])):
            logits = self.logits(x[:length, b], labels)
            target = torch.tensor(labels)
            entropy = torch.nn.functional.cross_entropy
            losses.append(entropy(logits, target, reduction="sum"))
            total = total + entropy(logits, target, reduction="sum", label_smoothing=self.smoothing)
        (total / sum(map(len, self.about["labels"]))).backward()
        result = {"losses": torch.stack(losses), "x.gradient": x.grad}
        result.update({name + ".gradient": values.grad for name, values in self.p.items()})
        return result


CASES = {"CTCLoss": CtcCase, "Decoder": DecoderCase}

print(f"PyTorch {torch.__version__}: largest difference of each tensor")
for folder in sys.argv[1:]:
    about = json.loads((pathlib.Path(folder) / "case.json").read_text())
    CASES.get(about["module"], Case)(pathlib.Path(folder)).compare()
