"""What tools answer, and what a study says by itself: one type each, and the JSON that conversations keep of it.

Fields stand in the order of that JSON. One that an earlier version did not write has a default, and what a later one
adds is kept, so that :func:`restore_output` reads every conversation there is.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from autostyle.agent.outputs.base import NOTHING as NOTHING
from autostyle.agent.outputs.base import FinalOutput as FinalOutput
from autostyle.agent.outputs.base import MetricOutput as MetricOutput
from autostyle.agent.outputs.base import RangeEnd as RangeEnd
from autostyle.agent.outputs.base import ScoreValues as ScoreValues
from autostyle.agent.outputs.base import SentenceText as SentenceText
from autostyle.agent.outputs.base import ToolFailure as ToolFailure
from autostyle.agent.outputs.base import ToolOutput as ToolOutput
from autostyle.agent.outputs.base import TrialOutput as TrialOutput
from autostyle.agent.outputs.base import Work as Work
from autostyle.agent.outputs.files import Applied as Applied
from autostyle.agent.outputs.files import AppliedImage as AppliedImage
from autostyle.agent.outputs.files import Counts as Counts
from autostyle.agent.outputs.files import Exported as Exported
from autostyle.agent.outputs.files import Left as Left
from autostyle.agent.outputs.files import Saved as Saved
from autostyle.agent.outputs.files import Steps as Steps
from autostyle.agent.outputs.files import Summary as Summary
from autostyle.agent.outputs.files import TaughtNet as TaughtNet
from autostyle.agent.outputs.files import Trained as Trained
from autostyle.agent.outputs.notices import Round as Round
from autostyle.agent.outputs.notices import SearchEnded as SearchEnded
from autostyle.agent.outputs.notices import SearchFailed as SearchFailed
from autostyle.agent.outputs.planning import Chosen as Chosen
from autostyle.agent.outputs.planning import Looked as Looked
from autostyle.agent.outputs.planning import Planned as Planned
from autostyle.agent.outputs.planning import QueuedRequest as QueuedRequest
from autostyle.agent.outputs.planning import QueueListed as QueueListed
from autostyle.agent.outputs.planning import RegionFound as RegionFound
from autostyle.agent.outputs.planning import RegionPart as RegionPart
from autostyle.agent.outputs.planning import Started as Started
from autostyle.agent.outputs.planning import StyleAtHand as StyleAtHand
from autostyle.agent.outputs.planning import StylesAtHand as StylesAtHand
from autostyle.agent.outputs.planning import TrainingPlanned as TrainingPlanned
from autostyle.agent.outputs.studies import Compared as Compared
from autostyle.agent.outputs.studies import Listed as Listed
from autostyle.agent.outputs.studies import Outlook as Outlook
from autostyle.agent.outputs.studies import Pair as Pair
from autostyle.agent.outputs.studies import PictureShown as PictureShown
from autostyle.agent.outputs.studies import Preferred as Preferred
from autostyle.agent.outputs.studies import Rendered as Rendered
from autostyle.agent.outputs.studies import StatusOutput as StatusOutput
from autostyle.agent.outputs.studies import Steered as Steered
from autostyle.agent.outputs.studies import Stopped as Stopped
from autostyle.agent.outputs.studies import Studies as Studies

_KINDS: tuple[type[ToolOutput], ...] = (
    *(
        Looked,
        RegionFound,
        Chosen,
        Planned,
        TrainingPlanned,
        Started,
        StatusOutput,
        Steered,
        Stopped,
        Compared,
        PictureShown,
        Pair,
    ),
    *(Preferred, Rendered, Applied, Saved, Exported, Studies, StylesAtHand, QueueListed, Trained, TaughtNet, Round),
    *(SearchEnded, SearchFailed),
)


def restore_output(name: str, data: Mapping[str, Any], ok: bool = True) -> ToolOutput:
    """What the tool ``name`` answered, or a notice of that kind told, from its JSON; a plain :class:`ToolOutput`
    of what is none of a type known here."""
    for kind in [kind for kind in _KINDS if kind.tool == name] if ok else [ToolFailure]:
        with contextlib.suppress(ValidationError):
            return kind.model_validate(data)
    return ToolOutput.model_validate(data)
