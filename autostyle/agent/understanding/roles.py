"""Which of the named pictures is the content and which the style: by the words around them; where these are silent, by
the names and the pictures themselves; where nobody can look, by their order."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from autostyle import named_styles
from autostyle.agent.understanding.clauses import Text
from autostyle.agent.understanding.cues import cues
from autostyle.agent.understanding.grammar.language import Grammar
from autostyle.agent.understanding.grammar.patterns import FILE, FILES
from autostyle.agent.understanding.grammar.roles import Cue
from autostyle.agent.understanding.languages import compose_pattern, spoken
from autostyle.agent.understanding.model import NamedFile, Role

NAMED_STYLE = 9.0
"""What it weighs that a file is one of the styles that come with autostyle: more than any words."""
ANSWER = 7
"""Words of an answer that names a role and nothing else."""
_F = f"[{FILES}]"
_WEAK_LINK = re.compile(r"^\s*[,/]?\s*$")


@compose_pattern
def _link(said: Grammar) -> str:
    roles = said.roles
    return rf"^(?:'?s)?\s*(?:,?\s*(?:&|\+|{roles.and_.source})\s*{roles.also}?)\s*$"


@dataclass
class _Group:
    files: list[NamedFile]
    score: float


@dataclass(frozen=True)
class Roles:
    """The named files as content, styles, and those of which nothing tells what they are (``loose``).

    ``by_looks``: the pictures or their names decided, not what was said.
    """

    content: list[NamedFile]
    styles: list[NamedFile]
    loose: list[NamedFile]
    by_looks: bool = False


ArtworkOdds = Callable[[NamedFile], float | None]
"""Above 0 an artwork, below a photograph, 0 unsure, None where nobody can look: log-odds."""


def assign(text: Text, out: Container[Path] = (), look: ArtworkOdds = lambda file: None, sure: float = 2.0) -> Roles:
    """The roles of the files; those that are turned down ("not monet.jpg") and where something is written to (``out``)
    have none.

    Args:
        look: at a file, where the words do not decide.
        sure: how far apart two looks must be to tell two files apart, and a look from 0 to tell one.
    """
    spots = [
        (i, match.start())
        for match in re.finditer(_F, text.whole)
        for i in [ord(match.group()) - FILE]
        if text.files[i].path not in out and not _turned_down(text.whole, match.start())
    ]
    scored: dict[Path, tuple[NamedFile, float, int]] = {}
    for i, at in spots:  # a file named twice is one, and both places tell its role
        file = text.files[i]
        first, score, place = scored.get(file.path, (file, 0.0, at))
        own = NAMED_STYLE if named_styles.at(file.path) else 0.0
        scored[file.path] = (first, own + score + _score(text.whole, at, len(spots) > 2), place)
    if not scored:
        return Roles([], [], [])
    groups = _joined(text.whole, list(scored.values()))
    if len(groups) == len(scored) == 2 and 0 in (groups[0].score, groups[1].score) and _linked(text.whole, scored):
        groups[0].score = groups[1].score = 0.0  # "with a.jpg and b.png": the word before is about both
    files = [file for file, _, _ in scored.values()]
    if all(score == 0 for _, score, _ in scored.values()) and (found := _by_looks(files, look, sure, groups)):
        return found
    if len(groups) == 1:
        (only,) = groups
        if only.score == 0:
            return Roles([], [], only.files)
        return Roles([], only.files, []) if only.score > 0 else Roles(only.files, [], [])
    return Roles(*_divided(groups), [])


def _divided(groups: Sequence[_Group]) -> tuple[list[NamedFile], list[NamedFile]]:
    """Groups as content and styles; where nothing else tells, the first is the content and the last the style."""
    styles = [group for group in groups if group.score > 0]
    contents = [group for group in groups if group.score < 0]
    open_ = [group for group in groups if group.score == 0]
    if not contents and groups:
        contents = [open_.pop(0)] if open_ else [styles.pop(styles.index(min(styles, key=lambda group: group.score)))]
    if not styles and groups:
        last = max(reversed(contents), key=lambda group: group.score) if not open_ else None
        styles = [open_.pop()] if last is None else [contents.pop(contents.index(last))]
    for group in open_:
        before = groups[groups.index(group) - 1]
        (styles if any(before is style for style in styles) else contents).append(group)
    return _files(groups, contents), _files(groups, styles)


def _by_looks(files: Sequence[NamedFile], look: ArtworkOdds, sure: float, groups: Sequence[_Group]) -> Roles | None:
    """The roles by what the pictures are, those of one group alike; loose where that is unsure, None where one of them
    cannot be looked at."""
    looks = [look(file) for file in files]
    if None in looks and not any(abs(found) >= sure for found in looks if found is not None):
        return None
    known = [found or 0.0 for found in looks]
    if 1 < len(groups) < len(files):  # "a.jpg and b.jpg ... c.jpg": what is joined has one role
        of = {id(file): group for group in groups for file in group.files}
        seen = {id(group): [n for n, file in enumerate(files) if of.get(id(file)) is group] for group in groups}
        known = [
            sum(known[n] for n in together) / len(together) for file in files for together in [seen[id(of[id(file)])]]
        ]
    if len(files) == 1:
        found, far = known[0], abs(known[0]) >= sure
        return (
            Roles(list(files), [], [], True) if far and found < 0 else Roles([], list(files), [], True) if far else None
        )
    middle = (max(known) + min(known)) / 2
    if max(known) - min(known) < sure:
        return Roles([], [], list(files))
    content = [file for file, found in zip(files, known, strict=True) if found < middle]
    return Roles(content, [file for file in files if file not in content], [], True)


def told(text: Text) -> bool:
    """Whether words tell the role of any file."""
    places = [match.start() for match in re.finditer(_F, text.whole)]
    return any(_score(text.whole, at, len(places) > 2) for at in places)


def wants_content(text: Text) -> bool:
    """Whether something is to be done to a picture; "use a.png as style" only says what the style is."""
    return spoken().roles.done_to.search(text.whole) is not None


def _turned_down(whole: str, at: int) -> bool:
    return bool(spoken().roles.not_before.search(whole[:at]) or spoken().roles.not_after.match(whole[at + 1 :]))


def answer(text: Text) -> Role | None:
    """The role that a few words without a file name: "the photo", "it has the style"."""
    concepts = {hit.concept for clause in text.clauses for hit in clause.hits}
    if text.files or len(text.whole.split()) > ANSWER:
        return None
    mine, theirs = bool(concepts & {"mine"}), bool(concepts & {"theirs", "style-word"})
    return None if mine == theirs else "content" if mine else "styles"


def _linked(whole: str, scored: Mapping[Path, tuple[NamedFile, float, int]]) -> bool:
    """Whether "and", and nothing else, stands between two files."""
    (_, _, first), (_, _, second) = scored.values()
    return _link().match(whole[first + 1 : second]) is not None


def _files(order: Sequence[_Group], chosen: Sequence[_Group]) -> list[NamedFile]:
    return [file for group in order if any(group is one for one in chosen) for file in group.files]


def _score(whole: str, at: int, among: bool) -> float:
    """What the words around the file at ``at`` say: the strongest before it and the strongest after it.

    ``among``: it is one of three and more.
    """
    before = re.split(_F, whole[max(0, at - 60) : at])[-1]
    after = re.split(_F, whole[at + 1 : at + 61])[0]
    others = whole[max(0, at - 60) : at]
    known = cues()
    earlier = _first(known.among_before, others) if among else 0.0
    heard = [earlier or _first(known.before, before)]
    heard.append(_first((*known.among, *known.after) if among else known.after, after))
    if spoken().roles.style_at_the_end.match(whole, at + 1):
        heard.append(2.0)
    return sum(heard)


def _first(known: Sequence[Cue], words: str) -> float:
    return next((weight for weight, cue in known if cue.search(words)), 0.0)


def _joined(whole: str, scored: Sequence[tuple[NamedFile, float, int]]) -> list[_Group]:
    """Files of one role: those joined by "and", three or more in a row without a word between, and in a bare list
    those that do not contradict each other."""
    groups: list[_Group] = []
    links = ["", *(whole[a[2] + 1 : b[2]] for a, b in pairwise(scored))]
    runs = _runs(links)
    several = len(scored) > 2
    for n, (file, score, _) in enumerate(scored):
        link, following = links[n], (*links, "")[n + 1]
        agrees = groups and groups[-1].score * score >= 0
        listed = re.fullmatch(r"\s*,\s*", link) and _link().match(following)  # a, b and c
        strong = several and bool(link) and bool(_link().match(link) or listed)
        in_a_run = n > 0 and runs[n] == runs[n - 1]
        row = in_a_run and 2 < runs.count(runs[n]) < len(runs)
        weak = in_a_run and several and agrees and (groups[-1].score or score) and _leaves_a_role(scored, runs, n)
        if groups and (strong or row or weak):
            groups[-1].files.append(file)
            groups[-1].score += score
        else:
            groups.append(_Group([file], score))
    return groups


def _runs(links: Sequence[str]) -> list[int]:
    """Which run each file is in: files with nothing but a space or a comma between them are one."""
    runs: list[int] = []
    for link in links:
        follows = bool(runs) and _WEAK_LINK.match(link) is not None
        runs.append(runs[-1] if follows else len(runs))
    return runs


def _leaves_a_role(scored: Sequence[tuple[NamedFile, float, int]], runs: Sequence[int], n: int) -> bool:
    """Whether the files outside of the run around file ``n`` can have the other role, so that it may share one."""
    if len({score > 0 for _, score, _ in scored if score}) == 2:
        return True
    return any(run != runs[n] and score == 0 for (_, score, _), run in zip(scored, runs, strict=True))
