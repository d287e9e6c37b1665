"""From one message to what it says. Everything here is a function of the text and of which files exist."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

from autostyle import named_styles
from autostyle.agent.understanding import (
    aids,
    budget,
    clauses,
    followups,
    looks,
    masks,
    methods,
    paths,
    roles,
    saving,
    settings,
    shares,
    sizes,
    talk,
    unrecognized,
    wishes,
)
from autostyle.agent.understanding.clauses import Text
from autostyle.agent.understanding.grammar.patterns import FILES
from autostyle.agent.understanding.languages import language, spoken
from autostyle.agent.understanding.merge import merge_requests
from autostyle.agent.understanding.model import Act, Clarification, Language, NamedFile, Save, Understood
from autostyle.agent.understanding.on_disk import only_picture
from autostyle.agent.understanding.shares import Shares
from autostyle.brief import MediumName
from autostyle.errors import BadInput
from autostyle.mediums import registry
from autostyle.mediums.files import medium as medium_of
from autostyle.methods.masks import CONTENT_MASK
from autostyle.use_cases.files import find_works, list_folder

_WORD = re.compile(rf"(?![{FILES}])\w")
"""A letter of a message that is none of a file's name."""


@dataclass(frozen=True)
class _Message:
    """A message taken apart.

    Args:
        where: the folder the person is in.
        study: whether one is under way or done.
        acts: what the follow-ups find in it.
        aids: files of it that are no content and no style, by what they are.
    """

    text: Text
    where: Path
    study: bool
    language: Language
    acts: tuple[Act, ...]
    aids: aids.NamedAids

    def says(self, meaning: str) -> bool:
        """Whether any clause means this."""
        return any(clause.says(meaning) for clause in self.text.clauses)


@dataclass(frozen=True)
class _Pictures:
    """The files by their roles, and where the result goes."""

    content: list[NamedFile]
    styles: list[NamedFile]
    loose: list[NamedFile]
    by_looks: bool
    painter: str | None
    save: Save | None


@dataclass(frozen=True)
class _Wanted:
    """What is wanted of the pictures; ``amounts`` are fields of Understood."""

    wishes: dict[str, Any]
    shares: Shares
    portions: tuple[float, ...]
    settings: dict[str, tuple[float, float]]
    amounts: dict[str, Any]
    methods: tuple[str, ...]
    avoided: tuple[str, ...]
    medium: MediumName | None
    swapped: bool
    first_frame: bool
    parts: tuple[str, ...]
    spared: tuple[str, ...]
    mask: dict[str, Any]
    problems: tuple[Clarification, ...]

    @property
    def anything(self) -> bool:
        """Whether a request is spoken of at all."""
        asked = (
            self.portions,
            self.swapped,
            self.first_frame,
            self.wishes,
            self.amounts,
            self.methods,
            self.problems,
            self.medium,
        )
        return any((*asked, self.settings, self.parts, self.spared, self.mask))


def understand(text: str, where: Path, *, study: bool = False, before: Language = "en") -> Understood:
    """What a message says.

    Args:
        where: the folder the person is in.
        study: whether one is under way or done.
        before: the language so far, for a message without words.
    """
    said = clauses.normal(text)
    found = saving.lengthened(said, paths.find(said, where))
    # What tells cameras is photographs of its own, unless it is said to be the cameras of another scene.
    cameras = {file for file in found if file.medium == "scene" and file.path.suffix.lower() == ".json"}
    scenes = {file for file in found if file.medium == "scene"} - cameras
    others = [file for file in found if not (scenes and file in cameras)]
    brought = aids.find(said, where, others, folders=bool(scenes))
    taken_up = {file.path for file in chain(*brought.values())}
    found = tuple(file for file in found if not (file.path in taken_up and (scenes or file not in cameras)))
    stretches = {file.start: file for file in chain(*brought.values())}  # a folder has several files
    found = tuple(file for file in found if not any(one.start <= file.start < one.end for one in stretches.values()))
    found = tuple(sorted((*found, *stretches.values()), key=lambda file: file.start))
    names = [*((file.start, file.end) for file in found), *paths.quotes(said)]
    if parts := clauses.halves(said, names):
        return _corrected(*parts, where, study, before)
    taken = clauses.take_apart(said, found)
    masked = {CONTENT_MASK: found} if (found := masks.files(taken)) else {}
    message = _Message(taken, where, study, language(taken.whole, before), followups.find(taken), {**brought, **masked})
    if (of_a_study := _of_a_study(message)) is not None:
        return of_a_study
    pictures = _pictures(message)
    wanted, no_budget = _wanted(message, pictures)
    if wanted.medium is not None and "image" not in registry.find(wanted.medium).styles:
        pictures, wanted = _without_pictures(pictures, wanted)
    request = _is_request(message, pictures, wanted)
    if (beside := _beside(message, pictures, wanted, request)) is not None:
        return beside
    return _whole(message, pictures, wanted, request, no_budget)


