"""What a file is: its medium, by its bytes where they tell and by its ending else, and what endings are written."""

from __future__ import annotations

from pathlib import Path, PurePath

from autostyle.brief import Medium
from autostyle.formats import medium_of

WRITABLE = (".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff")
READABLE = (
    *(*WRITABLE, ".bmp", ".gif", ".avif", ".heic", ".heif", ".hif", ".jxl", ".jfif", ".apng"),
    *(".jp2", ".j2k", ".jpx", ".psd", ".exr", ".hdr", ".ppm", ".pgm", ".pnm", ".qoi"),
)
UNREADABLE = (".svg", ".pdf", ".eps", ".xcf", ".raw", ".cr2", ".cr3", ".nef", ".arw", ".raf", ".orf", ".rw2", ".dng")
"""Endings that people's pictures have and that are not read here."""
CLIPS_WRITABLE = (".mp4", ".gif")
OTHER_MEDIA: dict[str, Medium] = {
    **dict.fromkeys((".mp4", ".mov", ".avi", ".mkv", ".webm", ".m4v", ".qt", ".3gp", ".3g2", ".f4v", ".flv"), "video"),
    **dict.fromkeys((".mpg", ".mpeg", ".m2v", ".vob", ".ts", ".mts", ".m2ts", ".m2t", ".mod", ".tod"), "video"),
    **dict.fromkeys((".wmv", ".asf", ".ogv", ".mxf", ".dv", ".divx"), "video"),
    **dict.fromkeys((".ttf", ".otf", ".ttc", ".woff", ".woff2"), "font"),
    **dict.fromkeys((".wav", ".mp3", ".flac", ".ogg", ".oga", ".opus", ".m4a", ".aac", ".wma", ".mka"), "audio"),
    **dict.fromkeys((".ply", ".splat", ".obj", ".glb", ".gltf", ".usdz"), "scene"),
}


def shown(path: Path) -> Path:
    """The picture to show for a file of ours: itself, or ``NAME.preview.png`` beside what is no picture."""
    return path if promised(path) == "image" else path.with_suffix(".preview.png")


def promised(path: PurePath) -> Medium:
    """The medium that a name promises, of what is yet to be written; a picture where the ending says nothing else."""
    return OTHER_MEDIA.get(path.suffix.lower(), "image")


def told(path: PurePath) -> Medium | None:
    """The medium of a file: what its bytes say, else what its ending promises; None where neither tells.

    Where bytes name a container that may hold film or sound alone, an ending of sound is believed.
    """
    ending = path.suffix.lower()
    named = "image" if ending in (*READABLE, *UNREADABLE) else OTHER_MEDIA.get(ending)
    found = medium_of(Path(path))
    return named if found is None or (found == "video" and named == "audio") else found


def medium(path: PurePath) -> Medium:
    """:func:`told`, a picture where nothing tells: reading it will say what is wrong."""
    return told(path) or "image"
