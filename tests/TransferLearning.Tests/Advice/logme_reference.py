"""Writes logme.json, the figures that LogMeTests checks: LogME (You et al., 2021) computed from its definition with NumPy.

usage: python3 logme_reference.py > logme.json
       python3 logme_reference.py features.npy labels.txt     (prints the score of extracted features)

The evidence of each one-against-the-rest linear model comes from dense solves instead of the fixed-point's closed forms in the singular
values, so that an error in those would show.
"""
import json
import sys

import numpy as np


def log_evidence(features, target):
    n, d = features.shape
    gram, moment = features.T @ features, features.T @ target
    eigenvalues = np.clip(np.linalg.eigvalsh(gram), 0, None)
    alpha = beta = 1.0
    for _ in range(1000):
        weights = np.linalg.solve(alpha * np.eye(d) + beta * gram, beta * moment)
        residual = np.sum((features @ weights - target) ** 2)
        effective = np.sum(beta * eigenvalues / (alpha + beta * eigenvalues))
        before = alpha / beta
        alpha, beta = effective / np.sum(weights**2), (n - effective) / residual
        if abs(alpha / beta - before) <= 1e-10 * before:
            break
    weights = np.linalg.solve(before * np.eye(d) + gram, moment)
    log_determinant = np.linalg.slogdet(alpha * np.eye(d) + beta * gram)[1]
    return (
        d / 2 * np.log(alpha)
        + n / 2 * np.log(beta)
        - log_determinant / 2
        - beta / 2 * np.sum((features @ weights - target) ** 2)
        - alpha / 2 * np.sum(weights**2)
        - n / 2 * np.log(2 * np.pi)
    )


def logme(features, labels):
    features = np.asarray(features, dtype=np.float32).astype(np.float64)
    labels = np.asarray(labels)
    return float(np.mean([log_evidence(features, (labels == c).astype(float)) for c in np.unique(labels)]) / len(labels))


def case(rows, size, classes, seed):
    random = np.random.default_rng(seed)
    labels = np.arange(rows) % classes
    centers = random.normal(size=(classes, size))
    features = np.round(np.maximum(0, 0.7 * centers[labels] + random.normal(size=(rows, size)) + 0.5), 3)
    return {"size": size, "features": features.ravel().tolist(), "labels": labels.tolist(), "logme": logme(features, labels)}


if __name__ == "__main__":
    if len(sys.argv) == 3:
        print(logme(np.load(sys.argv[1]), open(sys.argv[2]).read().split("\n")[:-1]))
    else:
        # More images than features, as many, and fewer.
        print(json.dumps([case(40, 6, 3, 1), case(12, 12, 2, 2), case(15, 24, 4, 3)]))
