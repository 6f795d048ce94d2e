#!/usr/bin/env python3
"""Real steps of sequences per second of PyTorch, as the peer of org.rondo.bench.rows.RowsStep.

usage: pytorch_rows.py CONFIG PRECISION MINIBATCHES WINDOWS SECONDS WARM_UP

The same networks on minibatches of the same lengths (a line of MINIBATCHES each): embedding, dropout, a bidirectional LSTM over
packed sequences, dropout, then the maximum over the steps and a softmax (classifier), a softmax of each step (tagger), or a
linear-chain CRF (tagger-crf), whose forward algorithm is a loop over the steps, vectors over sequences and tags; translator is a
network of its own, whose targets are as long as its sequences; transcriber reads values, and nn.CTCLoss takes a target of one symbol in
eight steps; forecaster and clips read values, of equal lengths. Clipping by global norm, fused Adam. bfloat16 is PyTorch's autocast.
One thread. Prints one line of key=value pairs.
"""
import contextlib
import statistics
import sys
import time

import torch
from torch import nn
from torch.nn import functional
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

UNITS = 128
HORIZON, CHANNELS = 24, 7
BANDS, SYMBOLS, STEPS_PER_SYMBOL = 160, 29, 8
SIDE, DIRECTIONS = 16, 8
# name: vocabulary, embedding, classes
CONFIGURATIONS = {
    "classifier": (30000, 128, 2),
    "tagger": (10000, 100, 23),
    "tagger-crf": (10000, 100, 23),
    "translator": (8000, 256, 8000),
}


class Rows(nn.Module):
    def __init__(self, name):
        super().__init__()
        vocabulary, width, self.classes = CONFIGURATIONS[name]
        self.name = name
        self.embedding = nn.Embedding(vocabulary, width)
        self.dropout = nn.Dropout(0.5)
        self.recurrent = nn.LSTM(width, UNITS, bidirectional=True)
        self.head = nn.Linear(2 * UNITS, self.classes)
        self.transitions = nn.Parameter(torch.zeros(self.classes, self.classes))
        self.start = nn.Parameter(torch.zeros(self.classes))
        self.end = nn.Parameter(torch.zeros(self.classes))

    def loss(self, ids, lengths, mask, targets):
        packed = pack_padded_sequence(self.dropout(self.embedding(ids)), lengths)
        hidden, _ = pad_packed_sequence(self.recurrent(packed)[0])
        if self.name == "classifier":
            highest = hidden.masked_fill(~mask.unsqueeze(2), float("-inf")).amax(0)
            return functional.cross_entropy(self.head(self.dropout(highest)), targets)
        scores = self.head(self.dropout(hidden))
        if self.name == "tagger":
            return functional.cross_entropy(scores.flatten(0, 1), targets.flatten(), ignore_index=-1)
        return self.crf(scores.float(), lengths, mask, targets.clamp(min=0)) / mask.sum()

    def crf(self, scores, lengths, mask, tags):
        steps, batch, _ = scores.shape
        rows = torch.arange(batch)
        path = scores.gather(2, tags.unsqueeze(2)).squeeze(2).mul(mask).sum()
        path = path + (self.transitions[tags[:-1], tags[1:]] * mask[1:]).sum()
        path = path + self.start[tags[0]].sum() + self.end[tags[lengths - 1, rows]].sum()
        alpha = self.start + scores[0]
        for t in range(1, steps):
            after = torch.logsumexp(alpha.unsqueeze(2) + self.transitions, 1) + scores[t]
            alpha = torch.where(mask[t].unsqueeze(1), after, alpha)
        return torch.logsumexp(alpha + self.end, 1).sum() - path


class Translator(nn.Module):
    """Two bidirectional LSTMs of 256 units; an LSTM of 256 with general attention and input feeding."""

    def __init__(self, name):
        super().__init__()
        vocabulary, width, classes = CONFIGURATIONS[name]
        self.embedding = nn.Embedding(vocabulary, width)
        self.labels = nn.Embedding(classes, width)
        self.dropout = nn.Dropout(0.2)
        self.encoder = nn.LSTM(width, width, 2, dropout=0.2, bidirectional=True)
        self.first = nn.Linear(2 * width, 2 * width)
        self.decoder = nn.LSTMCell(2 * width, width)
        self.keys = nn.Linear(2 * width, width, bias=False)
        self.join = nn.Linear(3 * width, width)
        self.head = nn.Linear(width, classes)

    def loss(self, ids, lengths, mask, targets):
        packed = pack_padded_sequence(self.dropout(self.embedding(ids)), lengths)
        memory, _ = pad_packed_sequence(self.encoder(packed)[0])
        memory = self.dropout(memory)
        mean = memory.sum(0) / lengths.unsqueeze(1)
        hidden, cell = torch.tanh(self.first(mean)).chunk(2, 1)
        keys = self.keys(memory).transpose(0, 1)
        memory = memory.transpose(0, 1)
        before = torch.cat([torch.full_like(targets[:1], 7999), targets[:-1].clamp(min=0)])
        inputs = self.dropout(self.labels(before))
        fed = torch.zeros_like(inputs[0])
        vectors = []
        for step in inputs:
            hidden, cell = self.decoder(torch.cat([step, fed], 1), (hidden, cell))
            scores = torch.bmm(keys, hidden.unsqueeze(2).to(keys.dtype)).squeeze(2)
            weights = scores.masked_fill(~mask.t(), float("-inf")).softmax(1)
            context = torch.bmm(weights.unsqueeze(1).to(memory.dtype), memory).squeeze(1)
            fed = torch.tanh(self.join(torch.cat([context, hidden], 1)))
            vectors.append(fed)
        there = targets >= 0
        return functional.cross_entropy(self.head(self.dropout(torch.stack(vectors)[there])), targets[there])


