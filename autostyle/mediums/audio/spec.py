"""Recordings: music, speech, sounds."""

from __future__ import annotations

from autostyle.mediums.spec import MediumSpec, SizeRange
from autostyle.scoring.scores import AUDIO_CONTENT, AUDIO_STYLE

SPEC = MediumSpec(
    name="audio",
    one="recording",
    many="recordings",
    readable=(
        *(".wav", ".flac", ".ogg", ".oga", ".opus", ".mp3", ".m4a", ".aac"),
        *(".aif", ".aiff", ".aifc", ".w64", ".wma", ".mka"),
    ),
    writable=(".wav", ".flac", ".mp3", ".ogg", ".opus", ".m4a"),
    scale=SizeRange("Hz", "sampling rate", low=8000, high=48_000, search=22_050, final=48_000, own=48_000),
    best="best.wav",
    kept=".flac",
    objectives=(AUDIO_STYLE, AUDIO_CONTENT),
    run={"audio": "autostyle.mediums.audio.medium:AudioMedium"},
    in_folders=True,
    alike=True,
)
