"""The study on the table: what is known of it, drawn on the panel and in the status line."""

from __future__ import annotations

from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from autostyle.mediums import links
from autostyle.mediums.files import shown
from autostyle.tui.look_screen import LookedAt
from autostyle.tui.study_state import StudyState, from_record
from autostyle.tui.widgets.running_pictures import RunningPictures
from autostyle.tui.widgets.status_line import StatusLine
from autostyle.tui.widgets.study_panel import StudyPanel
from autostyle.tuning import events

if TYPE_CHECKING:
    from autostyle.agent.outputs import ToolOutput
    from autostyle.agent.workspace import Workspace
    from autostyle.plan import Plan
    from autostyle.tuning.record import StudyRecord

DRAW_EVERY = 0.5
"""Seconds between two drawings of a running study: a drawing keeps a key waiting."""


class StudyWatch:
    """Follows a study, running or not.

    Args:
        panel, status, running: where it is drawn.
    """

    def __init__(self, panel: StudyPanel, status: StatusLine, running: RunningPictures) -> None:
        self._panel = panel
        self._running = running
        self._language = "en"
        self._since: float | None = None
        self._status = status
        self._state = StudyState()
        self._content: Path | None = None
        self._drawing = False
        self._searched = self._shown = ""
        "The study that events are of, and the one that is drawn: another may be looked at meanwhile."

    def looked_at(self, language: str) -> LookedAt:
        """What there is to look at now."""
        content = self._content
        if content is not None and links.is_link(content):
            content = shown(content)
        return LookedAt(self._state, content, language)

    def happened(self, event: events.StudyEvent) -> None:
        """Take in what happened; it is drawn twice a second at most, however much happens."""
        if isinstance(event, events.Opened):
            self._searched = self._shown = event.study
            self._state = self._state.of(event)
            self._since = monotonic()
        if self._searched != self._shown:
            return  # its record tells all of it when it is opened again
        if line := self._state.apply(event):
            self._panel.log_line(line)
        if isinstance(event, events.Revised):
            self._panel.log_revision(event.what)
        if not self._drawing:
            self._drawing = True
            self._panel.set_timer(DRAW_EVERY, self._draw)

    def speak(self, language: str) -> None:
        """What is drawn from here on is in ``language``."""
        self._language = language
        self._panel.speak(language)

    def ended(self, trouble: str = "") -> None:
        """The search is over, well or not."""
        if self._searched != self._shown:
            return
        self._state.end()
        if trouble:
            self._panel.log_line(trouble)
        self._draw()

    def open(self, found: StudyRecord) -> None:
        """Show a study from its record."""
        plan = found.plan.placed(found.folder)
        self._shown = found.plan.study
        self._state = from_record(found)
        self._content = plan.content
        self._panel.show_inputs(plan.content, plan.styles)
        self._draw()

    def show_plan(self, plan: Plan) -> None:
        """Show the pictures of a plan that begins."""
        self._panel.show_inputs(plan.content, plan.styles)

    def told(self, workspace: Workspace, output: ToolOutput | None) -> None:
        """Take in what a tool said: the pictures that the workspace is about now, and the trial that is recommended."""
        brief, plan = workspace.brief, workspace.plan
        content = brief.content[0] if brief.content else plan.content if plan is not None else None
        self._content = content or self._content
        self._panel.show_inputs(content, brief.styles or (plan.styles if plan is not None else ()))
        if self._state.recommended_by(output):
            self._panel.show(self._state)

    def _draw(self) -> None:
        self._drawing = False
        state = self._state
        self._panel.show(state)
        self._running.show(state, self._language)
        trials = f"{state.done}/{state.total}" if state.total else ""
        self._status.tell(
            trials=trials,
            pictures=state.pictures if state.along else 0,
            doing=state.doing,
            left=state.left if state.running else None,
            since=self._since if state.running else None,
        )
