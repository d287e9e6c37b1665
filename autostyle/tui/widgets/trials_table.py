"""Every trial as a row."""

from __future__ import annotations

from rich.cells import cell_len
from textual.binding import Binding
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widgets import DataTable

from autostyle.sentences import Sentence
from autostyle.tui.captions import score
from autostyle.tui.study_state import StudyState
from autostyle.tui.theme import MUTED
from autostyle.tuning.trial_record import TrialRecord

HEADS = {"method": Sentence("method"), "time": Sentence("time"), "state": Sentence("state")}
"""What columns are called that are no scores."""
ROLES = {"best": ("◆", "$success bold"), "front": ("●", "$accent"), "": (" ", "")}


def columns(objectives: tuple[str, ...]) -> dict[str, int]:
    """Name -> width."""
    return {"#": 5, "method": 8, **{name: max(5, len(name)) for name in objectives}, "time": 5, "state": 8}


class TrialsTable(DataTable[Content]):
    """The trials of a study, the latest at the top."""

    BINDINGS = [Binding("s", "save", Sentence("Save")), Binding("f", "enlarge", Sentence("Larger"))]

    class Save(Message):
        """The trial of this number is to be saved."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    class Enlarged(Message):
        """The picture of a trial is to be seen larger."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self) -> None:
        super().__init__(cursor_type="row", zebra_stripes=False)
        self._rows: dict[int, tuple[str, ...]] = {}
        self._columns: dict[str, int] = {}
        self._language = "en"

    def on_mount(self) -> None:
        self._begin(StudyState.objectives, "en")

    def action_save(self) -> None:
        """Save the trial under the cursor."""
        if (number := self._at_cursor) is not None:
            self.post_message(self.Save(number))

    def action_enlarge(self) -> None:
        """Show the picture of the trial under the cursor."""
        if (number := self._at_cursor) is not None:
            self.post_message(self.Enlarged(number))

    def on_click(self, event: Click) -> None:
        """Open the trial of a row."""
        row = event.style.meta.get("row", -1)
        if row >= 0:
            event.stop()
            event.prevent_default()  # a first click would but move the cursor
            self.move_cursor(row=row)
            self.action_select_cursor()

    @property
    def _at_cursor(self) -> int | None:
        """The number of the trial under the cursor; None where there is none."""
        if not self.row_count:
            return None
        return int(str(self.coordinate_to_cell_key(self.cursor_coordinate).row_key.value))

    def _begin(self, objectives: tuple[str, ...], language: str) -> None:
        """An empty table of a study that searches for these, in ``language``."""
        self.clear(columns=True)
        self._rows, self._columns, self._language = {}, columns(objectives), language
        for name, width in self._columns.items():
            head = _headed(language, name)
            self.add_column(head, width=max(width, cell_len(head)), key=name)

    def show(self, state: StudyState, language: str) -> None:
        """Bring the rows up to ``state``; only what has changed is touched."""
        same = self._columns == columns(state.objectives) and self._language == language
        if not same or not self._rows.keys() <= state.trials.keys():
            self._begin(state.objectives, language)
        front = set(state.front)
        fresh = False
        for trial in state.trials.values():
            role = "best" if trial.number == state.best else "front" if trial.number in front else ""
            row = _row(state, trial, role, language)
            before = self._rows.get(trial.number)
            if before == row:
                continue
            self._rows[trial.number] = row
            cells = [_cell(name, text, role, trial.state) for name, text in zip(self._columns, row[1:], strict=True)]
            if before is None:
                self.add_row(*cells, key=str(trial.number))
                fresh = True
            else:
                for name, cell in zip(self._columns, cells, strict=True):
                    self.update_cell(str(trial.number), name, cell)
        if fresh:
            self.sort("#", key=lambda cell: int(cell.plain[2:]), reverse=True)


def _headed(language: str, column: str) -> str:
    from autostyle.agent.brains.replies import translate

    return translate(language, HEADS[column]) if column in HEADS else score(language, column)


def _row(state: StudyState, trial: TrialRecord, role: str, language: str) -> tuple[str, ...]:
    """The role and the texts of a row."""
    from autostyle.agent.brains.replies import translate

    scores = (f"{trial.scores[name]:.3f}" if name in trial.scores else "" for name in state.objectives)
    seconds = f"{trial.seconds:.1f}s" if trial.seconds else ""
    return (
        role,
        f"{ROLES[role][0]} {trial.number}",
        trial.method,
        *scores,
        seconds,
        translate(language, state.told(trial)),
    )


def _cell(name: str, text: str, role: str, state: str) -> Content:
    if name == "#":
        return Content.assemble((text[0], ROLES[role][1]), text[1:])
    if name == "state":
        return Content.styled(text, "$accent" if state == "running" else "$error" if state == "failed" else MUTED)
    return Content.styled(text, "" if role else MUTED)
