"""The Gaussian process that proposes trials; it knows parameters, scores and the front, and nothing of studies.

places.py     parameter sets as points
process.py    what a score may be at a point nobody tried
expected.py   how much the front may gain from there
proposal.py   the point of many that may gain most
"""
