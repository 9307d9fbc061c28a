"""Writes transformers and convolutional networks of torchvision with random weights, for compare.js.

Usage: /usr/bin/python3 torchvision_networks.py FOLDER [NAME...]
Needs Debian's packages python3-torch, python3-torchvision and python3-onnx. Without names, all networks are written.
"""
import sys
import warnings
from pathlib import Path

import torch
from torchvision import models

OPSET = 17
SIDE = 224


def vision_transformer(patch, width, heads):
    """A vision transformer of 12 layers. DINOv2's small one has patches of 14 pixels and the width of ViT-S."""
    return lambda: models.VisionTransformer(
        image_size=SIDE, patch_size=patch, num_layers=12, num_heads=heads, hidden_dim=width, mlp_dim=4 * width)


NETWORKS = {
    "vit_s_16": vision_transformer(16, 384, 6),
    "vit_b_16": vision_transformer(16, 768, 12),
    "dinov2_s_shape": vision_transformer(14, 384, 6),
    "convnext_tiny": models.convnext_tiny,
    "swin_t": models.swin_t,
    "maxvit_t": models.maxvit_t,
    "shufflenet_v2_x1_0": models.shufflenet_v2_x1_0,
    "regnet_y_400mf": models.regnet_y_400mf,
    "densenet121": models.densenet121,
    "efficientnet_v2_s": models.efficientnet_v2_s,
}


def write(name, folder):
    torch.manual_seed(1)
    network = NETWORKS[name]().eval()
    path = folder / f"{name}.onnx"
    torch.onnx.export(
        network, (torch.rand(2, 3, SIDE, SIDE),), str(path), opset_version=OPSET, input_names=["input"], output_names=["logits"],
        dynamic_axes={"input": {0: "batch"}, "logits": {0: "batch"}})
    print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    names = sys.argv[2:] or list(NETWORKS)
    unknown = [name for name in names if name not in NETWORKS]
    if unknown:
        sys.exit(f"there is no network {', '.join(unknown)}: expected {', '.join(NETWORKS)}")
    warnings.filterwarnings("ignore")
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        write(name, folder)


main()
