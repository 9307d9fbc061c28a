"""Writes the small files of every format variant in files/ and expected.tsv with the CRC-32 of the RGB pixels that they decode to.

Needs Python 3 with numpy and Pillow (with libjpeg-turbo).
The expected pixels come from Pillow, or from the arrays that were written where Pillow cuts or blends otherwise.
Run it in this folder: python3 make_golden.py
"""
import io
import os
import struct
import zlib

import numpy as np
from PIL import Image

W, H = 61, 45
rng = np.random.default_rng(7)
expected = []


def picture(width=W, height=H):
    y, x = np.mgrid[0:height, 0:width].astype(float)
    r = 128 + 100 * np.sin(x / 9) * np.cos(y / 7)
    g = 255 * x / width
    b = 255 * ((x - width / 2) ** 2 + (y - height / 2) ** 2 < (height / 3) ** 2)
    a = np.stack([r, g, b], 2) + rng.normal(0, 6, (height, width, 3))
    return np.clip(a, 0, 255).astype(np.uint8)


def save(name, data, rgb=None):
    with open(os.path.join("files", name), "wb") as f:
        f.write(data)
    if rgb is None:
        rgb = np.array(Image.open(io.BytesIO(data)).convert("RGB"))
    rgb = np.ascontiguousarray(rgb, np.uint8)
    expected.append((name, rgb.shape[1], rgb.shape[0], f"{zlib.crc32(rgb.tobytes()):08x}"))


