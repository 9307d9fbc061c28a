"""Cross-validates scikit-learn's LogisticRegression on the features and folds that the benchmarks wrote.

    python3 sklearn_folds.py FOLDER ACCURACIES

FOLDER has NAME.f32 and NAME.csv; ACCURACIES is the output of "cross-validation folds FOLDER": name,images,features,accuracy.
Prints both accuracies of each set, in percent, and their difference in points. Needs numpy and scikit-learn.
"""

import sys
import warnings

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

# Without convergence the comparison would be worthless.
warnings.simplefilter("error", ConvergenceWarning)


def mean_accuracy(features, labels, folds):
    accuracies = []
    for fold in np.unique(folds):
        train, held_out = folds != fold, folds == fold
        # The biases are not penalized, so subtracting the mean changes only the speed.
        mean = features[train].mean(axis=0)
        head = LogisticRegression(C=1.0, max_iter=10_000)
        head.fit(features[train] - mean, labels[train])
        accuracies.append(head.score(features[held_out] - mean, labels[held_out]))
    return float(np.mean(accuracies))


def main(folder, table):
    for line in open(table, encoding="utf-8"):
        name, images, size, ours = line.strip().split(",")
        features = np.fromfile(f"{folder}/{name}.f32", dtype=np.float32).reshape(int(images), int(size)).astype(np.float64)
        labels, folds = np.loadtxt(f"{folder}/{name}.csv", delimiter=",", dtype=int).T
        theirs = mean_accuracy(features, labels, folds)
        print(f"{name}: ours {100 * float(ours):.2f}, scikit-learn {100 * theirs:.2f}, difference {100 * (float(ours) - theirs):+.2f}", flush=True)


main(*sys.argv[1:])