def _without_pictures(pictures: _Pictures, wanted: _Wanted) -> tuple[_Pictures, _Wanted]:
    """Of a request for what no picture is a style of: "like rain" is no picture of rain where sound is spoken of, and
    of one that was named another file is asked for."""
    dropped = [file for file in pictures.styles if file.medium == "image"]
    named = tuple(str(file.path) for file in dropped if file.exists and named_styles.at(file.path) is None)
    wrong = (Clarification("other", named),) if named and len(dropped) == len(pictures.styles) else ()
    styles = [file for file in pictures.styles if file not in dropped]
    problems = (*wanted.problems, *wrong)
    return replace(pictures, styles=styles, painter=None), replace(wanted, problems=problems)


def _corrected(first: str, second: str, where: Path, study: bool, before: Language) -> Understood:
    """What a message says of which the first half was taken back by the second."""
    earlier = understand(first, where, study=study, before=before)
    later = understand(second, where, study=study, before=earlier.language)
    if earlier.acts[0].intent != "stylize":
        return later
    return merge_requests(earlier, later) if later.acts[0].intent == "stylize" else replace(earlier, hold=True)


def _of_a_study(message: _Message) -> Understood | None:
    """A message whose files are no content and no style: they are learnt from, or a result is given to them."""
    if message.study and _dropped(message):
        given = Act("apply", files=tuple(file.path for file in message.text.files))
        return Understood(message.language, (given,), problems=tuple(_files(message.text.files, message.where)))
    acts, out = message.acts, {act.out for act in message.acts if act.out}
    training = tuple(act for act in acts if act.intent == "train")
    applied = message.study and (any(act.intent in ("apply", "where") for act in acts) or out)
    if not (training or applied or (message.study and _only_places(message))):
        return None
    written = saving.places(message.text)
    named = [file for file in message.text.files if file.exists and not file.folder and file not in written]
    if not training and len(named) > 1 and all(act.save for act in acts):
        return None  # a request of its own that says where its result goes
    sources = [file for file in message.text.files if file.path not in out and file not in written]
    problems = tuple(_files(sources, message.where))
    return Understood(message.language, training or acts, problems=problems, hold=message.says("hold"))


def _only_places(message: _Message) -> bool:
    """Whether a picture is to be saved and all that is named is where: also a folder that everybody has, and that is
    not here."""
    written = saving.places(message.text)
    named = [file for file in message.text.files if file not in written and not (file.folder and not file.exists)]
    return bool(message.acts) and not named and all(act.save for act in message.acts)


def _dropped(message: _Message) -> bool:
    """Whether a message is files and no more, of which none is plainly the style, or it says "these too": after a
    search they are dropped for its result to be given to."""
    text, words = message.text, spoken().followups
    if not text.files or not all(file.exists for file in text.files):
        return False
    if _WORD.search(words.listed.sub("", text.whole)):
        return False
    if words.also.search(text.whole):
        return True
    by_looks = roles.assign(text, (), lambda file: looks.look(file, message.where))
    return not (by_looks.styles and by_looks.by_looks)


