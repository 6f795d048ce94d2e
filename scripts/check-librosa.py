#!/usr/bin/env python3
"""check-librosa.py SOUNDS FIGURES: librosa's log-mel frames of sounds, for LibrosaTest.

SOUNDS has a line for each sound: samples in a second, bands, samples of a frame, of a hop, and of the Fourier transform, how often the
change is taken, then the samples. FIGURES gets for each sound a line with the count of frames, then all values, frame by frame.
"""
import sys

import librosa
import numpy


def frames(line):
    words = line.split()
    rate, mels, window, hop, size, deltas = map(int, words[:6])
    samples = numpy.array(words[6:], dtype=numpy.float64)
    count = 1 + max(0, len(samples) - window) // hop
    # librosa centres a frame in the transform; there it begins with it.
    before = (size - window) // 2
    padded = numpy.zeros(before + (count - 1) * hop + size)
    padded[before : before + len(samples)] = samples[: len(padded) - before]
    energies = librosa.feature.melspectrogram(
        y=padded, sr=rate, n_fft=size, win_length=window, hop_length=hop, window="hann", center=False, power=2.0,
        n_mels=mels, fmin=20.0, fmax=rate / 2, htk=True, norm=None, dtype=numpy.float64,
    )
    last = numpy.log(numpy.maximum(1e-10, energies))[:, :count]
    parts = [last]
    for _ in range(deltas):
        last = librosa.feature.delta(last, width=5, mode="nearest")
        parts.append(last)
    return numpy.concatenate(parts).T


with open(sys.argv[1], encoding="ascii") as sounds, open(sys.argv[2], "w", encoding="ascii") as out:
    for line in sounds:
        all_frames = frames(line)
        print(len(all_frames), *(repr(float(value)) for value in all_frames.ravel()), file=out)
