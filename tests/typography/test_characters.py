"""What a font is shown in covers the scripts that it has."""

from __future__ import annotations

from autostyle.typography.characters import EXCERPT, SYLLABLES, excerpt, specimen

LATIN = range(0x20, 0x7F)


def test_ideographs_are_looked_at_however_many_glyphs_come_before_them() -> None:
    found = excerpt([*LATIN, *SYLLABLES, *range(0x3041, 0x3097), *range(0x4E00, 0xA000)])
    counts = [sum(one in script for one in map(ord, found)) for script in (LATIN, SYLLABLES, range(0x4E00, 0xA000))]
    assert min(counts) >= 10 and len(found) <= EXCERPT


def test_a_script_of_no_line_of_ours_has_one_where_much_of_the_font_is_in_it() -> None:
    devanagari = range(0x0905, 0x093A)
    assert any(ord(line[0]) in devanagari for line in specimen([*LATIN, *devanagari]))
