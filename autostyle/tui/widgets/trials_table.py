"""Every trial as a row."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import DataTable

from autostyle.tui.study_state import StudyState, Trial
from autostyle.tui.theme import MUTED

COLUMNS = {"#": 5, "method": 7, "style": 5, "content": 7, "time": 5, "state": 8}
ROLES = {"best": ("◆", "$success bold"), "front": ("●", "$accent"), "": (" ", "")}


class TrialsTable(DataTable[Content]):
    """The trials of a study, the latest at the top."""

    def __init__(self) -> None:
        super().__init__(cursor_type="row", zebra_stripes=False)
        self._rows: dict[int, tuple[str, ...]] = {}

    def on_mount(self) -> None:
        for name, width in COLUMNS.items():
            self.add_column(name, width=width, key=name)

    def show(self, state: StudyState) -> None:
        """Bring the rows up to ``state``; only what has changed is touched."""
        if not self._rows.keys() <= state.trials.keys():
            self.clear()
            self._rows = {}
        front = set(state.front)
        fresh = False
        for trial in state.trials.values():
            role = "best" if trial.number == state.best else "front" if trial.number in front else ""
            row = _row(trial, role)
            before = self._rows.get(trial.number)
            if before == row:
                continue
            self._rows[trial.number] = row
            cells = [_cell(name, text, role, trial.state) for name, text in zip(COLUMNS, row[1:], strict=True)]
            if before is None:
                self.add_row(*cells, key=str(trial.number))
                fresh = True
            else:
                for name, cell in zip(COLUMNS, cells, strict=True):
                    self.update_cell(str(trial.number), name, cell)
        if fresh:
            self.sort("#", key=lambda cell: int(cell.plain[2:]), reverse=True)


def _row(trial: Trial, role: str) -> tuple[str, ...]:
    """The role and the texts of a row."""
    style, content = (f"{trial.scores[name]:.3f}" if name in trial.scores else "" for name in ("style", "content"))
    state = f"{trial.progress:.0%}" if trial.state == "running" else "" if trial.state == "complete" else trial.state
    seconds = f"{trial.seconds:.1f}s" if trial.seconds else ""
    return (role, f"{ROLES[role][0]} {trial.number}", trial.method, style, content, seconds, state)


def _cell(name: str, text: str, role: str, state: str) -> Content:
    if name == "#":
        return Content.assemble((text[0], ROLES[role][1]), text[1:])
    if name == "state":
        return Content.styled(text, "$accent" if state == "running" else "$error" if state == "failed" else MUTED)
    return Content.styled(text, "" if role else MUTED)
