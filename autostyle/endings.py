"""What the ending of a file's name tells: its medium, and whether pictures of that kind are read and written."""

from __future__ import annotations

from pathlib import Path, PurePath

from autostyle.brief import Medium

WRITABLE = (".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff")
READABLE = (*WRITABLE, ".bmp", ".gif", ".avif")
UNREADABLE = (".heic", ".heif", ".svg", ".pdf", ".psd", ".raw", ".cr2", ".cr3", ".nef", ".arw", ".dng", ".jxl", ".jfif")
"""Endings that people's pictures have and that are not read here."""
CLIPS_WRITABLE = (".mp4", ".gif")
OTHER_MEDIA: dict[str, Medium] = {
    **dict.fromkeys((".mp4", ".mov", ".avi", ".mkv", ".webm", ".m4v", ".mpg", ".mpeg"), "video"),
    **dict.fromkeys((".ttf", ".otf", ".ttc", ".woff", ".woff2"), "font"),
    **dict.fromkeys((".wav", ".mp3", ".flac", ".ogg", ".opus", ".m4a", ".aac"), "audio"),
    **dict.fromkeys((".ply", ".splat", ".obj", ".glb", ".gltf", ".usdz"), "scene"),
}


def shown(path: Path) -> Path:
    """The picture to show for a file: itself, or ``NAME.preview.png`` beside what is no picture."""
    return path if medium(path) == "image" else path.with_suffix(".preview.png")


def medium(path: PurePath) -> Medium:
    """The medium a file's name promises; a picture where the ending says nothing else."""
    return OTHER_MEDIA.get(path.suffix.lower(), "image")
