"""LightGBM trees to ONNX: a data format that runs no code, evaluated by onnxruntime."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from onnx import TensorProto, helper

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import lightgbm
    from onnx import ModelProto, NodeProto

__all__ = ["to_onnx"]


def to_onnx(looks: Mapping[str, Mapping[str, Sequence[lightgbm.Booster]]], properties: Mapping[str, str]) -> ModelProto:
    """Build one graph of `looks`: for each input (blocks by columns, float32) the outputs that are made of it.

    An output is the mean of its boosters' raw scores, a column a target.
    """
    nodes: list[NodeProto] = []
    inputs, outputs = [], []
    for source, boosters in looks.items():
        for name, group in boosters.items():
            targets = group[0].num_model_per_iteration()
            nodes += ensembles(source, name, group, targets)
            outputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, [None, targets]))
        width = next(iter(boosters.values()))[0].num_feature()
        inputs.append(helper.make_tensor_value_info(source, TensorProto.FLOAT, [None, width]))
    graph = helper.make_graph(nodes, "blocks", inputs, outputs)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("ai.onnx.ml", 3), helper.make_opsetid("", 18)])
    model.ir_version = 9
    helper.set_model_props(model, dict(properties))
    return model


def ensembles(source: str, name: str, group: Sequence[lightgbm.Booster], targets: int) -> Iterator[NodeProto]:
    """Yield the nodes that make the output `name`: an ensemble a target, and what puts them side by side.

    onnxruntime adds up the trees of one target a fifth faster than those of several in one ensemble.
    """
    trees = [tree for booster in group for tree in booster.dump_model()["tree_info"]]
    columns = [name] if targets == 1 else [f"{name}_{target}" for target in range(targets)]
    for target, column in enumerate(columns):
        node = helper.make_node("TreeEnsembleRegressor", [source], [column], domain="ai.onnx.ml")
        settings = {"n_targets": 1, "aggregate_function": "SUM", "post_transform": "NONE"}
        for key, value in {**settings, **attributes(trees[target::targets], len(group))}.items():
            node.attribute.append(helper.make_attribute(key, value))
        yield node
    if targets > 1:
        yield helper.make_node("Concat", columns, [name], axis=1)


def attributes(trees: Sequence[dict[str, Any]], boosters: int) -> dict[str, list[Any]]:
    """Flatten the trees of so many boosters that have one mean to the arrays of the ONNX operator."""
    arrays: dict[str, list[Any]] = {
        f"{kind}_{name}": []
        for kind, names in (
            ("nodes", "treeids nodeids featureids values modes truenodeids falsenodeids missing_value_tracks_true"),
            ("target", "treeids nodeids ids weights"),
        )
        for name in names.split()
    }
    for number, tree in enumerate(trees):
        add_tree(arrays, number, tree["tree_structure"])
    arrays["target_weights"] = [weight / boosters for weight in arrays["target_weights"]]
    return arrays


def add_tree(arrays: dict[str, list[Any]], number: int, root: dict[str, Any]) -> None:
    """Append one tree, nodes numbered in the order they are met.

    Three branches of four go to the left, for most words are on no container. onnxruntime lays the branch that is not
    taken when a condition holds right behind its node: asked for "greater", it walks along its memory, a tenth faster.
    """
    waiting = [root]
    numbered = 1
    for node_id, node in enumerate(waiting):
        leaf = "leaf_value" in node
        row = (number, node_id, 0, 0.0, "LEAF", 0, 0, 0)
        if leaf:
            for name, value in zip(
                ("treeids", "nodeids", "ids", "weights"), (number, node_id, 0, node["leaf_value"]), strict=True
            ):
                arrays[f"target_{name}"].append(value)
        else:
            row = (
                number,
                node_id,
                node["split_feature"],
                floor32(node["threshold"]),
                "BRANCH_GT",
                numbered + 1,
                numbered,
                0,
            )
            waiting += [node["left_child"], node["right_child"]]
            numbered += 2
        for name, value in zip(
            (
                "treeids",
                "nodeids",
                "featureids",
                "values",
                "modes",
                "truenodeids",
                "falsenodeids",
                "missing_value_tracks_true",
            ),
            row,
            strict=True,
        ):
            arrays[f"nodes_{name}"].append(value)


def floor32(threshold: float) -> float:
    """Largest float32 not above the threshold: a float32 feature is not above one exactly if not above the other."""
    rounded = np.float32(threshold)
    return float(np.nextafter(rounded, np.float32(-np.inf)) if float(rounded) > threshold else rounded)
