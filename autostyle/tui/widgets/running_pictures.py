"""A search in two small pictures, where there is no room for all of its study: the best so far, and what is painted."""

from __future__ import annotations

from pathlib import Path

from textual.app import ComposeResult
from textual.containers import Horizontal

from autostyle.sentences import Sentence
from autostyle.tui.leaving import drawing
from autostyle.tui.study_state import StudyState
from autostyle.tui.widgets.picture import CaptionedPicture


class RunningPictures(Horizontal):
    """Shown while a search runs and has painted something; the screen says where there is room for it."""

    def compose(self) -> ComposeResult:
        yield CaptionedPicture(id="running-best")
        yield CaptionedPicture(id="running-now")

    @drawing
    def show(self, state: StudyState, language: str) -> None:
        """Draw ``state``."""
        from autostyle.agent.brains.replies import translate

        best = state.trials.get(state.best) if state.best is not None else None
        image = state.image(best) if best is not None else None
        latest = state.preview or _last(state)
        self.set_class(state.running and latest is not None, "painting")
        if not state.running:
            return
        if best is not None:
            self._put("best", image, translate(language, Sentence("best so far: {number}", number=best.number)))
        what = state.doing if state.under_way else Sentence("as it grows")
        self._put("now", latest, translate(language, what))

    def _put(self, place: str, picture: Path | None, caption: str) -> None:
        self.query_one(f"#running-{place}", CaptionedPicture).show(picture, caption)


def _last(state: StudyState) -> Path | None:
    """The small picture of the trial that was painted last."""
    images = (state.image(trial) for trial in reversed(state.trials.values()) if trial.complete)
    return next((image for image in images if image is not None), None)
