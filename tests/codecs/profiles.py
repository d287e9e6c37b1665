"""Real ICC profiles, built byte by byte, because Pillow makes none but sRGB."""

from __future__ import annotations

import struct

import numpy as np

# Columns red, green, blue, adapted to D50: Adobe RGB (1998), annex B; sRGB, IEC 61966-2-1 with Bradford adaptation.
ADOBE_RGB = np.array([[0.60974, 0.20528, 0.14919], [0.31111, 0.62567, 0.06322], [0.01947, 0.06087, 0.74457]])
SRGB = np.array([[0.43607, 0.38515, 0.14307], [0.22249, 0.71687, 0.06061], [0.01392, 0.09708, 0.71410]])
_D50 = (0.9642, 1.0, 0.8249)


def rgb_profile(colorants: np.ndarray, curve: bytes) -> bytes:
    """A display profile made of a matrix and one tone curve for all three channels."""
    tags = {b"wtpt": _xyz(_D50)}
    tags |= {name: _xyz(column) for name, column in zip((b"rXYZ", b"gXYZ", b"bXYZ"), colorants.T, strict=True)}
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve)
    return _profile(b"mntr", b"RGB ", b"XYZ ", tags)


def grey_profile(curve: bytes) -> bytes:
    return _profile(b"mntr", b"GRAY", b"XYZ ", {b"wtpt": _xyz(_D50), b"kTRC": curve})


def ink_profile(lab: dict[tuple[int, int, int, int], tuple[float, float, float]]) -> bytes:
    """A CMYK printer profile: ``lab`` gives the colour of each of the 16 full overprints, all else lies between."""
    corners = [(c, m, y, k) for c in (0, 1) for m in (0, 1) for y in (0, 1) for k in (0, 1)]
    table = b"".join(bytes((round(lab[i][0] * 2.55), round(lab[i][1] + 128), round(lab[i][2] + 128))) for i in corners)
    straight = bytes(range(256))
    head = b"mft1" + bytes(4) + bytes((4, 3, 2, 0)) + struct.pack(">9i", *(np.eye(3).ravel() * 65536).astype(int))
    lut = head + straight * 4 + table + straight * 3
    return _profile(b"prtr", b"CMYK", b"Lab ", {b"wtpt": _xyz(_D50), b"A2B0": lut, b"A2B1": lut})


def table_rgb_profile() -> bytes:
    """An RGB profile made of tables, as scanners have: every colour comes out as its darkness (Lab, no chroma)."""
    corners = [(r, g, b) for r in (0, 1) for g in (0, 1) for b in (0, 1)]
    table = b"".join(bytes((round(255 * sum(corner) / 3), 128, 128)) for corner in corners)
    straight = bytes(range(256))
    head = b"mft1" + bytes(4) + bytes((3, 3, 2, 0)) + struct.pack(">9i", *(np.eye(3).ravel() * 65536).astype(int))
    return _profile(
        b"scnr", b"RGB ", b"Lab ", {b"wtpt": _xyz(_D50), b"A2B0": head + straight * 3 + table + straight * 3}
    )


def gamma(value: float) -> bytes:
    """A ``curv`` tag of one number."""
    return b"curv" + bytes(4) + struct.pack(">IH", 1, round(value * 256))


def sampled(values: np.ndarray) -> bytes:
    """A ``curv`` tag of many samples of 0..1."""
    return b"curv" + bytes(4) + struct.pack(">I", len(values)) + (values * 65535).round().astype(">u2").tobytes()


def parametric(kind: int, *numbers: float) -> bytes:
    """A ``para`` tag."""
    return b"para" + bytes(4) + struct.pack(">HH", kind, 0) + struct.pack(f">{len(numbers)}i", *_fixed(numbers))


def _fixed(numbers: tuple[float, ...]) -> list[int]:
    return [round(float(number) * 65536) for number in numbers]


def _xyz(values: tuple[float, ...]) -> bytes:
    return b"XYZ " + bytes(4) + struct.pack(">3i", *_fixed(tuple(values)))


def _profile(kind: bytes, space: bytes, pcs: bytes, tags: dict[bytes, bytes]) -> bytes:
    table, body = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for name, data in tags.items():
        data += bytes(-len(data) % 4)
        table += struct.pack(">4sII", name, start + len(body), len(data))
        body += data
    head = struct.pack(
        ">I4sI4s4s4s12s4s", start + len(body), bytes(4), 0x02400000, kind, space, pcs, bytes(12), b"acsp"
    )
    head += bytes(68 - len(head)) + struct.pack(">3i", *_fixed(_D50))
    return head + bytes(128 - len(head)) + table + body
