"""Clips."""

from __future__ import annotations

from autostyle.mediums import tables
from autostyle.mediums.image.spec import SCALE
from autostyle.mediums.spec import MediumSpec
from autostyle.scoring.scores import CLIP_CONTENT, STYLE
from autostyle.sentences import Sentence

READABLE = (
    *(".mp4", ".mov", ".avi", ".mkv", ".webm", ".m4v", ".qt", ".3gp", ".3g2", ".f4v", ".flv"),
    *(".mpg", ".mpeg", ".m2v", ".vob", ".ts", ".mts", ".m2ts", ".m2t", ".mod", ".tod"),
    *(".wmv", ".asf", ".ogv", ".mxf", ".dv", ".divx", ".h264", ".264", ".hevc", ".265"),
)

SPEC = MediumSpec(
    name="video",
    one="clip",
    many="clips",
    readable=READABLE,
    writable=(".mp4", ".gif", ".webp", ".apng"),
    scale=SCALE,
    best="best.mp4",
    kept=".mp4",
    companions=tables.ENDINGS,
    objectives=(STYLE, CLIP_CONTENT),
    run={
        "video": "autostyle.mediums.video.clips:VideoMedium",
        "image": "autostyle.mediums.video.stills:ImageToVideo",
    },
    styles=("image",),
    borrows={"image": Sentence("It paints the clip frame by frame, blended along the motion.")},
)
