"""Times PyTorch on an ONNX network and prints a line of JSON: { "name", "batch", "threads", "milliseconds": [one number per run] }.

    python3 pytorch.py MODEL THREADS BATCH SECONDS SIZE

PyTorch's own functions compute the nodes, traced, frozen and optimized for inference. Needs torch and onnx (Debian: python3-torch,
python3-onnx), and supports the operators of the networks in the report.
"""

import json
import sys
import time

import onnx
import torch
from onnx import numpy_helper
from torch.nn import functional


class OnnxNetwork(torch.nn.Module):
    """Computes the last output of an ONNX graph."""

    def __init__(self, path):
        super().__init__()
        graph = onnx.load(path).graph
        self.nodes = list(graph.node)
        self.constants = {i.name: torch.from_numpy(numpy_helper.to_array(i).copy()) for i in graph.initializer}
        self.input = next(i.name for i in graph.input if i.name not in self.constants)
        self.output = next((o.name for o in graph.output if o.name == "logits"), graph.output[0].name)

    def forward(self, images):
        values = {**self.constants, self.input: images}
        for node in self.nodes:
            attributes = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
            inputs = [values[name] for name in node.input if name]
            values[node.output[0]] = OPERATORS[node.op_type](attributes, *inputs)
        return values[self.output]


def padded(attributes, x, value=0.0):
    """Returns x and the padding for PyTorch's function; where that does not support the padding, x is padded before it."""
    top, left, bottom, right = attributes.get("pads", (0, 0, 0, 0))
    if (top, left) == (bottom, right):
        return x, (top, left)
    return functional.pad(x, (left, right, top, bottom), value=value), (0, 0)


def conv(attributes, x, weight, bias=None):
    x, padding = padded(attributes, x)
    return functional.conv2d(
        x, weight, bias, attributes.get("strides", (1, 1)), padding, attributes.get("dilations", (1, 1)), attributes.get("group", 1))


def max_pool(attributes, x):
    x, padding = padded(attributes, x, float("-inf"))
    return functional.max_pool2d(x, attributes["kernel_shape"], attributes.get("strides", (1, 1)), padding)


def batch_normalization(attributes, x, scale, bias, mean, variance):
    return functional.batch_norm(x, mean, variance, scale, bias, eps=attributes.get("epsilon", 1e-5))


def clip(attributes, x, low=None, high=None):
    low = attributes.get("min", float("-inf")) if low is None else float(low)
    high = attributes.get("max", float("inf")) if high is None else float(high)
    return functional.hardtanh(x, low, high)


def gemm(attributes, x, weight, bias=None):
    return functional.linear(x, weight if attributes.get("transB", 0) else weight.t(), bias)


def reshape(attributes, x, shape):
    return x.reshape([x.shape[i] if n == 0 else n for i, n in enumerate(shape.tolist())])


def layer_normalization(attributes, x, scale, bias=None):
    return functional.layer_norm(x, scale.shape, scale, bias, attributes.get("epsilon", 1e-5))


OPERATORS = {
    "Add": lambda a, x, y: x + y,
    "BatchNormalization": batch_normalization,
    "Clip": clip,
    "Concat": lambda a, *x: torch.cat(x, a["axis"]),
    "Conv": conv,
    "Flatten": lambda a, x: torch.flatten(x, a.get("axis", 1)),
    "Gather": lambda a, x, indices: torch.select(x, a.get("axis", 0), int(indices)),
    "Gelu": lambda a, x: functional.gelu(x),
    "Gemm": gemm,
    "GlobalAveragePool": lambda a, x: functional.adaptive_avg_pool2d(x, 1),
    "LayerNormalization": layer_normalization,
    "MatMul": lambda a, x, y: x @ y,
    "MaxPool": max_pool,
    "Mul": lambda a, x, y: x * y,
    "Relu": lambda a, x: functional.relu(x),
    "Reshape": reshape,
    "Sigmoid": lambda a, x: torch.sigmoid(x),
    "Softmax": lambda a, x: torch.softmax(x, a.get("axis", -1)),
    "Transpose": lambda a, x: x.permute(a["perm"]),
}


def main(model, threads, batch, seconds, size):
    torch.set_num_threads(threads)
    images = torch.rand(batch, 3, size, size) * 2 - 1
    with torch.inference_mode():
        network = torch.jit.optimize_for_inference(torch.jit.freeze(torch.jit.trace(OnnxNetwork(model).eval(), images)))
        for _ in range(3):
            network(images)
        milliseconds = []
        start = time.perf_counter()
        while len(milliseconds) < 3 or time.perf_counter() - start < seconds:
            before = time.perf_counter()
            network(images)
            milliseconds.append((time.perf_counter() - before) * 1e3)
    print(json.dumps({"name": "pytorch", "batch": batch, "threads": threads, "milliseconds": milliseconds}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]), int(sys.argv[5]))
