"""Trees of LightGBM and XGBoost to ONNX: a data format that runs no code, evaluated by onnxruntime."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from onnx import TensorProto, helper

from pipelines.extract.training.trees import ROLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import lightgbm
    import xgboost
    from onnx import ModelProto, NodeProto

    from pipelines.extract.training.trees import Trees

__all__ = ["Look", "below32", "floor32", "to_onnx"]


class Node(NamedTuple):
    """A leaf, or a cut of one column."""

    values: Sequence[float] = ()
    """What a leaf says of each target."""
    column: int = 0
    cut: float = 0.0
    """Largest float32 that goes to the left."""
    left: int = -1
    """Number of the node in its tree, whose root is number 0."""
    right: int = -1


Tree = list[Node]

# Name of the constant that says how many scores are of roles and how many of the body.
SIZES = "sizes"
# Arrays of the ONNX operator, of nodes and of what leaves say of each target.
NODES = (
    *("treeids", "nodeids", "featureids", "values", "modes"),
    *("truenodeids", "falsenodeids", "missing_value_tracks_true"),
)
LEAVES = ("treeids", "nodeids", "ids", "weights")
# Arrays of a tree in a file of XGBoost: column, cut, left and right branch of each node.
XGBOOST = ("split_indices", "split_conditions", "left_children", "right_children")


class Look(NamedTuple):
    """What judges a block by a row of columns."""

    trees: Trees
    ending: str
    """Of the names of its outputs."""


def to_onnx(looks: Mapping[str, Look], properties: Mapping[str, str]) -> ModelProto:
    """Build one graph of `looks`: for each input (blocks by columns, float32) the outputs body and roles of its ending."""
    nodes: list[NodeProto] = []
    inputs, outputs = [], []
    for source, look in looks.items():
        body, roles = f"body{look.ending}", f"roles{look.ending}"
        nodes += [
            ensemble(source, f"{body}_alone", of_lightgbm(look.trees.alone)),
            ensemble(source, f"{roles}_and_{body}", of_xgboost(look.trees.joint)),
            helper.make_node("Split", [f"{roles}_and_{body}", SIZES], [roles, f"{body}_beside_{roles}"], axis=1),
            helper.make_node("Mean", [f"{body}_alone", f"{body}_beside_{roles}"], [body]),
        ]
        columns = look.trees.alone.num_feature()
        inputs.append(helper.make_tensor_value_info(source, TensorProto.FLOAT, [None, columns]))
        outputs += [
            helper.make_tensor_value_info(name, TensorProto.FLOAT, [None, width])
            for name, width in ((body, 1), (roles, ROLES))
        ]
    sizes = helper.make_tensor(SIZES, TensorProto.INT64, [2], [ROLES, 1])
    graph = helper.make_graph(nodes, "blocks", inputs, outputs, [sizes])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("ai.onnx.ml", 3), helper.make_opsetid("", 18)])
    model.ir_version = 9
    helper.set_model_props(model, dict(properties))
    return model


def targets(trees: Sequence[Tree]) -> int:
    """Of how many targets their leaves say something."""
    return max(len(node.values) for node in trees[0])


def ensemble(source: str, name: str, trees: Sequence[Tree]) -> NodeProto:
    """Make the node that adds up what trees say of a block.

    Three branches of four go to the left, for most words are on no container. onnxruntime lays the branch that is not
    taken when a condition holds right behind its node: asked for "greater", it walks along its memory, a tenth faster.
    """
    nodes, leaves = [], []
    for tree, laid in enumerate(map(by_depth, trees)):
        for number, node in enumerate(laid):
            cut = node.left >= 0
            mode = "BRANCH_GT" if cut else "LEAF"
            nodes.append((tree, number, node.column, node.cut, mode, max(node.right, 0), max(node.left, 0), 0))
            leaves += [(tree, number, target, value) for target, value in enumerate(node.values)]
    made = helper.make_node("TreeEnsembleRegressor", [source], [name], domain="ai.onnx.ml")
    settings: dict[str, Any] = {
        "n_targets": targets(trees),
        "aggregate_function": "SUM",
        "post_transform": "NONE",
        **{f"nodes_{name}": list(column) for name, column in zip(NODES, zip(*nodes, strict=True), strict=True)},
        **{f"target_{name}": list(column) for name, column in zip(LEAVES, zip(*leaves, strict=True), strict=True)},
    }
    made.attribute.extend(helper.make_attribute(key, value) for key, value in settings.items())
    return made


def by_depth(tree: Tree) -> Tree:
    """Lay the upper nodes first, left before right."""
    waiting, laid = [tree[0]], Tree()
    for node in waiting:
        if node.left < 0:
            laid.append(node)
            continue
        waiting += [tree[node.left], tree[node.right]]
        laid.append(node._replace(left=len(waiting) - 2, right=len(waiting) - 1))
    return laid


def of_lightgbm(booster: lightgbm.Booster) -> list[Tree]:
    """Read trees that say a value of one target each."""
    return [flat(tree["tree_structure"]) for tree in booster.dump_model()["tree_info"]]


def flat(root: dict[str, Any]) -> Tree:
    """Lay the nodes of a tree whose branches hold each other in a list."""
    waiting, tree = [root], Tree()
    for node in waiting:
        if "leaf_value" in node:
            tree.append(Node([node["leaf_value"]]))
            continue
        waiting += [node["left_child"], node["right_child"]]
        cut = floor32(node["threshold"])
        tree.append(Node((), node["split_feature"], cut, len(waiting) - 2, len(waiting) - 1))
    return tree


def of_xgboost(booster: xgboost.Booster) -> list[Tree]:
    """Read trees that say a value of each target (`multi_output_tree`) from the format of XGBoost 3.2, base scores of 0.

    What is below a cut goes to the left there. A leaf has the row of its values where others have their right branch.
    """
    learner = json.loads(booster.save_raw("json"))["learner"]
    width = int(learner["learner_model_param"]["num_target"])
    trees = []
    for read in learner["gradient_booster"]["model"]["trees"]:
        values = np.reshape(read["leaf_weights"], (-1, width)).tolist()
        columns = zip(*(read[name] for name in XGBOOST), strict=True)
        trees.append(
            [
                Node((), column, below32(cut), left, right) if left >= 0 else Node(values[right])
                for column, cut, left, right in columns
            ]
        )
    return trees


def floor32(threshold: float) -> float:
    """Largest float32 not above the threshold: a float32 feature is not above one exactly if not above the other."""
    rounded = np.float32(threshold)
    return float(np.nextafter(rounded, np.float32(-np.inf)) if float(rounded) > threshold else rounded)


def below32(threshold: float) -> float:
    """Largest float32 below a threshold in as many bits."""
    return float(np.nextafter(np.float32(threshold), np.float32(-np.inf)))