def over_white(value, alpha):
    value, alpha = value.astype(int), alpha.astype(int)
    return ((value * alpha + 255 * (255 - alpha) + 127) // 255).astype(np.uint8)


# ---- JPEG
photo = picture()
image = Image.fromarray(photo)


def jpeg(name, source=image, **options):
    out = io.BytesIO()
    source.save(out, "JPEG", **{"quality": 85, **options})
    save(name, out.getvalue())
    return out.getvalue()


jpeg("baseline-444.jpg", subsampling="4:4:4")
jpeg("baseline-422.jpg", subsampling="4:2:2")
jpeg("baseline-420.jpg", subsampling="4:2:0")
jpeg("progressive-444.jpg", subsampling="4:4:4", progressive=True)
jpeg("progressive-420.jpg", subsampling="4:2:0", progressive=True, quality=92)
jpeg("progressive-low-quality.jpg", subsampling="4:2:0", progressive=True, quality=20)
jpeg("gray.jpg", image.convert("L"))
jpeg("gray-progressive.jpg", image.convert("L"), progressive=True)
jpeg("quality-100.jpg", quality=100, subsampling="4:4:4")
jpeg("quality-5.jpg", quality=5)
jpeg("optimized.jpg", optimize=True)
for width, height in [(1, 1), (2, 3), (5, 5), (8, 8), (16, 17), (33, 1), (1, 40)]:
    jpeg(f"size-{width}x{height}.jpg", Image.fromarray(picture(width, height)), subsampling="4:2:0")

ZIGZAG = sorted(range(64), key=lambda i: (i // 8 + i % 8, i // 8 if (i // 8 + i % 8) % 2 else i % 8))
BASIS = np.array([[(np.sqrt(0.125) if u == 0 else 0.5) * np.cos((2 * x + 1) * u * np.pi / 16) for x in range(8)] for u in range(8)])


def segments(data):
    """The marker segments before the scan's data, and where that starts."""
    at, found = 2, []
    while True:
        marker, length = data[at + 1], struct.unpack_from(">H", data, at + 2)[0]
        found.append((marker, data[at + 4:at + 2 + length]))
        at += 2 + length
        if marker == 0xDA:
            return found, at


def codes(content):
    """Symbol to (code, length), of one table of a DHT segment."""
    table, code, at = {}, 0, 17
    for length in range(1, 17):
        for _ in range(content[length]):
            table[content[at]] = (code, length)
            code, at = code + 1, at + 1
        code <<= 1
    return table


def sampled_jpeg(factors, tables, restart=0, mode="YCbCr"):
    """A baseline file with any sampling factors, with the quantization and Huffman tables of another file."""
    parts, _ = segments(tables)
    quantization = [np.array(list(content[1:65])) for marker, content in parts if marker == 0xDB]
    huffman = {content[0]: codes(content) for marker, content in parts if marker == 0xC4}
    planes = np.array(image.convert(mode)).astype(float) - 128
    most = [max(f[i] for f in factors) for i in range(2)]
    columns, rows = -(-W // (8 * most[0])), -(-H // (8 * most[1]))
    padded = np.pad(planes, ((0, rows * 8 * most[1] - H), (0, columns * 8 * most[0] - W), (0, 0)), "edge")
    bits, previous, scan = [], [0, 0, 0], b""

    def flush():
        stream = "".join(bits)
        stream += "1" * (-len(stream) % 8)
        bits.clear()
        return int(stream, 2).to_bytes(len(stream) // 8, "big").replace(b"\xff", b"\xff\0")

    def value(table, run, number):
        size = int(abs(number)).bit_length()
        code, length = huffman[table][run << 4 | size]
        bits.append(format(code, f"0{length}b"))
        if size:
            bits.append(format(number if number > 0 else number + (1 << size) - 1, f"0{size}b"))

    reduced = []
    for i, (h, v) in enumerate(factors):
        x = (np.arange(columns * 8 * h) * most[0]) // h
        y = (np.arange(rows * 8 * v) * most[1]) // v
        reduced.append(padded[y][:, x][:, :, i])
    for row in range(rows):
        for column in range(columns):
            done = row * columns + column
            if restart and done and done % restart == 0:
                scan += flush() + bytes([0xFF, 0xD0 + (done // restart - 1) % 8])
                previous = [0, 0, 0]
            for i, (h, v) in enumerate(factors):
                for k in range(h * v):
                    y, x = (row * v + k // h) * 8, (column * h + k % h) * 8
                    block = (BASIS @ reduced[i][y:y + 8, x:x + 8] @ BASIS.T).reshape(-1)[ZIGZAG]
                    block = np.rint(block / quantization[min(i, 1)]).astype(int)
                    value(min(i, 1), 0, int(block[0]) - previous[i])
                    previous[i] = int(block[0])
                    run = 0
                    for number in block[1:]:
                        if number == 0:
                            run += 1
                            continue
                        while run > 15:
                            value(16 + min(i, 1), 15, 0)
                            run -= 16
                        value(16 + min(i, 1), run, int(number))
                        run = 0
                    if run:
                        value(16 + min(i, 1), 0, 0)
    scan += flush()
    data = b"\xff\xd8"
    for marker, content in parts:
        if marker == 0xC0:
            content = bytearray(content)
            for i, (h, v) in enumerate(factors):
                content[7 + 3 * i] = h << 4 | v
        if marker == 0xE0 and mode == "RGB":
            marker, content = 0xEE, b"Adobe\0\x64\0\0\0\0\0"
        if marker == 0xDA and restart:
            data += struct.pack(">BBHH", 255, 0xDD, 4, restart)
        data += struct.pack(">BBH", 255, marker, len(content) + 2) + bytes(content)
    return data + scan + b"\xff\xd9"


out = io.BytesIO()
image.save(out, "JPEG", quality=85)
for name, factors in [("440", [(1, 2), (1, 1), (1, 1)]), ("411", [(4, 1), (1, 1), (1, 1)]), ("410", [(4, 2), (1, 1), (1, 1)]),
                      ("mixed", [(2, 2), (2, 1), (1, 2)]), ("chroma-larger", [(1, 1), (2, 2), (1, 1)]), ("larger-unit", [(2, 2), (2, 2), (1, 1)])]:
    save(f"sampling-{name}.jpg", sampled_jpeg(factors, out.getvalue()))

save("restart-markers.jpg", sampled_jpeg([(2, 2), (1, 1), (1, 1)], out.getvalue(), restart=1))
save("restart-markers-every-3.jpg", sampled_jpeg([(2, 1), (1, 1), (1, 1)], out.getvalue(), restart=3))
save("rgb.jpg", sampled_jpeg([(1, 1), (1, 1), (1, 1)], out.getvalue(), mode="RGB"))

# CMYK with Adobe's marker: inks are stored inverted, which Pillow does on its own.
inks = np.dstack([255 - photo, picture()[:, :, 0] // 4])


def cmyk_pixels(data):
    light = 255 - np.array(Image.open(io.BytesIO(data))).astype(int)
    return ((light[:, :, :3] * light[:, :, 3:] + 127) // 255).astype(np.uint8)


out = io.BytesIO()
Image.fromarray(inks, "CMYK").save(out, "JPEG", quality=90)
data = out.getvalue()
save("cmyk-adobe.jpg", data, cmyk_pixels(data))

# The same file without the marker holds the inks as they are.
at = data.index(b"\xff\xee")
plain = data[:at] + data[at + 2 + struct.unpack_from(">H", data, at + 2)[0]:]
stored = 255 - np.array(Image.open(io.BytesIO(data))).astype(int)
light = 255 - stored
save("cmyk-plain.jpg", plain, ((light[:, :, :3] * light[:, :, 3:] + 127) // 255).astype(np.uint8))

# YCCK: the same samples read as luma and differences.
ycck = bytearray(data)
ycck[at + 4 + 11] = 2
save("ycck.jpg", bytes(ycck), cmyk_pixels(bytes(ycck)))

# Orientation.
for orientation in range(1, 9):
    exif = Image.Exif()
    exif[0x0112] = orientation
    out = io.BytesIO()
    small = Image.fromarray(photo[:16, :24])
    small.save(out, "JPEG", quality=90, subsampling="4:4:4", exif=exif.tobytes())
    turned = np.array(Image.open(io.BytesIO(out.getvalue())))
    turned = {1: lambda a: a, 2: lambda a: a[:, ::-1], 3: lambda a: a[::-1, ::-1], 4: lambda a: a[::-1],
              5: lambda a: a.transpose(1, 0, 2), 6: lambda a: a.transpose(1, 0, 2)[:, ::-1],
              7: lambda a: a.transpose(1, 0, 2)[::-1, ::-1], 8: lambda a: a.transpose(1, 0, 2)[::-1]}[orientation](turned)
    save(f"orientation-{orientation}.jpg", out.getvalue(), turned)

# ---- PNG
ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def pack(row, depth):
    if depth == 16:
        return row.astype(">u2").tobytes()
    if depth == 8:
        return row.astype(np.uint8).tobytes()
    bits = ((row[..., None] >> np.arange(depth - 1, -1, -1)) & 1).astype(np.uint8).reshape(-1)
    return np.packbits(bits).tobytes()


def filtered(rows, pixel_bytes):
    """Rows with the five filters in turn."""
    out = b""
    above = bytes(len(rows[0]))
    for i, row in enumerate(rows):
        kind = i % 5
        line = bytearray()
        for k, value in enumerate(row):
            left = row[k - pixel_bytes] if k >= pixel_bytes else 0
            corner = above[k - pixel_bytes] if k >= pixel_bytes else 0
            p = left + above[k] - corner
            near = min((abs(p - left), 0, left), (abs(p - above[k]), 1, above[k]), (abs(p - corner), 2, corner))[2]
            line.append((value - [0, left, above[k], (left + above[k]) // 2, near][kind]) & 255)
        out += bytes([kind]) + bytes(line)
        above = row
    return out


def png(name, values, kind, depth, rgb, interlace=False, extra=b""):
    values = values.reshape(values.shape[0], values.shape[1], -1)
    height, width, channels = values.shape
    raw = b""
    for x0, y0, dx, dy in ADAM7 if interlace else [(0, 0, 1, 1)]:
        part = values[y0::dy, x0::dx]
        if part.shape[0] and part.shape[1]:
            raw += filtered([pack(row.reshape(-1), depth) for row in part], max(1, channels * depth // 8))
    packed = zlib.compress(raw, 9)
    header = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, int(interlace))
    middle = len(packed) // 2
    data = (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"gAMA", struct.pack(">I", 45455)) + extra
            + chunk(b"IDAT", packed[:middle]) + chunk(b"IDAT", packed[middle:]) + chunk(b"IEND", b""))
    save(name, data, rgb)
    Image.open(io.BytesIO(data)).load()


tile = picture(19, 13)
wide = (tile.astype(int) << 8) | picture(19, 13)
alpha = picture(19, 13)[:, :, 0]
gray = tile[:, :, 0]


def grays(values):
    return np.repeat(values.astype(np.uint8)[:, :, None], 3, 2)


for interlace in (False, True):
    suffix = "-interlaced" if interlace else ""
    for depth in (1, 2, 4, 8):
        cut = gray >> (8 - depth)
        png(f"gray-{depth}{suffix}.png", cut, 0, depth, grays(cut.astype(int) * 255 // ((1 << depth) - 1)), interlace)
        colors = picture(1 << min(depth, 4), 1)[0]
        index = np.minimum(cut, len(colors) - 1)
        png(f"palette-{depth}{suffix}.png", index, 3, depth, colors[index], interlace, chunk(b"PLTE", colors.tobytes()))
    png(f"gray-16{suffix}.png", wide[:, :, 0], 0, 16, grays(wide[:, :, 0] >> 8), interlace)
    png(f"rgb-8{suffix}.png", tile, 2, 8, tile, interlace)
    png(f"rgb-16{suffix}.png", wide, 2, 16, wide >> 8, interlace)
    both = np.dstack([gray, alpha])
    png(f"gray-alpha-8{suffix}.png", both, 4, 8, over_white(grays(gray), alpha[:, :, None]), interlace)
    png(f"rgba-8{suffix}.png", np.dstack([tile, alpha]), 6, 8, over_white(tile, alpha[:, :, None]), interlace)
png("gray-alpha-16.png", np.dstack([wide[:, :, 0], wide[:, :, 1]]), 4, 16, over_white(grays(wide[:, :, 0] >> 8), (wide[:, :, 1] >> 8)[:, :, None]))
png("rgba-16.png", np.dstack([wide, wide[:, :, 1]]), 6, 16, over_white(wide >> 8, (wide[:, :, 1] >> 8)[:, :, None]))
png("size-1x1-interlaced.png", tile[:1, :1], 2, 8, tile[:1, :1], True)

colors = picture(16, 1)[0]
opacity = np.arange(0, 256, 32, np.uint8)
full = np.concatenate([opacity, np.full(8, 255, np.uint8)])
index = gray >> 4
png("palette-transparent.png", index, 3, 4, over_white(colors[index], full[index][:, :, None]), False,
    chunk(b"PLTE", colors.tobytes()) + chunk(b"tRNS", opacity.tobytes()))
key = tile[3, 4]
keyed = tile.copy()
keyed[(tile == key).all(2)] = 255
png("rgb-transparent.png", tile, 2, 8, keyed, False, chunk(b"tRNS", struct.pack(">3H", *key)))
keyed = grays(gray)
keyed[gray == gray[2, 2]] = 255
png("gray-transparent.png", gray, 0, 8, keyed, False, chunk(b"tRNS", struct.pack(">H", gray[2, 2])))
exif = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"
png("orientation-6.png", tile, 2, 8, tile.transpose(1, 0, 2)[:, ::-1], False, chunk(b"eXIf", exif))

# ---- BMP and GIF
indexed = image.quantize(200)
for name, source in [("bmp-24", image), ("bmp-8", indexed), ("bmp-8-gray", image.convert("L")), ("bmp-1", image.convert("1"))]:
    out = io.BytesIO()
    source.resize((23, 17), Image.NEAREST).save(out, "BMP")
    save(name + ".bmp", out.getvalue())
for name, interlace in [("gif", 0), ("gif-interlaced", 1)]:
    out = io.BytesIO()
    indexed.save(out, "GIF", interlace=interlace)
    save(name + ".gif", out.getvalue())
out = io.BytesIO()
indexed.save(out, "GIF", transparency=3)
index = np.array(indexed)
rgb = np.array(indexed.convert("RGB"))
rgb[index == 3] = 255
save("gif-transparent.gif", out.getvalue(), rgb)
out = io.BytesIO()
indexed.save(out, "GIF", save_all=True, append_images=[indexed.rotate(90), indexed.rotate(180)])
save("gif-animated.gif", out.getvalue())

with open("expected.tsv", "w") as f:
    for row in expected:
        f.write("\t".join(map(str, row)) + "\n")
print(len(expected), "files,", sum(os.path.getsize("files/" + e[0]) for e in expected), "bytes")