class Transcriber(nn.Module):
    """Two bidirectional LSTMs of 96 units over the frames of recordings; CTC over symbols and the blank, the last class."""

    def __init__(self, name):
        super().__init__()
        self.dropout = nn.Dropout(0.3)
        self.encoder = nn.LSTM(BANDS, 96, 2, dropout=0.3, bidirectional=True)
        self.head = nn.Linear(2 * 96, SYMBOLS + 1)
        self.ctc = nn.CTCLoss(blank=SYMBOLS, reduction="sum")

    def loss(self, values, lengths, mask, targets):
        packed = pack_padded_sequence(self.dropout(values), lengths)
        hidden, _ = pad_packed_sequence(self.encoder(packed)[0])
        log = self.head(self.dropout(hidden)).float().log_softmax(2)
        return self.ctc(log, targets, lengths, lengths // STEPS_PER_SYMBOL) / len(targets)


class Forecaster(nn.Module):
    """An LSTM of 128 units over 7 channels; 24 steps of all of them from its last state."""

    def __init__(self, name):
        super().__init__()
        self.recurrent = nn.LSTM(CHANNELS, UNITS)
        self.head = nn.Linear(UNITS, HORIZON * CHANNELS)

    def loss(self, values, lengths, mask, targets):
        return functional.mse_loss(self.head(self.recurrent(values)[0][-1]).float(), targets)


class Clips(nn.Module):
    """Two convolutions over each frame, an LSTM of 64 units over the frames, a class from its last state."""

    def __init__(self, name):
        super().__init__()
        self.images = nn.Sequential(
            nn.Conv2d(1, 8, 3, stride=2, padding=1), nn.ReLU(), nn.Conv2d(8, 16, 3, stride=2, padding=1), nn.ReLU()
        )
        self.recurrent = nn.LSTM(SIDE * SIDE, 64)
        self.head = nn.Linear(64, DIRECTIONS)

    def loss(self, values, lengths, mask, targets):
        steps, batch, _ = values.shape
        seen = self.images(values.view(steps * batch, 1, SIDE, SIDE)).view(steps, batch, -1)
        return functional.cross_entropy(self.head(self.recurrent(seen)[0][-1]), targets)


NETWORKS = {"translator": Translator, "transcriber": Transcriber, "forecaster": Forecaster, "clips": Clips}


class Step:
    def __init__(self, name, precision, file):
        self.network = NETWORKS.get(name, Rows)(name)
        self.parameters = list(self.network.parameters())
        self.optimizer = torch.optim.Adam(self.parameters, lr=0.001, fused=True)
        self.bfloat16 = precision == "bfloat16"
        self.minibatches = [self.minibatch(name, [int(n) for n in line.split() if n != "0"]) for line in open(file)]
        self.done = self.real = 0

    def minibatch(self, name, lengths):
        """Sorted, as packing has it; a class of the sequence, or of each step."""
        lengths = torch.tensor(sorted(lengths, reverse=True))
        steps, batch = int(lengths[0]), len(lengths)
        mask = torch.arange(steps).unsqueeze(1) < lengths
        if name == "forecaster":
            return torch.rand(steps, batch, CHANNELS), lengths, mask, torch.rand(batch, HORIZON * CHANNELS)
        if name == "transcriber":
            targets = torch.randint(SYMBOLS, (int((lengths // STEPS_PER_SYMBOL).sum()),))
            return torch.rand(steps, batch, BANDS), lengths, mask, targets
        if name == "clips":
            return torch.rand(steps, batch, SIDE * SIDE), lengths, mask, torch.randint(DIRECTIONS, (batch,))
        vocabulary, _, classes = CONFIGURATIONS[name]
        if name == "classifier":
            targets = torch.randint(classes, (batch,))
        else:
            targets = torch.randint(classes, (steps, batch)).masked_fill(~mask, -1)
        return torch.randint(vocabulary, (steps, batch)), lengths, mask, targets

    def train(self):
        ids, lengths, mask, targets = self.minibatches[self.done % len(self.minibatches)]
        self.optimizer.zero_grad(set_to_none=True)
        with torch.autocast("cpu", dtype=torch.bfloat16) if self.bfloat16 else contextlib.nullcontext():
            loss = self.network.loss(ids, lengths, mask, targets)
        loss.backward()
        nn.utils.clip_grad_norm_(self.parameters, 5.0)
        self.optimizer.step()
        self.done += 1
        self.real += int(lengths.sum())

    def window(self, seconds):
        begin, before = time.perf_counter(), self.real
        self.train()
        while time.perf_counter() - begin < seconds:
            self.train()
        return (self.real - before) / (time.perf_counter() - begin)


def main():
    name, precision, file, windows, seconds, warm_up = sys.argv[1:]
    torch.set_num_threads(1)
    torch.set_num_interop_threads(1)
    torch.manual_seed(1)
    step = Step(name, precision, file)
    step.window(float(warm_up))
    rates = [step.window(float(seconds)) for _ in range(int(windows))]
    figures = {
        "implementation": "pytorch",
        "median": f"{statistics.median(rates):.0f}",
        "min": f"{min(rates):.0f}",
        "max": f"{max(rates):.0f}",
        "windows": ",".join(f"{rate:.0f}" for rate in rates),
        "configuration": name,
        "precision": precision,
    }
    print("rows", *(f"{key}={value}" for key, value in figures.items()), sep="\t")


if __name__ == "__main__":
    main()
