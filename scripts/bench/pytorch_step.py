#!/usr/bin/env python3
"""Tokens per second of PyTorch's whole training step, as the peer of org.rondo.bench.TrainingStep.

usage: pytorch_step.py CONFIG [--windows N] [--seconds S]

The same model, shapes and work: embedding, two LSTM layers, softmax cross entropy, clipping by global norm, SGD, hidden
state carried, random tokens. One thread. Prints one line: configuration, median, minimum and maximum tokens/s, peak
resident MB.
"""
import argparse
import resource
import statistics
import time

import torch
from torch import nn
from torch.nn import functional

# name: vocabulary, units, batch, unroll
SHAPES = {"S": (10000, 200, 20, 20), "M": (10000, 650, 20, 35), "C": (65, 512, 50, 50), "C128": (65, 128, 50, 50)}
LAYERS = 2


class LanguageModel(nn.Module):
    def __init__(self, vocabulary, units):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, units)
        self.recurrent = nn.LSTM(units, units, LAYERS)
        self.head = nn.Linear(units, vocabulary)

    def forward(self, ids, state):
        hidden, state = self.recurrent(self.embedding(ids), state)
        return self.head(hidden.flatten(0, 1)), state


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("config", choices=SHAPES)
    arguments.add_argument("--windows", type=int, default=5)
    arguments.add_argument("--seconds", type=float, default=2.5)
    options = arguments.parse_args()
    torch.set_num_threads(1)
    torch.set_num_interop_threads(1)
    torch.manual_seed(1)
    vocabulary, units, batch, unroll = SHAPES[options.config]
    network = LanguageModel(vocabulary, units)
    parameters = list(network.parameters())
    # The fused optimizer is the fastest of PyTorch's on a CPU.
    optimizer = torch.optim.SGD(parameters, lr=0.1, fused=True)
    inputs = torch.randint(vocabulary, (8, unroll, batch))
    targets = torch.randint(vocabulary, (8, unroll * batch))
    state = tuple(torch.zeros(LAYERS, batch, units) for _ in range(2))
    done = 0

    def step():
        nonlocal state, done
        optimizer.zero_grad(set_to_none=True)
        logits, after = network(inputs[done % 8], tuple(s.detach() for s in state))
        functional.cross_entropy(logits, targets[done % 8]).backward()
        nn.utils.clip_grad_norm_(parameters, 5.0)
        optimizer.step()
        state = after
        done += 1

    def window(seconds):
        start, steps = time.perf_counter(), 0
        while steps < 2 or time.perf_counter() - start < seconds:
            step()
            steps += 1
        return steps * batch * unroll / (time.perf_counter() - start)

    window(3.0)
    rates = [window(options.seconds) for _ in range(options.windows)]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"pytorch-{torch.__version__} {options.config} {statistics.median(rates):.0f} "
        f"{min(rates):.0f} {max(rates):.0f} {peak}"
    )


if __name__ == "__main__":
    main()
