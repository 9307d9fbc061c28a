"""Writes files of each format in files/, beside what the format's reference program decodes them to (.png), and discs.zip for training.

Needs Python 3 with numpy and Pillow, and the programs cwebp, dwebp (Debian's package webp), avifenc, avifdec (libavif-bin), heif-enc,
heif-convert (libheif-examples), cjxl, djxl (libjxl-tools), opj_compress and opj_decompress (libopenjp2-tools).
Run it in this folder: python3 make_golden.py
"""
import io
import os
import subprocess
import tempfile
import zipfile

import numpy as np
from PIL import Image

FILES = "files"


def picture(width=61, height=45):
    y, x = np.mgrid[0:height, 0:width].astype(float)
    r = 128 + 100 * np.sin(x / 9) * np.cos(y / 7)
    g = 255 * x / width
    b = 255 * ((x - width / 2) ** 2 + (y - height / 2) ** 2 < (height / 3) ** 2)
    a = np.stack([r, g, b], 2) + np.random.default_rng(7).normal(0, 6, (height, width, 3))
    return Image.fromarray(np.clip(a, 0, 255).astype(np.uint8))


def disc(color, seed, side=64, radius=9):
    random = np.random.default_rng(1000 * color + seed)
    y, x = np.mgrid[0:side, 0:side]
    cx, cy = random.integers(radius, side - radius, 2)
    a = 100 + random.integers(0, 256, (side, side, 3)) / 5
    a[(x - cx) ** 2 + (y - cy) ** 2 <= radius ** 2] = [(230, 40, 30), (30, 60, 230)][color]
    return Image.fromarray(a.astype(np.uint8))


def run(*arguments):
    subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def path(name):
    return os.path.join(FILES, name)


def decoded(name, *command):
    """Decodes with a reference program, whose last two arguments are the file and the PNG file."""
    run(*command, path(name), path(name + ".png"))
    Image.open(path(name + ".png")).convert("RGB").save(path(name + ".png"), optimize=True)


def golden(folder):
    source = os.path.join(folder, "in.png")
    picture().save(source)
    for name, options in {"lossy.webp": ["-q", "80"], "lossless.webp": ["-lossless"]}.items():
        run("cwebp", *options, source, "-o", path(name))
        run("dwebp", path(name), "-o", path(name + ".png"))
    for name, options in {
        "420.avif": ["-y", "420", "--min", "20", "--max", "30"],
        "444.avif": ["-y", "444", "--min", "20", "--max", "30"],
        "10-bit.avif": ["-y", "444", "-d", "10", "--min", "20", "--max", "30"],
    }.items():
        run("avifenc", *options, source, path(name))
        # libheif, which Magick uses, repeats colors of fewer samples; avifdec interpolates them unless told otherwise.
        decoded(name, "avifdec", "-d", "8", "-u", "nearest")
    for name, options in {"420.heic": ["-q", "70"], "444.heic": ["-q", "70", "-p", "chroma=444"]}.items():
        run("heif-enc", source, *options, "-o", path(name))
        decoded(name, "heif-convert")
    run("cjxl", source, path("lossless.jxl"), "-d", "0")
    decoded("lossless.jxl", "djxl")
    run("cjxl", source, path("lossy.jxl"), "-d", "2")
    decoded("lossy.jxl", "djxl")
    for name, options in {"lossless.jp2": [], "lossy.jp2": ["-r", "8"], "lossless.j2k": []}.items():
        run("opj_compress", "-i", source, "-o", path(name), *options)
        run("opj_decompress", "-i", path(name), "-o", path(name + ".png"))
    for name, options in {
        "lzw.tif": {"compression": "tiff_lzw"},
        "deflate.tif": {"compression": "tiff_adobe_deflate"},
        "packbits.tif": {"compression": "packbits"},
        "jpeg.tif": {"compression": "jpeg", "quality": 90},
    }.items():
        image = picture()
        image.save(path(name), **options)
        Image.open(path(name)).convert("RGB").save(path(name + ".png"), optimize=True)
    picture().convert("L").save(path("gray.tif"), compression="tiff_lzw")
    Image.open(path("gray.tif")).convert("RGB").save(path("gray.tif.png"), optimize=True)
    picture().quantize(16).save(path("palette.tif"), compression="tiff_lzw")
    Image.open(path("palette.tif")).convert("RGB").save(path("palette.tif.png"), optimize=True)


def discs(folder):
    encoders = {
        "webp": lambda s, t: run("cwebp", "-q", "60", s, "-o", t),
        "avif": lambda s, t: run("avifenc", "--min", "35", "--max", "45", s, t),
        "heic": lambda s, t: run("heif-enc", s, "-q", "40", "-o", t),
        "tif": lambda s, t: Image.open(s).save(t, compression="jpeg", quality=60),
    }
    with zipfile.ZipFile("discs.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for color, label in enumerate(["blue", "red"]):
            for seed in range(20):
                extension = list(encoders)[seed % len(encoders)]
                source, target = os.path.join(folder, "disc.png"), os.path.join(folder, "disc." + extension)
                disc(1 - color, seed).save(source)
                encoders[extension](source, target)
                archive.writestr(zipfile.ZipInfo(f"{label}/{seed}.{extension}"), open(target, "rb").read(), zipfile.ZIP_DEFLATED)


os.makedirs(FILES, exist_ok=True)
with tempfile.TemporaryDirectory() as temporary:
    golden(temporary)
    discs(temporary)
