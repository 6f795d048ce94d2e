#!/usr/bin/env python3
"""Tokens per second of PyTorch's whole steps, as the peer of org.rondo.bench.TrainingStep.

usage: pytorch_step.py CONFIG [--precision float32|bfloat16] [--mode training|inference]
                       [--windows N] [--seconds S] [--warm-up S]

The same model, shapes and work: embedding, two recurrent layers, softmax cross entropy, clipping by global norm, SGD,
hidden state carried, random tokens; inference ends at the logits. bfloat16 is PyTorch's autocast. One thread. Prints one
line of key=value pairs.
"""
import argparse
import contextlib
import resource
import statistics
import time

import torch
from torch import nn
from torch.nn import functional

# name: cell, vocabulary, units, batch, unroll
CONFIGURATIONS = {
    "S": (nn.LSTM, 10000, 200, 20, 20),
    "M": (nn.LSTM, 10000, 650, 20, 35),
    "C": (nn.LSTM, 65, 512, 50, 50),
    "C128": (nn.LSTM, 65, 128, 50, 50),
    "M-gru": (nn.GRU, 10000, 650, 20, 35),
    "M-vanilla": (nn.RNN, 10000, 650, 20, 35),
}
LAYERS = 2
MINIBATCHES = 8


class LanguageModel(nn.Module):
    def __init__(self, cell, vocabulary, units):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, units)
        self.recurrent = cell(units, units, LAYERS)
        self.head = nn.Linear(units, vocabulary)

    def forward(self, ids, state):
        hidden, state = self.recurrent(self.embedding(ids), state)
        return self.head(hidden.flatten(0, 1)), state


class Step:
    """One network on random tokens, one step after another."""

    def __init__(self, config, precision):
        cell, vocabulary, units, self.batch, self.unroll = CONFIGURATIONS[config]
        self.network = LanguageModel(cell, vocabulary, units)
        self.parameters = list(self.network.parameters())
        # The fused optimizer is the fastest of PyTorch's on a CPU.
        self.optimizer = torch.optim.SGD(self.parameters, lr=0.1, fused=True)
        self.inputs = torch.randint(vocabulary, (MINIBATCHES, self.unroll, self.batch))
        self.targets = torch.randint(vocabulary, (MINIBATCHES, self.unroll * self.batch))
        zeros = torch.zeros(LAYERS, self.batch, units)
        self.state = (zeros, zeros.clone()) if cell is nn.LSTM else zeros
        self.bfloat16 = precision == "bfloat16"
        self.done = 0

    def autocast(self):
        return torch.autocast("cpu", dtype=torch.bfloat16) if self.bfloat16 else contextlib.nullcontext()

    def train(self):
        i = self.done % MINIBATCHES
        self.optimizer.zero_grad(set_to_none=True)
        state = tuple(s.detach() for s in self.state) if isinstance(self.state, tuple) else self.state.detach()
        with self.autocast():
            logits, self.state = self.network(self.inputs[i], state)
            loss = functional.cross_entropy(logits, self.targets[i])
        loss.backward()
        nn.utils.clip_grad_norm_(self.parameters, 5.0)
        self.optimizer.step()
        self.done += 1

    def infer(self):
        with torch.inference_mode(), self.autocast():
            _, self.state = self.network(self.inputs[self.done % MINIBATCHES], self.state)
        self.done += 1


def window(step, work, seconds):
    """Tokens per second of as many steps as begin within so many seconds."""
    begin, before = time.perf_counter(), step.done
    while step.done - before < 2 or time.perf_counter() - begin < seconds:
        work()
    return (step.done - before) * step.batch * step.unroll / (time.perf_counter() - begin)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("config", choices=CONFIGURATIONS)
    arguments.add_argument("--precision", choices=["float32", "bfloat16"], default="float32")
    arguments.add_argument("--mode", choices=["training", "inference"], default="training")
    arguments.add_argument("--windows", type=int, default=5)
    arguments.add_argument("--seconds", type=float, default=2)
    arguments.add_argument("--warm-up", type=float, default=3)
    options = arguments.parse_args()
    torch.set_num_threads(1)
    torch.set_num_interop_threads(1)
    torch.manual_seed(1)
    step = Step(options.config, options.precision)
    work = step.train if options.mode == "training" else step.infer
    window(step, work, options.warm_up)
    rates = [window(step, work, options.seconds) for _ in range(options.windows)]
    figures = {
        "implementation": "pytorch",
        "kernels": f"PyTorch {torch.__version__}",
        "configuration": options.config,
        "precision": options.precision,
        "mode": options.mode,
        "tasks": 1,
        "median": f"{statistics.median(rates):.0f}",
        "min": f"{min(rates):.0f}",
        "max": f"{max(rates):.0f}",
        "resident_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "windows": ",".join(f"{rate:.0f}" for rate in rates),
    }
    print("step", *(f"{key}={value}" for key, value in figures.items()), sep="\t")


if __name__ == "__main__":
    main()
