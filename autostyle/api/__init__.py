"""What Python programs and notebooks use; ``from autostyle import ...`` takes it from here. No torch, nothing printed.

runs.py       stylize, apply
studies.py    tune, load_study, Study; searches.py: a search while it runs
arguments.py  what a search may be told
results.py    Result, Results: what was made
listing.py    list_methods, list_studies
given.py      pictures as they are given: paths, arrays, PIL pictures
notebook.py   how results show themselves

A thin layer: what was asked for is planned by autostyle.use_cases and carried out by autostyle.jobs, as for the command
line.
"""
