"""Writes metrics.json: what scikit-learn measures of made-up predictions. Needs scikit-learn.

A figure that scikit-learn replaces by a convention because it does not exist (0 or NaN) is null here. Its binary figures
are of the second class; those of more classes are means over the classes of which there are rows, one against the rest.
"""

import json
import math
import pathlib
import warnings

import numpy as np
import sklearn
from sklearn import metrics as m
from sklearn.calibration import calibration_curve

HERE = pathlib.Path(__file__).parent
warnings.simplefilter("ignore")
random = np.random.default_rng(17)


def known(value):
    value = float(value)
    return value if math.isfinite(value) else None


def points(*columns):
    return [[known(value) for value in point] for point in zip(*columns)]


def mean(values):
    defined = [value for value in values if value is not None]
    return sum(defined) / len(defined) if defined else None


def classification(name, classes, truth, p, weights):
    predicted = p.argmax(axis=1)
    labels = list(range(classes))
    w = {"sample_weight": weights}
    nan = {"zero_division": np.nan}
    counted = weights > 0 if weights is not None else np.ones(len(truth), bool)
    one_class = len(set(truth[counted])) == 1
    one_predicted = len(set(predicted[counted])) == 1
    precision, recall, f1, support = m.precision_recall_fscore_support(truth, predicted, labels=labels, **w, **nan)
    areas, averages, roc, pr = [], [], [], []
    for label in labels:
        positive, score = truth == label, p[:, label]
        has, has_others = positive[counted].any(), not positive[counted].all()
        areas.append(known(m.roc_auc_score(positive, score, **w)) if has and has_others else None)
        averages.append(known(m.average_precision_score(positive, score, **w)) if has else None)
        roc.append(points(*m.roc_curve(positive, score, drop_intermediate=False, **w)) if has and has_others and label < 2 else None)
        pr.append(points(*[column[::-1] for column in m.precision_recall_curve(positive, score, **w)[:2]]) if has and label < 2 else None)
    figures = {
        "accuracy": known(m.accuracy_score(truth, predicted, **w)),
        "balanced_accuracy": known(m.balanced_accuracy_score(truth, predicted, **w)),
        "f1_macro": known(m.f1_score(truth, predicted, average="macro", **w, **nan)),
        "f1_micro": known(m.f1_score(truth, predicted, average="micro", **w)),
        "f1_weighted": known(m.f1_score(truth, predicted, average="weighted", **w)),
        "cohen_kappa": known(m.cohen_kappa_score(truth, predicted, sample_weight=weights)),
        "matthews": None if one_class or one_predicted else known(m.matthews_corrcoef(truth, predicted, **w)),
        "log_loss": known(m.log_loss(truth, p, labels=labels, **w)),
        "brier_score": known(m.brier_score_loss(truth, p if classes > 2 else p[:, 1], labels=labels, **({} if classes > 2 else {"pos_label": 1}), **w)),
        "roc_auc": areas[1] if classes == 2 else mean(areas),
        "average_precision": averages[1] if classes == 2 else mean(averages),
    }
    if classes > 2 and not any(area is None for area in areas) and weights is None:
        assert abs(figures["roc_auc"] - m.roc_auc_score(truth, p, multi_class="ovr", average="macro")) < 1e-12
    return {
        "name": name, "classes": classes, "truth": truth.tolist(), "probabilities": p.ravel().tolist(),
        "weights": None if weights is None else weights.tolist(),
        "figures": figures,
        "top_k": {k: known(m.top_k_accuracy_score(truth, p, k=k, labels=labels, **w)) for k in (2, 3, 5, 10) if 2 < classes > k},
        "confusion_matrix": m.confusion_matrix(truth, predicted, labels=labels, **w).astype(float).tolist(),
        "per_class": [{"precision": known(precision[i]), "recall": known(recall[i]), "f1": known(f1[i]), "support": float(support[i]),
                       "roc_auc": areas[i], "average_precision": averages[i]} for i in labels],
        "roc": roc, "precision_recall": pr,
        "calibration": None if weights is not None or one_class else [points(*calibration_curve(truth == i, p[:, i], n_bins=10)) if (truth == i).any() else None for i in labels],
    }


