"""What a report says, in Korean: the page and report.md, what figures mean, and what parameters do."""

from __future__ import annotations

from autostyle.report.languages.ko.figures import FIGURES
from autostyle.report.languages.ko.figures import SAMPLERS as SAMPLERS
from autostyle.report.languages.ko.fonts import FONTS
from autostyle.report.languages.ko.generators import GENERATORS
from autostyle.report.languages.ko.notes import NOTES as NOTES
from autostyle.report.languages.ko.page import PAGE
from autostyle.report.languages.ko.parameters import PARAMETERS
from autostyle.report.languages.ko.particles import Noun as Noun
from autostyle.report.languages.ko.scenes import SCENES
from autostyle.report.languages.ko.sound import SOUND

SENTENCES = {**FONTS, **GENERATORS, **SCENES, **SOUND, **PAGE, **FIGURES, **PARAMETERS}
