"""Train the page-type model: `python -m pipelines.extract.training.page_type FEATURES.jsonl` writes `page_type.json`.

Each line of the input is one page: `{"class": "article", "group": "<domain>", "news": true, "features": {...}}`, with the
class (`article`, `forum`, `listing`, `product` or `service`) and what `page_features` gives. Pages of one domain stay in one
fold. The threshold is the one that keeps `--keep` of the news articles in cross-validation.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]  # ships no types
from sklearn.model_selection import GroupKFold  # type: ignore[import-untyped]  # ships no types
from sklearn.preprocessing import StandardScaler  # type: ignore[import-untyped]  # ships no types

from pipelines.extract.page_type import MODEL

# Strength of L2 regularisation, by cross-validation over 0.01 to 0.3: weaker learns domains.
_C = 0.01
_FOLDS = 8


def main() -> None:
    """Cross-validate, print what is kept and rejected, fit on all pages, write the model."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("features", type=Path)
    parser.add_argument("--keep", type=float, default=0.995, help="share of news articles accepted")
    arguments = parser.parse_args()
    pages = [json.loads(line) for line in arguments.features.read_text(encoding="utf-8").split("\n") if line]
    names = sorted(pages[0]["features"])
    x = np.array([[page["features"][name] for name in names] for page in pages])
    y = np.array([page["class"] for page in pages])
    probability = _cross_validated(x, y, [page["group"] for page in pages])
    news = np.array([page["news"] for page in pages])
    threshold = float(np.quantile(probability[news], 1 - arguments.keep, method="lower"))
    lines = [
        f"{name:10} {int((y == name).sum()):5} pages, taken for an article {float((probability[y == name] >= threshold).mean()):.3f}"
        for name in sorted(set(y))
    ]
    rejected = float((probability[y != "article"] < threshold).mean())
    lines.append(
        f"news articles accepted {float((probability[news] >= threshold).mean()):.3f}, others rejected {rejected:.3f}"
    )
    sys.stdout.write("\n".join(lines) + "\n")
    MODEL.write_text(json.dumps(_fitted(x, y, names, threshold)) + "\n", encoding="utf-8")


def _cross_validated(x: np.ndarray[Any, Any], y: np.ndarray[Any, Any], groups: list[str]) -> np.ndarray[Any, Any]:
    """Give each page's probability of being an article by a model that saw no page of its domain."""
    probability = np.zeros(len(y))
    for train, test in GroupKFold(_FOLDS).split(x, y, groups):
        scaler = StandardScaler().fit(x[train])
        fitted = LogisticRegression(C=_C, max_iter=5000).fit(scaler.transform(x[train]), y[train])
        column = list(fitted.classes_).index("article")
        probability[test] = fitted.predict_proba(scaler.transform(x[test]))[:, column]
    return probability


def _fitted(x: np.ndarray[Any, Any], y: np.ndarray[Any, Any], names: list[str], threshold: float) -> dict[str, Any]:
    scaler = StandardScaler().fit(x)
    fitted = LogisticRegression(C=_C, max_iter=5000).fit(scaler.transform(x), y)
    return {
        "features": names,
        "means": [round(float(value), 6) for value in scaler.mean_],
        "scales": [round(float(value), 6) for value in scaler.scale_],
        "classes": list(fitted.classes_),
        "weights": [[round(float(value), 6) for value in row] for row in fitted.coef_],
        "intercepts": [round(float(value), 6) for value in fitted.intercept_],
        "threshold": round(threshold, 4),
    }


if __name__ == "__main__":
    main()
