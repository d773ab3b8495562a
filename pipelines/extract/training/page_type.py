"""Train the page-type model: `python -m pipelines.extract.training.page_type --shared DIR --folds DIR` writes `page_type.json`.

Pages and labels are those of `data/pages`: three sets of articles, one of listings, collections, forums, products and
services. A page's body is cut by the block model that saw no page of its publisher (`--folds`, written by the training of
the block model), so that the features are those of unseen pages. Pages of one publisher stay in one fold here too.
The model learns from what the rules before it let through. The threshold is the one that keeps `--keep` of all article pages in
cross-validation; the figures count what the rules refuse too.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import StandardScaler

from pipelines.extract.article import examine, text_of
from pipelines.extract.claims.evidence import Evidence
from pipelines.extract.deciding.page_features import page_features
from pipelines.extract.deciding.page_type import MODEL, ruled
from pipelines.extract.judging.model import load
from pipelines.extract.training.folds import fold_of, publisher

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

# Articles of newspapers and blogs, by whose acceptance the threshold is set; then pages of many kinds, articles or not.
_NEWS = ("aeb", "fundus-a")
_SETS = (*_NEWS, "wcxb-dev", "other-dev")
# Collections of goods and lists of links are alike in everything that is measured.
_MERGED = {"collection": "listing"}
# Strength of L2 regularisation, by cross-validation over 0.01 to 0.3: weaker learns domains.
_C = 0.01
_FOLDS = 8
# Share of article pages accepted, and others whose price in other pages is printed beside it.
_KEEP = 0.994
_KEEPS = (0.97, 0.98, 0.985, 0.99, 0.995)


@dataclass(slots=True)
class Page:
    """One page: its class, its publisher, and what is measured of it."""

    label: str
    group: str
    news: bool
    refused: bool
    """By a rule, before the model is asked."""
    features: dict[str, float]


def main() -> None:
    """Measure the pages, cross-validate, print what is kept and rejected, fit on all pages, write the model."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="folder with data/pages")
    parser.add_argument("--folds", type=Path, required=True, help="where the block model's fold-0.onnx ... are")
    parser.add_argument("--keep", type=float, default=_KEEP, help="share of article pages accepted")
    arguments = parser.parse_args()
    pages = list(_pages(arguments.shared / "data" / "pages", arguments.folds))
    names = sorted(pages[0].features)
    x = np.array([[page.features[name] for name in names] for page in pages])
    y = np.array([page.label for page in pages])
    news = np.array([page.news for page in pages])
    asked = np.array([not page.refused for page in pages])
    probability = _cross_validated(x, y, [page.group for page in pages], asked)
    for keep in sorted({*_KEEPS, arguments.keep}):
        sys.stdout.write(f"keeping {keep}\n" + _report(y, news, probability >= _threshold(y, probability, keep)))
    threshold = _threshold(y, probability, arguments.keep)
    MODEL.write_text(json.dumps(_fitted(x[asked], y[asked], names, threshold)) + "\n", encoding="utf-8")


def _pages(folder: Path, folds: Path) -> Iterator[Page]:
    for name in _SETS:
        lines = (folder / f"{name}.jsonl").read_text(encoding="utf-8").rstrip("\n").split("\n")
        for row in map(json.loads, lines):
            url = row["url"] or f"https://unknown.example/{row['id']}"
            group = publisher(url)
            html = gzip.decompress((folder / name / f"{row['id']}.html.gz").read_bytes())
            label = row.get("page_type", "article")
            examined = examine(html, url, model=load(folds / f"fold-{fold_of(group)}.onnx"))
            evidence = Evidence(examined.document, url)
            body = text_of(
                examined.outline,
                examined.selection,
                examined.document,
                evidence,
                examined.metadata,
                ruled=examined.ruled,
            ).body
            refused = ruled(evidence, url, examined.metadata, body) is not None
            features = page_features(evidence, examined.metadata, examined.outline, body)
            yield Page(_MERGED.get(label, label), group, name in _NEWS, refused, features)


def _threshold(y: NDArray[Any], probability: NDArray[Any], keep: float) -> float:
    return float(np.quantile(probability[y == "article"], 1 - keep, method="lower"))


def _report(y: NDArray[Any], news: NDArray[Any], accepted: NDArray[Any]) -> str:
    lines = [
        f"{name:10} {int((y == name).sum()):5} pages, taken for an article {accepted[y == name].mean():.3f}"
        for name in sorted(set(y))
    ]
    rejected = 1 - accepted[y != "article"].mean()
    return "\n".join(
        [*lines, f"news articles accepted {accepted[news].mean():.3f}, others rejected {rejected:.3f}", ""]
    )


def _cross_validated(x: NDArray[Any], y: NDArray[Any], groups: list[str], asked: NDArray[np.bool_]) -> NDArray[Any]:
    """Give the probability of being an article of each page that the model is `asked` of, by one that saw no page of its publisher."""
    probability = np.zeros(len(y))
    for seen, unseen in GroupKFold(_FOLDS).split(x, y, groups):
        train, test = seen[asked[seen]], unseen[asked[unseen]]
        scaler = StandardScaler().fit(x[train])
        fitted = LogisticRegression(C=_C, max_iter=5000).fit(scaler.transform(x[train]), y[train])
        column = list(fitted.classes_).index("article")
        probability[test] = fitted.predict_proba(scaler.transform(x[test]))[:, column]
    return probability


def _fitted(x: NDArray[Any], y: NDArray[Any], names: list[str], threshold: float) -> dict[str, Any]:
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
