"""Studies: begin one, look at one, go on with one."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

from autostyle import config
from autostyle.api import notebook
from autostyle.api.arguments import StudyArguments, read_settings, spelled_out, tune_options
from autostyle.api.given import ImageLike, ImagesLike, TemporaryFolder, hinted
from autostyle.api.results import Result, Results
from autostyle.api.searches import Search
from autostyle.errors import BadInput
from autostyle.jobs import requests
from autostyle.jobs.parent import run
from autostyle.plan import Plan
from autostyle.tuning.folder import PLAN_FILE
from autostyle.tuning.record import StudyRecord
from autostyle.tuning.trial_record import TrialRecord
from autostyle.use_cases.tune import build

if TYPE_CHECKING:
    from autostyle.mediums.sides import SaidSize, Side
    from autostyle.report.recipe import Recipe
    from autostyle.tuning.events import StudyEvent


class Study:
    """A search for the best trade-offs of style and content, and what it found; it shows itself in a notebook.

    Making one checks what was asked for and computes nothing; :meth:`run` searches. A study has a name and is kept in
    a folder, so the same call goes on where it stopped, today or tomorrow. :func:`autostyle.tune` makes one and runs it
    to its end; :func:`autostyle.load_study` finds one by its name.

    Args:
        content: what to stylize.
        style: one or more style pictures; several are blended.
        name: of the study; from the pictures' names and bytes where none is given.
        method: the one to search; None is the decision table's, and its alternative.
        params: held at these values; the others are searched.
        aids: files that the method works with, by name: ``{"lora": "brand.safetensors"}``.
        style_weight: share of each style, in order; equal where none is given.
        prompt: words for methods that take a prompt.
        trials: runs in all, earlier sessions included; 32 where nothing is said. One of gatys paints several trials.
        minutes: the search ends after this long, if sooner.
        size: long side of a trial, in pixels; 384 where nothing is said.
        final_size: long side of the best one's final render, or ``"own"``: the content's, however long that takes.
            Where nothing is said, the content's as far as it takes minutes.
        finish: the method that paints the final render, from the best one found: ``"nnst"``.
        prefer: where on the front to look: ``"content"``, ``"style"``, or a number from 0 (content) to 1 (style).
        profile: what results are judged by: ``"art"``, or ``"photo"`` (still a photograph?); the method's if unsaid.
        encoder: what gatys sees with: ``"embedded"``, ``"vgg16"``, ``"vgg19"``; the largest here where nothing is said.
        workers: processes that run trials.
        seed: of everything random.
        plan: a plan file (YAML) to begin from; what is given beside it overrides it.
        home: where studies live; ``./studies`` where the settings say nothing else.
        storage: URL of an Optuna storage; HOME's own where none is given.
        device: ``auto``, ``cpu``, ``cuda``, ``cuda:N`` or ``mps``.
        offline: open no socket at all.

    Raises:
        BadInput: a picture, parameter or range that cannot be.
        Missing, NotBuilt: a method that cannot run here, or is planned.
    """

    @hinted()
    @spelled_out
    def __init__(
        self, content: ImageLike | None = None, style: ImagesLike = (), **arguments: Unpack[StudyArguments]
    ) -> None:
        self._settings = read_settings(arguments)
        self._folder = TemporaryFolder()
        file = arguments.get("plan")
        self._plan = build(
            tune_options(content, style, arguments, self._folder),
            None if file is None else Path(file).expanduser(),
            self._settings.home,
        )
        self._search: Search | None = None
        self._record: StudyRecord | None = None

    @property
    def name(self) -> str:
        """Of the study: ``load_study(name)`` finds it again."""
        return self._plan.study

    @property
    def folder(self) -> Path:
        """Where all of it is: pictures, report, recipe, plan."""
        return self._settings.home / self.name

    @property
    def plan(self) -> Plan:
        """What is searched, how, and for how long."""
        return self._plan

    @hinted()
    def run(self, *, trials: int | None = None, minutes: float | None = None) -> Search:
        """Search until the budget is spent, then render the best at full size; returns at once.

        ``for event in study.run(): ...`` watches it, ``study.run().wait()`` waits for it. A study that is complete ends
        at once.

        Args:
            trials, minutes: another budget from now on.
        """
        if self._search is not None and self._search.running:
            raise BadInput("the search of {name} is running already", "wait for it, or stop it", name=self.name)
        budget = {name: value for name, value in (("trials", trials), ("minutes", minutes)) if value is not None}
        if budget:
            changed = self._plan.model_dump() | {"budget": self._plan.budget.model_dump() | budget}
            from autostyle.use_cases.plans import refusing

            with refusing("trials and minutes are above 0"):
                self._plan = Plan.model_validate(changed)
        self._record = None
        settings = self._settings
        self._search = Search(
            requests.SearchRequest(**_home(settings), device=settings.device, offline=settings.offline, plan=self._plan)
        )
        return self._search

    @property
    def record(self) -> StudyRecord:
        """All there is to know: every trial, the front, scores, weights, notes. Read anew while a search is running.

        Raises:
            BadInput: it was not begun yet.
        """
        if self._record is None or (self._search is not None and self._search.running):
            with hinted():
                found = run(requests.RecordRequest(**_home(self._settings), study=self.name))
            self._record = StudyRecord.from_json(found["record"])
        return self._record

    @property
    def best(self) -> Result | None:
        """The recommended trial at the largest size there is; None before a trial is complete."""
        found = self._known()
        if found is None or found.best is None or found.result is None:
            return None
        return self._result(found, found.trial(found.best), found.result)

    @property
    def front(self) -> Results:
        """The best trade-offs: no other trial has more of one score without less of the other; by rising style."""
        found = self._known()
        trials = [] if found is None else map(found.trial, found.front)
        return Results([self.trial(trial.number) for trial in trials if trial.image or trial.full_image])

    def trial(self, number: int) -> Result:
        """The result of a complete trial; raises BadInput where there is none."""
        record = self.record
        for trial in record.trials:
            if trial.number == number and (path := trial.full_image or trial.image):
                return self._result(record, trial, path)
        raise BadInput(
            "trial {number} of {name} has no picture",
            "record.trials says which have one",
            number=number,
            name=self.name,
        )

    @property
    def recipe(self) -> Recipe:
        """Of the recommended trial; :func:`autostyle.apply` gives other pictures its look.

        Raises:
            BadInput: no trial is complete yet.
        """
        if self.best is None:
            raise BadInput("{name} has no complete trial yet", "search first", name=self.name)
        return self.best.recipe

    @hinted()
    def report(self, out: str | os.PathLike[str] | None = None, *, overwrite: bool = False) -> Path:
        """Write the report again, into the study's folder or into ``out``; the path of its page.

        Raises:
            BadInput: ``out`` is in use, and ``overwrite`` is not said; or the study was not begun yet.
        """
        place = None if out is None else Path(out).expanduser().absolute()
        made = run(requests.ExportRequest(**_home(self._settings), study=self.name, out=place, force=overwrite))
        return Path(made["report"])

    @hinted()
    def trust(self) -> None:
        """Take a study that was not made here as your own from now on: :meth:`run` goes on with it then."""
        run(requests.TrustRequest(**_home(self._settings), study=self.name))

    def __repr__(self) -> str:
        found = self._known()
        if found is None:
            return f"<Study {self.name}: not begun, {self._plan.budget.trials} trials>"
        best = "" if found.best is None else f", best {notebook.told(found.trial(found.best).scores)}"
        return f"<Study {self.name}: {found.done}/{found.total} trials{best}>"

    def _repr_html_(self) -> str:
        plan = self._plan if self._record is None else self.record.plan.placed(self.folder)
        given = notebook.picture(plan.content, "content")
        given += "".join(notebook.picture(style, "style") for style in plan.styles)
        best = self.best
        made = "" if best is None else notebook.figure(best) + notebook.line("The front:") + notebook.row(self.front)
        return notebook.line(repr(self).strip("<>")) + f"<div>{given}</div>" + made

    def _known(self) -> StudyRecord | None:
        """The record, None where the study was not begun yet."""
        if self._record is None and not (self.folder / PLAN_FILE).is_file():
            return None
        try:
            return self.record
        except BadInput:
            return None

    def _paint(self, number: int, target: Path, pixels: SaidSize, side: Side, overwrite: bool) -> Path:
        """Trial ``number`` as a file, with so many pixels of ``side``."""
        from autostyle.use_cases import saving

        settings = self._settings
        out = saving.place(target.absolute(), self.folder, self._plan.medium, force=overwrite)
        of_study = {**_home(settings), "device": settings.device, "offline": settings.offline, "study": self.name}
        request = requests.SaveRequest(**of_study, number=number, size=pixels, side=side, out=out, force=overwrite)
        return Path(run(request)["image"])

    def _result(self, record: StudyRecord, trial: TrialRecord, path: Path) -> Result:
        from autostyle.report import recording

        def recipe() -> Recipe:
            return recording.of_trial(record, trial, styles=recording.styles_of(record), final_size=None)

        return Result(
            path=record.folder / path,
            method=trial.method,
            params=trial.params,
            scores=trial.scores,
            held_out=trial.held_out,
            raw=trial.raw,
            weights=record.weights,
            seed=trial.seed,
            seconds=trial.seconds,
            trial=trial.number,
            notes=record.notes,
            reason=record.plan.choice.reason,
            _recipe=recipe,
            _beside=tuple(record.folder / file for file in record.plan.files[1:]),
            _paint=partial(self._paint, trial.number),
        )


@spelled_out
def tune(
    content: ImageLike | None = None,
    style: ImagesLike = (),
    *,
    on_event: Callable[[StudyEvent], None] | None = None,
    **arguments: Unpack[StudyArguments],
) -> Study:
    """Search the parameters: the best trade-offs of style and content. Waits for the end; :class:`Study` does not.

    The same call again goes on where it was stopped. Ctrl-C, or an interrupt in a notebook, ends the search and keeps
    what was found: ``load_study`` of the name that the error tells, or the same call.

    >>> study = tune("photo.jpg", "painting.jpg", name="night", method="adain", trials=2, size=64, final_size=64)
    >>> study
    <Study night: 2/2 trials, best style 0.56, content 0.40>
    >>> study.best.save("best.png")
    PosixPath('best.png')

    Args:
        on_event: called with everything that happens (``autostyle.tuning.events``), in this thread.
        content, style, arguments: as for :class:`Study`.

    Raises:
        BadInput: a picture, parameter or range that cannot be, a resume with other pictures, or the study is being run
            by another program.
        Missing, NotBuilt: weights, the storage or disk space; a method that is planned.
        Refused: the minutes were spent before anything completed.
        StudyFailed: no trial completed.
    """
    study = Study(content, style, **arguments)
    try:
        with hinted():
            study.run().wait(on_event)
    except KeyboardInterrupt as interrupt:
        interrupt.add_note(f"what was found is kept: load_study({study.name!r}), or the same call goes on")
        raise
    return study


def load_study(
    name: str,
    *,
    home: str | os.PathLike[str] | None = None,
    storage: str | None = None,
    device: str | None = None,
    offline: bool | None = None,
) -> Study:
    """The study called ``name``, finished or not, made here or by the command line.

    >>> study = load_study("night")
    >>> [result.trial for result in study.front]
    [...]

    Args:
        home, storage, device, offline: as for :class:`Study`.

    Raises:
        BadInput: there is none.
    """
    study = Study(name=name, home=home, storage=storage, device=device, offline=offline)
    _ = study.record  # there is no study without one
    return study


def _home(settings: config.Config) -> dict[str, Any]:
    """Where studies are, for a request; Optuna stays out of the program that asks."""
    return {"home": settings.home.absolute(), "storage": settings.storage}
