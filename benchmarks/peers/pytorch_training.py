"""Takes steps of stochastic gradient descent with PyTorch on a case that "training write" has written.

    python3 pytorch_training.py losses FOLDER batch|frozen float|double
    python3 pytorch_training.py gradients FOLDER batch|frozen
    python3 pytorch_training.py time FOLDER THREADS SECONDS last|first

"losses" prints the losses of ten steps; "time" prints { "name", "threads", "milliseconds": [one number per step] }, with channels last or
first in memory. Needs torch and onnx (Debian: python3-torch, python3-onnx).
"""

import json
import sys
import time

import numpy
import onnx
import torch
from onnx import numpy_helper
from torch.nn import functional

from pytorch import OPERATORS


class TrainedNetwork:
    """Computes the logits of an ONNX graph whose weights are PyTorch parameters."""

    def __init__(self, path, batch_statistics, dtype, memory_format):
        graph = onnx.load(path).graph
        self.nodes = list(graph.node)
        self.batch_statistics = batch_statistics
        constants = {i.name: torch.from_numpy(numpy_helper.to_array(i).copy()) for i in graph.initializer}
        trained = {}
        for node in self.nodes:
            if node.op_type in ("Conv", "Gemm", "LayerNormalization"):
                trained.update({name: True for name in node.input[1:]})
            elif node.op_type == "MatMul":
                trained.update({name: True for name in node.input[1:] if name in constants})
            elif node.op_type == "Add":
                trained.update({name: True for name in node.input if name in constants and constants[name].dim() == 1})
            elif node.op_type == "BatchNormalization":
                trained.update({name: True for name in node.input[1:3]})
        self.values = {}
        self.parameters = []
        for name, value in constants.items():
            if value.is_floating_point():
                value = value.to(dtype)
            if value.dim() == 4:
                value = value.contiguous(memory_format=memory_format)
            if name in trained:
                value.requires_grad_(True)
                self.parameters.append(value)
            self.values[name] = value
        self.input = next(i.name for i in graph.input if i.name not in constants)
        self.output = graph.output[0].name

    def __call__(self, images):
        values = {**self.values, self.input: images}
        for node in self.nodes:
            attributes = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
            inputs = [values[name] for name in node.input if name]
            if node.op_type == "BatchNormalization":
                x, scale, bias, mean, variance = inputs
                result = functional.batch_norm(
                    x, mean, variance, scale, bias, training=self.batch_statistics, momentum=0.1, eps=attributes.get("epsilon", 1e-5))
            else:
                result = OPERATORS[node.op_type](attributes, *inputs)
            values[node.output[0]] = result
        return values[self.output]


def batch(folder, step, shape, dtype, memory_format):
    images = torch.from_numpy(numpy.fromfile(f"{folder}/images{step}.bin", numpy.float32).reshape(shape)).to(dtype)
    labels = torch.from_numpy(numpy.fromfile(f"{folder}/labels{step}.bin", numpy.int64))
    return images.contiguous(memory_format=memory_format), labels


def input_shape(folder):
    graph = onnx.load(f"{folder}/network.onnx").graph
    constants = {i.name for i in graph.initializer}
    dimensions = next(i for i in graph.input if i.name not in constants).type.tensor_type.shape.dim
    return [-1] + [d.dim_value for d in dimensions[1:]]


def losses(folder, statistics, precision):
    dtype = torch.float64 if precision == "double" else torch.float32
    network = TrainedNetwork(f"{folder}/network.onnx", statistics == "batch", dtype, torch.contiguous_format)
    optimizer = torch.optim.SGD(network.parameters, lr=1e-4, momentum=0.9)
    result = []
    for step in range(10):
        images, labels = batch(folder, step, input_shape(folder), dtype, torch.contiguous_format)
        optimizer.zero_grad()
        loss = functional.cross_entropy(network(images), labels)
        loss.backward()
        optimizer.step()
        result.append(loss.item())
    print(json.dumps(result))


def gradients(folder, statistics):
    """Compares the gradients that "training gradients" has written with PyTorch's, in double and single precision."""
    grads = {}
    for dtype in (torch.float64, torch.float32):
        network = TrainedNetwork(f"{folder}/network.onnx", statistics == "batch", dtype, torch.contiguous_format)
        images, labels = batch(folder, 0, input_shape(folder), dtype, torch.contiguous_format)
        functional.cross_entropy(network(images), labels).backward()
        grads[dtype] = {name: value.grad for name, value in network.values.items() if value.grad is not None}
    for name, expected in grads[torch.float64].items():
        ours = torch.from_numpy(numpy.fromfile(f"{folder}/gradient-{name}.bin", numpy.float32).reshape(expected.shape)).double()
        scale = expected.abs().max()
        print(f"{name} {list(expected.shape)}: ours {((ours - expected).abs().max() / scale).item():.1e}, "
              f"PyTorch in float {((grads[torch.float32][name].double() - expected).abs().max() / scale).item():.1e}")


def times(folder, threads, seconds, channels):
    torch.set_num_threads(threads)
    memory_format = torch.channels_last if channels == "last" else torch.contiguous_format
    network = TrainedNetwork(f"{folder}/network.onnx", True, torch.float32, memory_format)
    optimizer = torch.optim.SGD(network.parameters, lr=0.001, momentum=0.9)
    images, labels = batch(folder, 0, input_shape(folder), torch.float32, memory_format)
    milliseconds = []
    start = time.perf_counter()
    step = -2
    while step < 3 or time.perf_counter() - start < seconds:
        before = time.perf_counter()
        optimizer.zero_grad()
        functional.cross_entropy(network(images), labels).backward()
        optimizer.step()
        if step >= 0:
            milliseconds.append((time.perf_counter() - before) * 1e3)
        else:
            start = time.perf_counter()
        step += 1
    print(json.dumps({"name": f"pytorch, channels {channels}", "threads": threads, "milliseconds": milliseconds}))


if __name__ == "__main__":
    if sys.argv[1] == "losses":
        losses(sys.argv[2], sys.argv[3], sys.argv[4])
    elif sys.argv[1] == "gradients":
        gradients(sys.argv[2], sys.argv[3])
    else:
        times(sys.argv[2], int(sys.argv[3]), float(sys.argv[4]), sys.argv[5])
