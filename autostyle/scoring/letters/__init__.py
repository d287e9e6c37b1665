"""Scores of fonts: of what FreeType draws of the font that was made, glyph by glyph.

scorer.py    FontScorer, what all are held against
ink.py       what is to be seen of glyphs on a ground, and how far that is the old outline
"""
