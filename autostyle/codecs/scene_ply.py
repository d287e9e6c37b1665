"""PLY files of 3D Gaussian splats, as 3DGS, nerfstudio and most viewers write them.

Of each splat: ``x y z``, ``scale_0..2`` (logarithms), ``rot_0..3`` (a quaternion, real part first), ``opacity`` (a
logit), ``f_dc_0..2`` and ``f_rest_0..`` (spherical harmonics, channel by channel); what else it has is carried along.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import numpy as np
from numpy.lib.recfunctions import structured_to_unstructured
from numpy.typing import NDArray

from autostyle.codecs import radiance_field_file as fields
from autostyle.codecs.radiance_field import RadianceField
from autostyle.codecs.scene import DEGREE_0, Array, Scene, Stored
from autostyle.errors import BadInput

PLY = ".ply"
LONGEST_HEAD = 2**16
MOST_BYTES, MOST_TEXT = 2**31, 2**28
"""Of a file, and of one in plain text, which takes longer to read."""
TEXT_AT_ONCE, LONGEST_NUMBER = 2**22, 2**10
"""Bytes of plain text that are read at once, and of one number in it."""
_TYPES = {
    "char": "i1",
    "int8": "i1",
    "uchar": "u1",
    "uint8": "u1",
    "short": "i2",
    "int16": "i2",
    "ushort": "u2",
    "uint16": "u2",
    "int": "i4",
    "int32": "i4",
    "uint": "u4",
    "uint32": "u4",
    "float": "f4",
    "float32": "f4",
    "double": "f8",
    "float64": "f8",
}
_WORDS = {"i1": "char", "u1": "uchar", "i2": "short", "u2": "ushort", "i4": "int", "u4": "uint", "f4": "float"}
GEOMETRY = ("x", "y", "z", "scale_0", "scale_1", "scale_2", "rot_0", "rot_1", "rot_2", "rot_3", "opacity")
_DC = ("f_dc_0", "f_dc_1", "f_dc_2")
_RGB = ("red", "green", "blue")


class PlyHead(NamedTuple):
    """What a PLY file has beside its splats: the lines before ``end_header`` but those of the splats, in two parts, and
    the bytes after them."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    rest: bytes


def read(file: BinaryIO, path: Path) -> tuple[Scene, Stored]:
    """The splats of the open ``file`` of ``path``; raises BadInput where there are none."""
    data = np.memmap(file, np.uint8, mode="r")
    refuse_large(len(data), MOST_BYTES, path)
    start = bytes(data[:LONGEST_HEAD])
    found = re.search(rb"(?:^|\n)end_header[ \t]*\r?\n", start)
    if not start.startswith(b"ply") or found is None:
        raise damaged(path)
    lines = start[: found.start()].decode("latin-1").replace("\r", "").split("\n")
    order, count, dtype, before, after, further = _head(lines, path)
    if missing := [name for name in (*GEOMETRY, *_colors(dtype)) if name not in (dtype.names or ())]:
        raise BadInput(
            "{path} has no Gaussian splats: its points lack {names}",
            "it may be a mesh, a point cloud or a compressed file: export it as a 3DGS .ply (SuperSplat does)",
            path=path,
            names=", ".join(missing[:4]),
        )
    begin = found.end()
    if order == "ascii":
        if further:
            raise BadInput("{path} is a PLY in plain text with more than points", "save it as binary", path=path)
        refuse_large(len(data), MOST_TEXT, path)
        rows, rest = _of_text(data[begin:], count, dtype, path), b""
    else:
        end = begin + count * dtype.itemsize
        if end > len(data):
            raise damaged(path)
        rows, rest = np.frombuffer(data[begin:end], dtype), bytes(data[end:])
    head = PlyHead(tuple(before), tuple(after), rest)
    scene = _scene(rows, before, path)
    if fields.DENSITY in (rows.dtype.names or ()):
        scene = fields.of_ply(scene, rows[fields.DENSITY], before)
    return scene, Stored(PLY, rows, head)


def damaged(path: Path) -> BadInput:
    """A file of splats that is not whole."""
    return BadInput("{path} is damaged, or not what its name says", "a copy may have been cut off", path=path)


def refuse_large(size: int, most: int, path: Path) -> None:
    """Raises BadInput for a file of ``size`` bytes that would take more memory than there may be."""
    if size > most:
        raise BadInput(
            "{path} has {size} MB: at most {most} MB can be read",
            "save it as binary, with fewer splats or without harmonics (SuperSplat does)",
            path=path,
            size=size // 10**6,
            most=most // 10**6,
        )


