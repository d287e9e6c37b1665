"""What there is: methods, and studies of a home."""

from __future__ import annotations

import os

from pydantic import TypeAdapter

from autostyle.api import notebook
from autostyle.api.arguments import read_settings
from autostyle.api.given import hinted
from autostyle.jobs.parent import run
from autostyle.jobs.requests import StudiesRequest
from autostyle.tuning.record import StudySummary
from autostyle.use_cases.listing import MethodInfo as MethodInfo
from autostyle.use_cases.listing import describe_methods


class MethodList(tuple[MethodInfo, ...]):
    """Methods, in order; in a notebook, a table."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return notebook.methods(self)


def list_methods() -> MethodList:
    """The methods, built and planned: what they are for, their parameters, and whether they can run here.

    >>> [method.name for method in list_methods() if method.available][:2]
    ['gatys', 'nnst']
    """
    return MethodList(describe_methods())


@hinted()
def list_studies(*, home: str | os.PathLike[str] | None = None, storage: str | None = None) -> tuple[StudySummary, ...]:
    """The studies of a home, the last changed first.

    Args:
        home, storage: as for :class:`autostyle.Study`.
    """
    settings = read_settings({"home": home, "storage": storage})
    found = run(StudiesRequest(home=settings.home, storage=settings.storage))
    return TypeAdapter(tuple[StudySummary, ...]).validate_python(found["studies"])
