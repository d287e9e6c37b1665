"""From what a single run was asked for to its job: which method, which of its parameters, and where the result goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from autostyle.brief import Brief, MediumName, Wishes
from autostyle.jobs.requests import StylizeRequest
from autostyle.mediums.serving import content_medium, result
from autostyle.mediums.sides import SaidSize
from autostyle.methods import registry
from autostyle.methods.params import Value
from autostyle.plan import Choice
from autostyle.use_cases import aids, files, methods


@dataclass(frozen=True)
class StylizeOptions:
    """One run.

    Args:
        content, style: by path.
        method: by name; ``auto`` is the decision table's.
        params: those that differ from the method's defaults, as text or as values.
        aids: files by the names of the method's aids, as :mod:`autostyle.use_cases.aids` reads them.
        style_weight: one for each style, in order; empty means equal shares.
        prompt, size, encoder, seed, still, consent: as in :class:`autostyle.jobs.requests.StylizeRequest`.
    """

    content: Path
    style: tuple[Path, ...] = ()
    method: str = "auto"
    params: Mapping[str, Value] = field(default_factory=dict)
    aids: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    style_weight: tuple[float, ...] = ()
    prompt: str | None = None
    size: SaidSize | None = None
    encoder: str = "auto"
    seed: int = 0
    still: bool = False
    consent: bool = False


@dataclass(frozen=True)
class Run:
    """What is to be run, checked.

    Args:
        content, styles: what is read; where there was only one picture and words, it has the style.
        choice: why this method.
        params, aids: of the method.
        medium: of the result.
    """

    asked: StylizeOptions
    content: Path
    styles: tuple[Path, ...]
    choice: Choice
    params: dict[str, Value]
    aids: dict[str, tuple[Path, ...]]
    medium: MediumName

    def request(self, out: Path, *, force: bool, device: str, offline: bool) -> StylizeRequest:
        """The job that writes it to ``out``; ``force`` replaces what is there.

        Raises:
            BadInput: it cannot be written there.
        """
        return StylizeRequest(
            device=device,
            offline=offline,
            content=self.content.resolve(),
            styles=tuple(path.resolve() for path in self.styles),
            style_weights=methods.blend(self.choice.method, len(self.styles), self.asked.style_weight),
            method=self.choice.method,
            params=self.params,
            aids=self.aids,
            prompt=self.asked.prompt,
            size=self.asked.size,
            encoder=self.asked.encoder,
            seed=self.asked.seed,
            out=files.output(
                files.beside_table(out, self.choice.method, self.medium),
                [self.content, *self.styles],
                force,
                self.medium,
            ).resolve(),
            force=force,
            still=self.asked.still,
            consent=self.asked.consent,
        )


def plan(asked: StylizeOptions) -> Run:
    """What ``asked`` comes to.

    Raises:
        BadInput, Missing, NotBuilt: a file, a method or a parameter that cannot be.
    """
    (content,), styles = files.contents([asked.content]), files.styles(asked.style, asked.content)
    kind = content_medium(content, still=asked.still)
    brief = Brief(content=(content,), medium=kind, styles=styles, wishes=Wishes(prompt=asked.prompt))
    choice = methods.choose(brief, asked.method)
    given, texts = aids.apart([choice.method], asked.params, asked.aids)
    paths, with_them = aids.read([choice.method], texts, styles)
    params = methods.check_values([choice.method], {**with_them, **given})[choice.method]
    made, alone = result(choice.method, content, still=asked.still), registry.find(choice.method).words_alone
    if made != kind and asked.prompt and not styles and alone is not None:
        # Nothing to begin with: the one picture has the style, and the words alone say what is shown.
        styles, params = (content,), {**alone, **params}
    methods.blend(choice.method, len(styles), asked.style_weight)
    methods.check_encoder([choice.method], asked.encoder)
    return Run(asked, content, styles, choice, params, paths, made)