def _pictures(message: _Message) -> _Pictures:
    text, where = message.text, message.where
    out = {act.out for act in message.acts if act.out} | {file.path for file in saving.places(text)}
    out |= {file.path for file in text.files if file.folder and not file.exists}
    out |= {file.path for file in chain(*message.aids.values())}
    found = roles.assign(text, out, lambda file: looks.look(file, where))
    content, loose = found.content, found.loose
    painter = None if found.styles else looks.painter(text.whole)
    if painter and len(loose) == 1 and not content:
        content, loose = loose, []
    save = saving.find(text)
    if content and (save is None or save.path is None) and saving.beside(text.whole):
        parent = content[0].path.parent
        save = Save(None if parent == Path() else parent, save.format if save else None, parent != Path())
    return _Pictures(content, found.styles, loose, found.by_looks, painter, save)


def _wanted(message: _Message, pictures: _Pictures) -> tuple[_Wanted, bool]:
    """What is wanted, and whether no trials or no time at all."""
    text, others = message.text, [*pictures.styles, *pictures.loose]
    told = shares.find(text, pictures.styles)
    wished, problems = wishes.find(text, others, shared=told.said)
    first_frame = message.says("first_frame")
    medium = _medium(text, pictures.content, others)
    if first_frame and medium == "video":
        medium = "image"
    if medium != "audio":
        wished.pop("voice", None)
    else:
        wished.pop("brand", None)  # "A의 음색을 B에 맞춰" is about one recording
        if any(wishes.of_a_voice(file) for file in (*pictures.content, *others)):
            wished["voice"] = True
    if medium == "font" and wishes.of_outlines(text, others):
        wished["outlines"] = True
        wished.pop("keep_color", None)
        problems = tuple(problem for problem in problems if problem.kind != "color")
    amounts, no_budget = _amounts(text)
    named = methods.find(text.whole)
    unknown = (methods.which(name) for name in named.unknown if not _told_of(text, name))
    wanted = _Wanted(
        wished,
        told,
        () if message.study else shares.alone(text),
        settings.find(text.whole),
        amounts,
        named.wanted or tuple(filter(None, [aids.wanting({*message.aids, *aids.shipped(text.whole)})])),
        named.rejected,
        medium,
        message.says("swapped"),
        first_frame,
        wishes.parts(text),
        wishes.spared(text),
        masks.find(text.whole),
        (
            *_files([*pictures.content, *others, *message.aids.get(CONTENT_MASK, ())], message.where),
            *unknown,
            *problems,
        ),
    )
    return wanted, no_budget


def _is_request(message: _Message, pictures: _Pictures, wanted: _Wanted) -> bool:
    """Whether it asks for a style, is a part of that or changes it."""
    if message.says("which_better") and not (wanted.wishes or wanted.amounts or wanted.methods):
        return False
    if message.text.files:
        return True
    return not message.study and bool(wanted.anything or pictures.painter)


def _beside(message: _Message, pictures: _Pictures, wanted: _Wanted, request: bool) -> Understood | None:
    """What is asked for beside a style: other work on a picture, which styles there are, the size of a result."""
    text, study = message.text, message.study
    if wanted.medium == "video" and not pictures.styles and talk.clearer(text, wanted.amounts):
        return Understood(message.language, (Act("beyond", about="enlarge"),))
    by_words = bool(pictures.content and pictures.styles) and not pictures.by_looks and roles.told(text)
    if about := talk.beside(text, styled=by_words, study=study):
        offers = _offers(message.where, text, None) if about.intent == "styles" else ()
        return Understood(message.language, (about,), offers=offers)
    if not study or request:
        return None
    seen = any(act.save or act.intent in ("look", "open") for act in message.acts)
    if not seen and (wanted.amounts.get("final_size") or _larger(text)):
        return Understood(message.language, (Act("size"),))
    if (painter := pictures.painter) and not message.acts:
        act = Act("styles", about=painter)
        return Understood(message.language, (act,), offers=_offers(message.where, text, painter))
    return None


