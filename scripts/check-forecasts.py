#!/usr/bin/env python3
"""check-forecasts.py SERIES FIGURES: what scikit-learn, TorchMetrics and NumPy say of forecasts, for ForecastReferenceTest.

SERIES begins with a line "season M level L". A line "train NAME" and the training steps follows for each series, then a line
"window NAME" for each window: the values of the horizon, the forecasts, the lower and the upper ends of the interval of L %,
each of as many numbers, in the units of the data. FIGURES gets a name and a number in each line.
"""
import sys

import numpy as np
import torch
from sklearn.metrics import mean_absolute_error, mean_pinball_loss, mean_squared_error, root_mean_squared_error
from torchmetrics.functional import mean_absolute_error as torch_mean_absolute_error
from torchmetrics.functional import mean_squared_error as torch_mean_squared_error
from torchmetrics.functional import pearson_corrcoef, relative_squared_error, symmetric_mean_absolute_percentage_error

train, windows, names = {}, [], []
for line in open(sys.argv[1], encoding="ascii"):
    kind, name, *rest = line.split()
    if kind == "season":
        season, level = int(name), int(rest[1])
    elif kind == "train":
        train[name] = np.array(rest, dtype=float)
    else:
        names.append(name)
        windows.append(np.array(rest, dtype=float).reshape(4, -1))

# (windows, horizon)
values, forecasts, lower, upper = np.stack(windows, axis=1)
mean = np.array([train[name].mean() for name in names])[:, None]
deviation = np.array([train[name].std() for name in names])[:, None]
# The error of the seasonal naive forecast over the training steps.
naive = {name: mean_absolute_error(steps[season:], steps[:-season]) for name, steps in train.items()}


def scaled(numbers):
    return ((numbers - mean) / deviation).ravel()


def tensor(numbers):
    return torch.tensor(np.ascontiguousarray(numbers), dtype=torch.float64)


def of_series(name):
    return np.array([other == name for other in names])


tails = (100 - level) / 200
pinball = [
    mean_pinball_loss(scaled(values), scaled(ends), alpha=share)
    for share, ends in ((tails, lower), (0.5, forecasts), (1 - tails, upper))
]
last_values, last_forecasts = tensor(values[:, -1]), tensor(forecasts[:, -1])
figures = {
    "mse": mean_squared_error(values.ravel(), forecasts.ravel()),
    "rmse": root_mean_squared_error(values.ravel(), forecasts.ravel()),
    "mae": mean_absolute_error(values.ravel(), forecasts.ravel()),
    "scaled-mse": torch_mean_squared_error(tensor(scaled(forecasts)), tensor(scaled(values))).item(),
    "scaled-mae": torch_mean_absolute_error(tensor(scaled(forecasts)), tensor(scaled(values))).item(),
    "mase": np.mean([mean_absolute_error(v, f) / naive[name] for name, v, f in zip(names, values, forecasts)]),
    "smape": 100 * symmetric_mean_absolute_percentage_error(tensor(forecasts.ravel()), tensor(values.ravel())).item(),
    "rse": relative_squared_error(last_forecasts, last_values, squared=False).item(),
    "corr": np.mean(
        [pearson_corrcoef(last_forecasts[of_series(n)], last_values[of_series(n)]).item() for n in train]
    ),
    "scaled-quantile-loss": np.mean(pinball),
    f"coverage-{level}": np.mean((lower <= values) & (values <= upper)),
}
# Split conformal prediction: the smallest error but ceil((n + 1) level) - 1 of n (Lei et al. 2018, algorithm 2). NumPy's quantile of
# that share by method="higher" is the next one, for it counts n - 1 distances.
errors = np.abs(scaled(forecasts) - scaled(values)).reshape(values.shape)
n = len(errors)
for each in (50, 80, 95):
    place = -(-(n + 1) * each // 100)
    for step in range(errors.shape[1]):
        figures[f"error-{each}-{step}"] = np.sort(errors[:, step])[place - 1]

with open(sys.argv[2], "w", encoding="ascii") as out:
    for name, figure in figures.items():
        print(name, repr(float(figure)), file=out)
