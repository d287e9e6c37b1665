"""What every command gets: settings and console."""

from __future__ import annotations

from dataclasses import dataclass

import typer

from autostyle.cli.console import Console
from autostyle.config import Config

EVERYWHERE = (
    "Everywhere, before or after the command: --json, --quiet, --offline, --device auto|cpu|cuda\\[:N]|mps, "
    "--home DIR (default ./studies), -v, --version."
)


@dataclass(frozen=True)
class Session:
    """The settings of this call and where its words go."""

    config: Config
    console: Console

    @property
    def storage(self) -> str:
        """The Optuna storage that the studies of this home share."""
        return self.config.storage or f"sqlite:///{self.config.home.resolve() / 'autostyle.db'}"


class Context(typer.Context):
    """Typer's context with our :class:`Session` on it."""

    obj: Session