def _head(lines: list[str], path: Path) -> tuple[str, int, np.dtype[Any], list[str], list[str], bool]:
    """Byte order, count and fields of the splats, the lines before and after them, whether there is more after."""
    order, count, state = "", -1, "before"
    fields, before, after = list[tuple[str, str]](), list[str](), list[str]()
    for line in lines:
        words = line.split()
        if words[:1] == ["format"] and len(words) > 1:
            order = words[1]
        if words[:1] == ["element"]:
            if state == "before" and words[1:2] != ["vertex"]:
                raise BadInput(
                    "{path} has something before its splats: {name}",
                    "export it as a 3DGS .ply (SuperSplat does)",
                    path=path,
                    name=" ".join(words[1:2]),
                )
            state = "splats" if state == "before" else "after"
            if state == "splats":
                if len(words) != 3 or not words[2].isdecimal() or len(words[2]) > 12:
                    raise damaged(path)
                count = int(words[2])
                continue
        if state == "splats" and words[:1] == ["property"]:
            if len(words) != 3 or words[1] not in _TYPES:
                raise damaged(path)
            fields.append((words[2], _TYPES[words[1]]))
            continue
        (after if state == "after" else before).append(line)
    sign = {"binary_little_endian": "<", "binary_big_endian": ">", "ascii": "<"}.get(order)
    if sign is None or count < 1 or len({name for name, _ in fields}) != len(fields):
        raise damaged(path)
    dtype = np.dtype([(name, sign + kind) for name, kind in fields])
    return order, count, dtype, before, after, any(line.startswith("element") for line in after)


def _of_text(text: NDArray[np.uint8], count: int, dtype: np.dtype[Any], path: Path) -> NDArray[np.void]:
    """``count`` rows of numbers between white space, part by part: as words they take twenty times their room."""
    names = dtype.names or ()
    if 2 * count * len(names) > len(text) + 1:  # a digit and a space each, at least
        raise damaged(path)
    rows, done, values, cut = np.zeros(count, dtype), 0, np.zeros(0), b""
    for begin in range(0, len(text), TEXT_AT_ONCE):
        part = cut + bytes(text[begin : begin + TEXT_AT_ONCE])
        words = part.split()
        goes_on = begin + TEXT_AT_ONCE < len(text) and not part[-1:].isspace()
        cut = words.pop() if goes_on else b""
        if len(cut) > LONGEST_NUMBER:
            raise damaged(path)
        try:
            values = np.concatenate([values, np.array(words, np.float64)])
        except ValueError:
            raise damaged(path) from None
        whole = len(values) // len(names)
        if done + whole > count:
            raise damaged(path)
        table = values[: whole * len(names)].reshape(whole, len(names))
        for column, name in enumerate(names):
            rows[name][done : done + whole] = table[:, column]
        done, values = done + whole, values[whole * len(names) :]
    if done != count or len(values):
        raise damaged(path)
    return rows


def _colors(dtype: np.dtype[Any]) -> tuple[str, ...]:
    """The fields of the colours: as harmonics, or as nerfstudio exports them on request."""
    names = dtype.names or ()
    return _RGB if _DC[0] not in names and _RGB[0] in names else _DC


def _columns(rows: NDArray[np.void], names: tuple[str, ...] | list[str]) -> Array:
    return np.asarray(structured_to_unstructured(rows[list(names)], np.float32))


def _rest(dtype: np.dtype[Any]) -> list[str]:
    """The fields of the harmonics of degree 1 and up."""
    return [f"f_rest_{n}" for n in range(45) if f"f_rest_{n}" in (dtype.names or ())]


def _scene(rows: NDArray[np.void], before: list[str], path: Path) -> Scene:
    colors = _columns(rows, _colors(rows.dtype))
    rest = _rest(rows.dtype)
    degree = {0: 0, 9: 3, 24: 8, 45: 15}.get(len(rest))
    if degree is None:
        raise damaged(path)
    harmonics = _columns(rows, rest).reshape(len(rows), 3, degree).swapaxes(1, 2) if rest else None
    of_harmonics = _colors(rows.dtype) == _DC
    said = " ".join(before).lower()
    return Scene(
        positions=_columns(rows, GEOMETRY[:3]),
        scales=np.exp(_columns(rows, GEOMETRY[3:6]).clip(-60, 60)),
        rotations=unit(_columns(rows, GEOMETRY[6:10])),
        opacities=1 / (1 + np.exp(-_columns(rows, GEOMETRY[10:])[:, 0].clip(-60, 60))),
        colors=_color(colors) if of_harmonics else np.asarray(colors / 255, np.float32),
        harmonics=np.zeros((len(rows), 0, 3), np.float32) if harmonics is None else np.ascontiguousarray(harmonics),
        up=(0.0, 0.0, 1.0) if "vertical axis: z" in said else (0.0, -1.0, 0.0),
    )