def probabilities(rows, classes, truth, skill, step):
    logits = random.normal(size=(rows, classes)) + skill * np.eye(classes)[truth]
    p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    p = np.floor(p / step) * step
    p[:, -1] = 1 - p[:, :-1].sum(axis=1)
    return p


def made(name, rows, classes, skill=1.5, step=1 / 1024, present=None, weights=None):
    truth = random.choice(present or list(range(classes)), size=rows)
    return classification(name, classes, truth, probabilities(rows, classes, truth, skill, step), weights)


def some_weights(rows):
    weights = random.exponential(size=rows)
    weights[::5] = 0
    return weights


certain = np.tile([[1.0, 0.0], [0.0, 1.0], [1.0, 0.0]], (5, 1))
cases = [
    made("two classes", 120, 2),
    made("two classes with ties", 150, 2, step=0.1),
    made("two classes with weights", 90, 2, weights=some_weights(90)),
    made("ties and weights", 140, 2, step=0.125, weights=some_weights(140)),
    made("rows of the first class alone", 40, 2, present=[0]),
    made("rows of the second class alone", 40, 2, present=[1]),
    made("one row", 1, 2),
    classification("certain and sometimes wrong", 2, np.array([0, 1, 1] * 5), certain, None),
    classification("one class predicted", 2, random.integers(0, 2, 30), np.tile([[0.75, 0.25]], (30, 1)), None),
    classification("one class, predicted as it", 3, np.full(12, 1), np.tile([[0.125, 0.75, 0.125]], (12, 1)), None),
    made("four classes", 200, 4),
    made("four classes with ties", 200, 4, step=0.125),
    made("four classes with weights", 160, 4, weights=some_weights(160)),
    made("a class without rows", 120, 4, present=[0, 1, 3]),
    made("a class without rows, with weights", 120, 5, present=[0, 2, 4], weights=some_weights(120)),
    made("twelve classes", 300, 12, skill=0.5),
    made("no skill", 200, 3, skill=0),
]


def regression(name, truth, predicted, weights):
    w = {"sample_weight": weights}
    constant = len(set(truth)) == 1
    errors = predicted - truth
    counts, edges = np.histogram(errors, bins=20, weights=weights)
    return {
        "name": name, "truth": truth.tolist(), "predicted": predicted.tolist(), "weights": None if weights is None else weights.tolist(),
        "figures": {
            "rmse": known(m.root_mean_squared_error(truth, predicted, **w)),
            "mae": known(m.mean_absolute_error(truth, predicted, **w)),
            "r2": None if constant else known(m.r2_score(truth, predicted, **w)),
            "mape": None if (truth == 0).any() else known(m.mean_absolute_percentage_error(truth, predicted, **w)),
            "median_absolute_error": known(m.median_absolute_error(truth, predicted, **w)),
        },
        "residuals": None if len(set(errors)) == 1 else {"counts": counts.astype(float).tolist(), "edges": edges.tolist()},
    }


def numbers(name, rows, weights=None, scale=1.0, whole=False):
    truth = random.normal(size=rows) * scale + 3
    predicted = truth + random.normal(size=rows) * scale / 2
    if whole:
        truth, predicted = np.round(truth), np.round(predicted)
    return regression(name, truth, predicted, weights)


regressions = [
    numbers("an odd number of rows", 101),
    numbers("an even number of rows", 100, scale=1e3),
    numbers("whole numbers, zeros among them", 200, scale=3.0, whole=True),
    numbers("weights", 90, weights=some_weights(90)),
    numbers("whole numbers with whole weights", 80, weights=random.integers(0, 4, 80).astype(float), scale=5.0, whole=True),
    numbers("one row", 1),
    regression("one number", np.full(20, 7.5), np.full(20, 7.5) + random.normal(size=20), None),
    regression("perfect", np.arange(1.0, 12.0), np.arange(1.0, 12.0), None),
    numbers("tiny numbers far from zero", 60, scale=1e-6),
]
(HERE / "metrics.json").write_text(json.dumps({"scikit_learn": sklearn.__version__, "classification": cases, "regression": regressions}) + "\n")
