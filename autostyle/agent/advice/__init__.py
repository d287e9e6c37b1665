"""Advice to a running search: what its state suggests to change, with the reason.

    report.json of a study -> State -> rules.advise, or a language model that reads State.text -> Advice -> steer_study

The sampler finds numbers; advice moves what the sampler takes as given: bounds, fixed parameters, a few trials to try,
the methods, the end.
"""
