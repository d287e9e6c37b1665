"""Scores of sound: each on a filterbank of its own, anchored between the untouched content and the style.

recording_scorer.py  what both have in common
scorer.py            AudioScorer, of sounds and music
voices.py            VoiceScorer, of one voice that takes on another
rhythm.py            content: onsets, pitch classes, movement of bands, held against the content moment by moment
held_out.py          the same two questions asked of mel cepstra
"""