def _color(coefficients: Array) -> Array:
    return np.asarray(0.5 + DEGREE_0 * coefficients, np.float32)


def unit(rotations: Array) -> Array:
    """Quaternions of length 1; one of no length turns nothing."""
    length = np.linalg.norm(rotations, axis=1, keepdims=True)
    turned = np.where(length > 1e-12, rotations / np.maximum(length, 1e-12), np.array([1, 0, 0, 0], np.float32))
    return np.asarray(turned, np.float32)


def encode(scene: Scene) -> bytes:
    """``scene`` as a PLY; of one that was read from a PLY all but the colours as it was there, byte for byte."""
    own = scene.stored if scene.stored is not None and scene.stored.kind == PLY else None
    rows = _new_rows(scene) if own is None else _old_rows(scene, own.rows)
    rest = _rest(rows.dtype)
    for channel, name in enumerate(_DC):
        old, now = rows[name].astype(np.float32), scene.colors[:, channel]
        # What is no other colour keeps its bytes, which a way through colours and back would round.
        rows[name] = np.where(_color(old) == now, old, (now - 0.5) / DEGREE_0)
    if _RGB[0] in (rows.dtype.names or ()):
        for channel, name in enumerate(_RGB):
            rows[name] = np.round(scene.colors[:, channel].clip(0, 1) * 255)
    if rest:
        flat = scene.harmonics.swapaxes(1, 2).reshape(len(scene), -1)
        for column, name in enumerate(rest):
            rows[name] = flat[:, column]
    head = _new_head(scene) if own is None else own.head
    order = "binary_big_endian" if rows.dtype[0].byteorder == ">" else "binary_little_endian"
    before = [re.sub(r"^\s*format\s+\w+", f"format {order}", line) for line in head.before]
    names = [f"property {_word(rows.dtype[name])} {name}" for name in rows.dtype.names or ()]
    lines = [*before, f"element vertex {len(rows)}", *names, *head.after, "end_header\n"]
    # Joined, for a sum would copy what may be hundreds of megabytes once more.
    return b"".join(("\n".join(lines).encode("latin-1"), rows.view(np.uint8).data, head.rest))


def _new_head(scene: Scene) -> PlyHead:
    said = (fields.comment(scene),) if isinstance(scene, RadianceField) else ()
    return PlyHead(("ply", "format binary_little_endian 1.0", *said), (), b"")


def _word(kind: np.dtype[Any]) -> str:
    return _WORDS.get(kind.str[1:], "double")


def _old_rows(scene: Scene, rows: NDArray[np.void]) -> NDArray[np.void]:
    """Those that were read, one for each splat; colours beside them where they had none as harmonics."""
    made = rows[scene.parents] if scene.parents is not None else rows
    sign = rows.dtype[0].byteorder if rows.dtype[0].byteorder == ">" else "<"
    missing = [(name, f"{sign}f4") for name in _DC if name not in (rows.dtype.names or ())]
    whole = np.zeros(len(made), np.dtype([*((n, rows.dtype[n].str) for n in rows.dtype.names or ()), *missing]))
    for name in rows.dtype.names or ():
        whole[name] = made[name]
    if scene.changed is not None:
        moved = scene.changed
        for axis in range(3):
            whole[GEOMETRY[axis]][moved] = scene.positions[moved, axis]
            whole[GEOMETRY[3 + axis]][moved] = np.log(scene.scales[moved, axis])
        whole["opacity"][moved] = _logit(scene.opacities[moved])
    return whole


def _new_rows(scene: Scene) -> NDArray[np.void]:
    rest = [f"f_rest_{n}" for n in range(3 * scene.harmonics.shape[1])]
    names = (*GEOMETRY[:3], "nx", "ny", "nz", *_DC, *rest, "opacity", *GEOMETRY[3:10])
    dense = scene.densities if isinstance(scene, RadianceField) else None
    names = names if dense is None else (*names, fields.DENSITY)
    rows = np.zeros(len(scene), np.dtype([(name, "<f4") for name in names]))
    for axis in range(3):
        rows[GEOMETRY[axis]] = scene.positions[:, axis]
        rows[GEOMETRY[3 + axis]] = np.log(np.maximum(scene.scales[:, axis], 1e-20))
    for axis in range(4):
        rows[GEOMETRY[6 + axis]] = scene.rotations[:, axis]
    rows["opacity"] = _logit(scene.opacities)
    if dense is not None:
        rows[fields.DENSITY] = dense
    return rows


def _logit(opacities: Array) -> Array:
    inside = opacities.astype(np.float64).clip(1e-6, 1 - 1e-6)
    return np.asarray(np.log(inside / (1 - inside)), np.float32)
