"""Advice to a running search: what its state suggests to change, with the reason.

    a study's record -> State -> rules.advise -> Advice -> steer_study; a language model reads the notice of the round

The sampler finds numbers; advice moves what the sampler takes as given: bounds, fixed parameters, a few trials to try,
the methods, the end.
"""
