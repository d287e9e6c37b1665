"""Pictures."""

from __future__ import annotations

from autostyle.mediums import tables
from autostyle.mediums.spec import MediumSpec, SizeRange
from autostyle.sentences import Sentence

WRITABLE = (".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff")
READABLE = (
    *(*WRITABLE, ".bmp", ".gif", ".avif", ".heic", ".heif", ".hif", ".jxl", ".jfif", ".apng"),
    *(".jp2", ".j2k", ".jpx", ".psd", ".exr", ".hdr", ".ppm", ".pgm", ".pnm", ".qoi"),
)
UNREADABLE = (".svg", ".pdf", ".eps", ".xcf", ".raw", ".cr2", ".cr3", ".nef", ".arw", ".raf", ".orf", ".rw2", ".dng")
SCALE = SizeRange("px", "long side", low=64, high=4096, search=384, final=8192, own=1024)

SPEC = MediumSpec(
    name="image",
    one="picture",
    many="pictures",
    readable=READABLE,
    unreadable=UNREADABLE,
    unreadable_hint=Sentence("save it as JPEG, PNG or TIFF"),
    writable=WRITABLE,
    scale=SCALE,
    best="best.png",
    kept=".png",
    companions=tables.ENDINGS,
    in_folders=True,
    alike=True,
    run={"image": "autostyle.mediums.image.medium:ImageMedium"},
)
