"""What is written down of a trial that ended: the one form it has in a database."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Text = Annotated[str, StringConstraints(max_length=20_000)]
Word = Annotated[str, StringConstraints(pattern=r"^[\w ().:+@-]{1,200}$")]
Finite = Annotated[float, Field(allow_inf_nan=False)]
Figures = Annotated[dict[Word, float], Field(max_length=100)]
MOST_NOTES = 100


class Model(BaseModel):
    """Base of what a database says: each value of its own type, or it is none."""

    model_config = ConfigDict(frozen=True, strict=True)


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
        error: one line, for people.
        notes: what the run wants said.
    """

    state: Literal["complete", "pruned", "failed"] | None = None
    void: bool = False
    origin: Word = "sampler"
    params: dict[str, Any] = {}
    scores: dict[Word, Finite] | None = None
    raw: Figures = {}
    held_out: Figures = {}
    over: Annotated[dict[Word, Finite], Field(max_length=100)] = {}
    stem: Word = ""
    seed: Annotated[int, Field(ge=0, lt=2**64)] = 0
    error: Text | None = None
    notes: Annotated[list[Text], Field(max_length=MOST_NOTES)] = []
    sampler: Annotated[list[Text], Field(max_length=2)] = []
    seconds: Annotated[float, Field(ge=0, le=1e9)] = 0.0
    seconds_by: Figures = {}

    def as_json(self) -> dict[str, Any]:
        """What was said, as JSON data."""
        return self.model_dump(mode="json", exclude_unset=True)
