"""Writes scalings.json: what scikit-learn makes of columns of the test data. Needs scikit-learn and pandas.

Fitted to the first 1,200 rows of a column (all of a shorter one, up to its last 40), applied to every 23rd row.
"""

import json
import pathlib

import numpy as np
import pandas as pd
import sklearn
from sklearn.preprocessing import MinMaxScaler, QuantileTransformer, StandardScaler

HERE = pathlib.Path(__file__).parent
COLUMNS = [("bookings", "price"), ("bookings", "nights"), ("bookings", "distance_km"), ("diabetes", "s5"), ("breast_cancer", "mean_area")]


def robust(train, x):
    low, median, high = np.percentile(train, [25, 50, 75])
    span = high - low or (train.max() - train.min()) / 2
    z = (x - median) / span
    return z / np.sqrt(1 + (z / 3) ** 2)


def log1p(x):
    return np.sign(x) * np.log1p(np.abs(x))


cases = []
for file, column in COLUMNS:
    frame = pd.read_csv(HERE.parent / "data" / f"{file}.csv")
    name = column if column in frame else [c for c in frame.columns if pd.api.types.is_float_dtype(frame[c])][0]
    known = frame[name].dropna().to_numpy(dtype=float)
    rows = min(1200, len(known) - 40)
    train, some = known[:rows, None], known[::23, None]
    quantile = lambda kind: QuantileTransformer(n_quantiles=1000, output_distribution=kind, subsample=None)
    expected = {
        "standardize": StandardScaler().fit(train).transform(some),
        "minmax": MinMaxScaler().fit(train).transform(some),
        "robust": robust(train, some),
        "log1p": StandardScaler().fit(log1p(train)).transform(log1p(some)),
        "quantile_uniform": quantile("uniform").fit(train).transform(some),
        "quantile_normal": quantile("normal").fit(train).transform(some),
    }
    cases.append({"file": file, "column": name, "rows": rows, "every": 23, "expected": {k: v.ravel().tolist() for k, v in expected.items()}})
(HERE / "scalings.json").write_text(json.dumps({"scikit_learn": sklearn.__version__, "cases": cases}) + "\n")
