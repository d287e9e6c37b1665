"""The methods there are, each with what its spec, the decision table and this machine say of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from autostyle import decision
from autostyle.methods import registry
from autostyle.methods.params import ParamInfo
from autostyle.methods.spec import MethodSpec


@dataclass(frozen=True, repr=False)
class MethodInfo:
    """One method.

    Args:
        spec: all that is declared of it.
        rows: of the decision table in which it stands.
        missing: why it cannot run here, in words; empty where it can.
    """

    spec: MethodSpec
    rows: tuple[str, ...]
    missing: str = ""

    def __repr__(self) -> str:
        return f"<MethodInfo {self.name}: {self.status}>"

    @property
    def name(self) -> str:
        return self.spec.name

    @property
    def title(self) -> str:
        """In one line, for people."""
        return self.spec.title

    @property
    def medium(self) -> str:
        """What it makes: ``image``, ``video``."""
        return self.spec.medium

    @property
    def params(self) -> dict[str, ParamInfo]:
        """Its parameters: range, default and meaning; none while it is planned."""
        return self.spec.params.info() if self.spec.params else {}

    @property
    def available(self) -> bool:
        """Whether it can run here."""
        return not self.missing

    @property
    def status(self) -> str:
        """``built``, ``needs weights`` or ``planned``."""
        return "planned" if not self.spec.built else "built" if self.available else "needs weights"

    def as_json(self) -> dict[str, Any]:
        """What ``autostyle methods --json`` prints of it."""
        return {
            "name": self.name,
            "title": self.title,
            "aliases": list(self.spec.aliases),
            "medium": self.medium,
            "rows": list(self.rows),
            "status": "built" if self.spec.built else "planned",
            "available": self.available,
            "missing": self.missing,
            "needs": list(self.spec.needs),
            "asks": list(self.spec.asks),
            "aids": {aid.name: aid.as_json() for aid in self.spec.aids},
            "source": self.spec.source,
            "params": {key: info.as_json() for key, info in self.params.items()},
        }


def describe_methods(name: str | None = None) -> tuple[MethodInfo, ...]:
    """All methods, or the one called ``name``; raises BadInput where there is none."""
    specs = registry.METHODS.values() if name is None else [registry.find(name)]
    table = decision.load()
    return tuple(MethodInfo(spec, table.rows_with(spec.name), decision.available(spec).missing) for spec in specs)
