"""From what was asked for to a plan, the same for the command line, Python and the agent. No torch, no Optuna.

files.py     files that a person named, checked before anything is started
methods.py   which methods, and which of their parameters are held, bounded or tried first
plans.py     a new plan from pictures, a choice and wishes
tune.py      what a search was asked for; stylize.py: a single run; batch.py: a recipe on many pictures
listing.py   the methods there are
"""