def _whole(message: _Message, pictures: _Pictures, wanted: _Wanted, request: bool, no_budget: bool) -> Understood:
    """All of it."""
    text, painter = message.text, pictures.painter
    acts = (Act("stylize"),) if request else talk.find(text, message.acts, study=message.study)
    lacks = acts[0].intent == "stylize" and not (pictures.content or pictures.loose)
    lacks = lacks and (not pictures.styles or roles.wants_content(text))
    several = len(pictures.styles) > 1 and spoken().followups.separate.search(text.whole) is not None
    return Understood(
        language=message.language,
        acts=acts,
        content=tuple(file.path for file in pictures.content),
        styles=tuple(file.path for file in pictures.styles),
        loose=tuple(file.path for file in pictures.loose),
        medium=wanted.medium,
        wishes=wanted.wishes,
        portions=wanted.portions,
        separate=several,
        shares=wanted.shares.weights,
        equal=wanted.shares.said and not wanted.shares.weights,
        settings=wanted.settings,
        scores=settings.find_scores(text.whole),
        save=pictures.save,
        by_looks=pictures.by_looks and bool(pictures.content and pictures.styles),
        only=only_picture(message.where, [file.path for file in text.files]) if lacks else None,
        painter=painter,
        offers=_offers(message.where, text, painter) if painter and request else (),
        regions=wishes.regions(text),
        parts=wanted.parts,
        spared=wanted.spared,
        mask=wanted.mask,
        aids=aids.shipped(text.whole, wanted.methods)
        | {name: tuple(file.path for file in files) for name, files in message.aids.items()},
        beyond=talk.beyond(text) if request else None,
        complaints=wishes.complaints(text) if request else (),
        unheard=unrecognized.find(text, _heard(wanted)) if request and not wanted.mask else (),
        role=roles.answer(text),
        rank=None if text.files else followups.ordinal(text.whole),
        first_frame=wanted.first_frame,
        swapped=wanted.swapped,
        hold=message.says("hold"),
        agreed=talk.agrees(text),
        method=wanted.methods[0] if len(wanted.methods) == 1 else None,
        avoided=wanted.avoided,
        problems=wanted.problems + ((Clarification("budget"),) if no_budget else ()),
        **wanted.amounts,
    )


def _heard(wanted: _Wanted) -> tuple[str, ...]:
    """Meanings that were taken in beside the wishes of every request."""
    return ("outlines", "colorless") if wanted.wishes.get("outlines") else ()


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
        found |= {"final_size": said.final, "shape": said.shape, "side": said.side}
    if followups.fewer(text.whole):
        found["trials"] = FEW
    for amount in budget.find(text.whole):
        if amount.amount <= 0 or (amount.unit == "trials" and amount.amount < 1):
            nothing = True
        else:
            found[amount.unit] = round(amount.amount) if amount.unit == "trials" else amount.amount
    return found, nothing


def _medium(text: Text, content: Sequence[NamedFile], others: Sequence[NamedFile]) -> MediumName | None:
    """Of the content; else of any file that is no picture; else what the words are about."""
    for file in (*content, *others):
        if file.medium != "image":
            return file.medium
    if content or len(others) > 1:  # two pictures are one and its style, whatever "film" the one is to look shot on
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


def _files(files: Sequence[NamedFile], where: Path) -> Iterator[Clarification]:
    """What is wrong with the files that were named."""
    for file in files:
        if file.url:
            yield Clarification("address", (str(file.path).replace(":/", "://", 1),))
        elif not file.exists:
            yield Clarification("missing", (str(file.path), *near(file.path, where)))
        elif file.folder and not _works(where / file.path):
            yield Clarification("empty", (str(file.path),))


def _works(folder: Path, kinds: Collection[str] | None = None) -> list[Path]:
    """What a folder stands for, of ``kinds`` where those are given; nothing where it cannot be read."""
    try:
        return find_works(folder, kinds)
    except (OSError, BadInput):
        return []


def near(path: Path, where: Path) -> list[str]:
    """The one file of its medium beside a file that is not there whose name is nearly the same."""
    endings = registry.find(medium_of(path)).readable
    try:
        # By their endings: to look into every file of a large folder takes seconds.
        names = [found.name for found in list_folder(where / path.parent) if found.suffix.lower() in endings]
    except BadInput:
        return []
    close = difflib.get_close_matches(path.stem, [Path(name).stem for name in names], n=1, cutoff=0.6)
    return [str(path.parent / name) for name in names if Path(name).stem in close][:1]
