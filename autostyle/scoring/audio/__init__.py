"""Scores of sound: each on a filterbank of its own, anchored between the untouched content and the style.

scorer.py     AudioScorer, what all are held against
rhythm.py     content: onsets, pitch classes, movement of bands, held against the content moment by moment
held_out.py   the same two questions asked of mel cepstra
"""
