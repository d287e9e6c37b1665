"""What is written down of a trial that ended: the one form it has in a database."""

from __future__ import annotations

import contextlib
import json
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from autostyle.sentences import Sentence, pack_sentences, unpack_sentences

BoundedText = Annotated[str, StringConstraints(max_length=20_000)]
PlainWord = Annotated[str, StringConstraints(pattern=r"^[\w ().:+@-]{1,200}$")]
Finite = Annotated[float, Field(allow_inf_nan=False)]
FiniteFigures = Annotated[dict[PlainWord, float], Field(max_length=100)]
MOST_NOTES = 100
MOST_SAID = 20_000
"""Characters of an error with its template and values."""
_SENTENCES = "sentences"


class Model(BaseModel):
    """Base of what a database says: each value of its own type, or it is none."""

    model_config = ConfigDict(frozen=True, strict=True, defer_build=True)


class TrialResult(Model):
    """One trial that ended; what is left out was never said.

    Args:
        state: None as long as nothing is written down.
        void: it was one too many, and is not counted.
        origin, over, sampler, seconds, seconds_by: as in :class:`autostyle.tuning.record.TrialRecord`; ``sampler`` has
            the reason behind it.
        params: the full parameter set.
        scores: of each objective, anchored; None unless complete.
        raw, held_out: as in :class:`autostyle.scoring.scores.Scores`.
        stem: the name of the trial's files, without suffix; empty in studies of earlier versions.
        error: one line, for people; its template and values stand beside it, as ``sentences``.
        notes: what the run wants said.
    """

    state: Literal["complete", "pruned", "failed"] | None = None
    void: bool = False
    origin: PlainWord = "sampler"
    params: dict[str, Any] = {}
    scores: dict[PlainWord, Finite] | None = None
    raw: FiniteFigures = {}
    held_out: FiniteFigures = {}
    over: Annotated[dict[PlainWord, Finite], Field(max_length=100)] = {}
    stem: PlainWord = ""
    seed: Annotated[int, Field(ge=0, lt=2**64)] = 0
    error: Sentence | BoundedText | None = None
    notes: Annotated[list[BoundedText], Field(max_length=MOST_NOTES)] = []
    sampler: Annotated[list[BoundedText], Field(max_length=2)] = []
    seconds: Annotated[float, Field(ge=0, le=1e9)] = 0.0
    seconds_by: FiniteFigures = {}

    @model_validator(mode="before")
    @classmethod
    def _said(cls, data: Any) -> Any:
        if not (isinstance(data, dict) and _SENTENCES in data):
            return data
        told = {name: value for name, value in data.items() if name != _SENTENCES}
        if len(json.dumps([told.get("error"), data[_SENTENCES]])) <= MOST_SAID:
            with contextlib.suppress(ValueError):  # then it is text alone
                unpack_sentences(told, data[_SENTENCES])
        return told

    def as_json(self) -> dict[str, Any]:
        """What was said, as JSON data."""
        sentences = pack_sentences({"error": self.error})
        return self.model_dump(mode="json", exclude_unset=True) | ({_SENTENCES: sentences} if sentences else {})
