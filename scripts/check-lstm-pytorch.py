#!/usr/bin/env python3
"""check-lstm-pytorch.py FOLDER: PyTorch's nn.LSTM against what Rondo computed from the same weights.

FOLDER holds tensors.json, {name: shape}, and NAME.bin, little-endian float32, row-major:
x, h0, c0, output_gradient and, per layer N, N.input_weight (X,4H), N.recurrent_weight (H,4H),
N.bias (4H), gates in the order i, f, g, o (PyTorch's own, transposed); and what Rondo made of it:
output, hN, cN, x.gradient and a NAME.gradient per weight. Exits 1 if a value differs by 1e-5 or more.
"""
import json
import pathlib
import sys

import torch

TOLERANCE = 1e-5


def read(folder):
    shapes = json.loads((folder / "tensors.json").read_text())
    return {
        name: torch.frombuffer(bytearray((folder / f"{name}.bin").read_bytes()), dtype=torch.float32).reshape(shape)
        for name, shape in shapes.items()
    }


def main():
    ours = read(pathlib.Path(sys.argv[1]))
    layers, _, units = ours["h0"].shape
    lstm = torch.nn.LSTM(ours["x"].shape[2], units, layers)
    with torch.no_grad():
        for n in range(layers):
            getattr(lstm, f"weight_ih_l{n}").copy_(ours[f"{n}.input_weight"].T)
            getattr(lstm, f"weight_hh_l{n}").copy_(ours[f"{n}.recurrent_weight"].T)
            getattr(lstm, f"bias_ih_l{n}").copy_(ours[f"{n}.bias"])
            getattr(lstm, f"bias_hh_l{n}").zero_()
    x = ours["x"].clone().requires_grad_()
    output, (h, c) = lstm(x, (ours["h0"], ours["c0"]))
    output.backward(ours["output_gradient"])
    theirs = {"output": output, "hN": h, "cN": c, "x.gradient": x.grad}
    for n in range(layers):
        theirs[f"{n}.input_weight.gradient"] = getattr(lstm, f"weight_ih_l{n}").grad.T
        theirs[f"{n}.recurrent_weight.gradient"] = getattr(lstm, f"weight_hh_l{n}").grad.T
        theirs[f"{n}.bias.gradient"] = getattr(lstm, f"bias_ih_l{n}").grad
    worst = 0.0
    print(f"nn.LSTM of PyTorch {torch.__version__}, x {list(ours['x'].shape)}, {layers} x {units} units: largest difference")
    for name, tensor in theirs.items():
        difference = (tensor - ours[name]).abs().max().item()
        worst = max(worst, difference)
        print(f"  {name:28} {difference:.2e} of {tensor.abs().max().item():.2e}")
    sys.exit(0 if worst < TOLERANCE else 1)


main()
