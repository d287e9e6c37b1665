"""From one message to what it says. Everything here is a function of the text and of which files exist."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from autostyle.agent.understanding import (
    budget,
    clauses,
    corrections,
    followups,
    looks,
    methods,
    paths,
    roles,
    saving,
    settings,
    shares,
    sizes,
    talk,
    unheard,
    wishes,
)
from autostyle.agent.understanding.clauses import Text
from autostyle.agent.understanding.languages import language, spoken
from autostyle.agent.understanding.merge import merged
from autostyle.agent.understanding.model import Act, Language, Named, Question, Save, Understood
from autostyle.brief import Medium
from autostyle.errors import BadInput
from autostyle.mediums import registry
from autostyle.mediums.files import medium as medium_of
from autostyle.planning.files import listed, works_in


def understand(text: str, where: Path, *, study: bool = False, before: Language = "en") -> Understood:
    """What a message says.

    Args:
        where: the folder the person is in.
        study: whether one is under way or done.
        before: the language so far, for a message without words.
    """
    said = clauses.normal(text)
    found = saving.lengthened(said, paths.find(said, where))
    names = [*((file.start, file.end) for file in found), *paths.quotes(said)]
    if halves := corrections.halves(said, names):
        first, second = halves
        earlier = understand(first, where, study=study, before=before)
        later = understand(second, where, study=study, before=earlier.language)
        if earlier.acts[0].intent != "stylize":
            return later
        return merged(earlier, later) if later.acts[0].intent == "stylize" else replace(earlier, hold=True)
    taken = clauses.take_apart(said, found)
    acts = followups.find(taken)
    speaks = language(taken.whole, before)
    out = {act.out for act in acts if act.out}
    training = tuple(act for act in acts if act.intent == "train")
    if training or (study and (any(act.intent in ("apply", "where") for act in acts) or out)):
        sources = [file for file in taken.files if file.path not in out]
        return Understood(speaks, training or acts, problems=tuple(_files(sources, where)))
    save = saving.find(taken)
    separate = spoken().followups.separate.search(taken.whole) is not None
    out |= {file.path for file in saving.places(taken)} | {f.path for f in taken.files if f.folder and not f.exists}
    roles_ = roles.assign(taken, out, lambda file: looks.look(file, where))
    painter = None if roles_.styles else looks.painter(taken.whole)
    content, styles, loose = roles_.content, roles_.styles, roles_.loose
    if painter and len(loose) == 1 and not content:
        content, loose = loose, []
    if content and (save is None or save.path is None) and saving.beside(taken.whole):
        parent = content[0].path.parent
        save = Save(None if parent == Path() else parent, save.format if save else None, parent != Path())
    told = shares.find(taken, styles)
    wished, problems = wishes.find(taken, [*styles, *loose], shared=told.said)
    amounts, no_budget = _amounts(taken)
    named = methods.find(taken.whole)
    asked = settings.find(taken.whole)
    problems = (
        *_files([*content, *styles, *loose], where),
        *(Question("method", (name,)) for name in named.unknown if not _told_of(taken, name)),
        *problems,
    )
    swapped = any(clause.says("swapped") for clause in taken.clauses)
    medium = _medium(taken, content, [*styles, *loose])
    portions = () if study else shares.alone(taken)
    spoken_of = portions or swapped or wished or amounts or named.wanted or problems or medium or asked
    judged = any(clause.says("which_better") for clause in taken.clauses) and not (wished or amounts or named.wanted)
    request = not judged and (bool(taken.files) or (not study and bool(spoken_of or painter)))
    by_words = bool(content and styles) and not roles_.by_looks and roles.told(taken)
    if medium == "video" and not styles and talk.clearer(taken, amounts):
        return Understood(speaks, (Act("beyond", about="enlarge"),))
    if about := talk.beside(taken, styled=by_words, study=study):
        return Understood(speaks, (about,), offers=_offers(where, taken, None) if about.intent == "styles" else ())
    if study and not request and (amounts.get("final_size") or _larger(taken)):
        return Understood(speaks, (Act("size"),))
    if study and not request and painter and not acts:
        return Understood(speaks, (Act("styles", about=painter),), offers=_offers(where, taken, painter))
    return Understood(
        language=speaks,
        acts=(Act("stylize"),) if request else talk.find(taken, acts, study=study),
        content=tuple(file.path for file in content),
        styles=tuple(file.path for file in styles),
        loose=tuple(file.path for file in loose),
        medium=medium,
        wishes=wished,
        portions=portions,
        separate=separate and len(styles) > 1,
        shares=told.weights,
        equal=told.said and not told.weights,
        settings=asked,
        save=save,
        by_looks=roles_.by_looks and bool(content and styles),
        painter=painter,
        offers=_offers(where, taken, painter) if painter and request else (),
        regions=wishes.regions(taken),
        parts=wishes.parts(taken),
        beyond=talk.beyond(taken) if request else None,
        complaints=wishes.complaints(taken) if request else (),
        unheard=unheard.find(taken) if request else (),
        role=roles.answer(taken),
        rank=None if taken.files else followups.ordinal(taken.whole),
        swapped=swapped,
        hold=any(clause.says("hold") for clause in taken.clauses),
        method=named.wanted[0] if len(named.wanted) == 1 else None,
        problems=problems + ((Question("budget"),) if no_budget else ()),
        **amounts,
    )


def _larger(text: Text) -> bool:
    """Whether the picture itself, not its marks, should be larger."""
    marks = any("marks" in clause.concepts for clause in text.clauses)
    return spoken().followups.larger.search(text.whole) is not None and not marks


def _told_of(text: Text, name: str) -> bool:
    """Whether a tool was named in a story only: "I tried prisma before"."""
    naming = [clause for clause in text.clauses if name in clause.text]
    return bool(naming) and all(wishes.past(clause) for clause in naming)


def _offers(where: Path, text: Text, painter: str | None) -> tuple[Path, ...]:
    """Pictures of the folder that may be a style and were not named."""
    named = {where / file.path for file in text.files}
    found = looks.offers([path for path in _works(where, ("image",)) if path not in named], painter)
    return tuple(path.relative_to(where) for path in found)


FEW = 12
"""Trials where fewer than usual are asked for, without a number."""


def _amounts(text: Text) -> tuple[dict[str, Any], bool]:
    """Trials, minutes and sizes that were said, and whether one of them is none at all."""
    found: dict[str, Any] = {}
    nothing = False
    said = sizes.find(text.whole)
    if said.search:
        found["size"] = said.search
    if said.final:
        found |= {"final_size": said.final, "shape": said.shape}
    if followups.fewer(text.whole):
        found["trials"] = FEW
    for amount in budget.find(text.whole):
        if amount.amount <= 0 or (amount.unit == "trials" and amount.amount < 1):
            nothing = True
        else:
            found[amount.unit] = round(amount.amount) if amount.unit == "trials" else amount.amount
    return found, nothing


def _medium(text: Text, content: Sequence[Named], others: Sequence[Named]) -> Medium | None:
    """Of the content; else of any file that is no picture; else what the words are about."""
    for file in (*content, *others):
        if file.medium != "image":
            return file.medium
    if content:
        return "image"
    spoken = [hit for clause in text.clauses for hit in clause.hits]
    for kind in registry.MEDIUMS:
        if (
            kind != "image"
            and any(hit.concept == kind for hit in spoken)
            and not any(clause.says("realtime") for clause in text.clauses)
        ):
            return kind
    return "image" if others else None


def _files(files: Sequence[Named], where: Path) -> Iterator[Question]:
    """What is wrong with the files that were named."""
    for file in files:
        if file.url:
            yield Question("address", (str(file.path).replace(":/", "://", 1),))
        elif not file.exists:
            yield Question("missing", (str(file.path), *near(file.path, where)))
        elif file.folder and not _works(where / file.path):
            yield Question("empty", (str(file.path),))


def _works(folder: Path, kinds: Collection[str] | None = None) -> list[Path]:
    """What a folder stands for, of ``kinds`` where those are given; nothing where it cannot be read."""
    try:
        return works_in(folder, kinds)
    except (OSError, BadInput):
        return []


def near(path: Path, where: Path) -> list[str]:
    """The one file of its medium beside a file that is not there whose name is nearly the same."""
    endings = registry.find(medium_of(path)).readable
    try:
        # By their endings: to look into every file of a large folder takes seconds.
        names = [found.name for found in listed(where / path.parent) if found.suffix.lower() in endings]
    except BadInput:
        return []
    close = difflib.get_close_matches(path.stem, [Path(name).stem for name in names], n=1, cutoff=0.6)
    return [str(path.parent / name) for name in names if Path(name).stem in close][:1]
