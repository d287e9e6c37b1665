"""What a report says, in Korean: the page and report.md, what figures mean, and what parameters do."""

from __future__ import annotations

from autostyle.report.languages.ko.figures import FIGURES
from autostyle.report.languages.ko.page import PAGE
from autostyle.report.languages.ko.parameters import PARAMETERS

SENTENCES = {**PAGE, **FIGURES, **PARAMETERS}
