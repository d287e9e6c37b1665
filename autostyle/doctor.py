"""Is this machine fit for autostyle, and what would mend it? Looks only; nothing is changed or fetched."""

from __future__ import annotations

import os
import shutil
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from packaging.requirements import Requirement

from autostyle.config import Config, ModelConfig
from autostyle.errors import AutostyleError
from autostyle.mediums import registry as mediums
from autostyle.methods import registry
from autostyle.report.text import redact
from autostyle.vision.weights import Weights

MIN_FREE = 500 * 2**20
"""Bytes a study of a few dozen trials may need."""
SECONDS = 3.0
"""How long a model's server may take to answer."""


@dataclass(frozen=True)
class Problem:
    """What is wrong and how to mend it."""

    what: str
    fix: str


@dataclass(frozen=True)
class Health:
    """What was found.

    Args:
        device: the device that work would run on.
        torch: its version, or None where it does not load.
        offline: whether no socket may be opened.
        weights: id -> ``present``, ``absent`` or ``embedded``.
        model: the language model's name, or None for the embedded brain.
        reachable: whether the model's server answers; None where nobody asked (no server of one's own, offline).
        problems: an empty tuple is good health.
    """

    device: str | None
    torch: str | None
    offline: bool
    weights: Mapping[str, str] = field(default_factory=dict)
    model: str | None = None
    reachable: bool | None = None
    problems: tuple[Problem, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "schema": 1,
            "device": self.device,
            "torch": self.torch,
            "offline": self.offline,
            "weights": dict(self.weights),
            "llm": {"model": self.model, "reachable": self.reachable},
            "problems": [{"what": problem.what, "fix": problem.fix} for problem in self.problems],
        }

    def lines(self) -> list[str]:
        """The same for people."""
        weights = ", ".join(f"{name} {status}" for name, status in self.weights.items())
        served = {None: "", True: " (answers)", False: " (no answer)"}[self.reachable]
        return [
            f"device: {self.device or 'unknown'}",
            f"torch: {self.torch or 'does not load'}",
            f"offline: {'yes' if self.offline else 'no'}",
            f"weights: {weights}",
            f"language model: {self.model or 'none, the embedded brain'}{served}",
            *(f"problem: {problem.what}\n    fix: {problem.fix}" for problem in self.problems),
            *([] if self.problems else ["no problems"]),
        ]


def examine(config: Config, describe: Callable[[], Mapping[str, Any]]) -> Health:
    """Look at packages, disk, torch, device, weights and the model's server.

    Args:
        config: the settings in force.
        describe: asks a job process for ``device`` and ``torch``; may raise an AutostyleError.
    """
    weights = Weights.open(config.offline)
    problems = [*packages(), *methods(), *disk(config.home), *embedded(weights)]
    found: Mapping[str, Any] = {}
    try:
        found = describe()
        if "missing" in found:
            problems.append(Problem(**found["missing"]))
    except AutostyleError as error:
        problems.append(Problem(error.message, error.hint))
    reachable = None if config.offline else answers(config.model)
    if reachable is False:
        problems.append(
            Problem(f"no answer from {redact(config.model.api_base)}", "start that server, or set AUTOSTYLE_API_BASE")
        )
    return Health(
        device=found.get("device"),
        torch=found.get("torch"),
        offline=config.offline,
        weights=weights.status(),
        model=config.model.name,
        reachable=reachable,
        problems=tuple(problems),
    )


def packages() -> list[Problem]:
    """The packages autostyle itself asks for that are not here, or not in a version it works with."""
    problems = []
    for requirement in map(Requirement, metadata.requires("autostyle") or ()):
        if requirement.marker is not None and not requirement.marker.evaluate({"extra": ""}):
            continue
        try:
            version = metadata.version(requirement.name)
        except metadata.PackageNotFoundError:
            problems.append(Problem(f"{requirement.name} is not installed", f"pip install '{requirement}'"))
            continue
        if not requirement.specifier.contains(version, prereleases=True):
            what = f"{requirement.name} {version} does not fit {requirement.specifier}"
            problems.append(Problem(what, f"pip install '{requirement}'"))
    return problems


def methods() -> list[Problem]:
    """The methods and media of other packages that are not to be had."""
    hint = "install a version that goes with this autostyle, or uninstall it"
    return [Problem(note, hint) for note in (*mediums.notes(), *registry.notes())]


def embedded(weights: Weights) -> list[Problem]:
    """The models that ship with autostyle and are not here."""
    return [
        Problem(f"the embedded model {id!r} is missing", "pip install --force-reinstall autostyle")
        for id, status in weights.status().items()
        if status == "absent" and weights.entry(id).tier == "embedded"
    ]


def disk(home: Path) -> list[Problem]:
    """Whether studies can be written and have room."""
    folder = next(path for path in (home.resolve(), *home.resolve().parents) if path.exists())
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        return [Problem(f"studies cannot be written to {home}", "name another folder with --home")]
    if shutil.disk_usage(folder).free < MIN_FREE:
        return [Problem(f"less than {MIN_FREE >> 20} MiB are free for {home}", "free some space, or use --home")]
    return []


def answers(model: ModelConfig) -> bool | None:
    """Whether the model's own server answers; None where no such server is named. No key is sent."""
    if not model.api_base:
        return None
    if urlsplit(model.api_base).scheme not in ("http", "https"):
        return False
    try:
        urllib.request.urlopen(f"{model.api_base.rstrip('/')}/models", timeout=SECONDS).close()
    except urllib.error.HTTPError:
        return True  # it speaks, if only to ask for a key
    except (OSError, ValueError):
        return False
    return True
