"""How the networks that ship with autostyle were trained, and the drawn pictures some of it learns from.

Run from a checkout, like the benchmarks; nothing of it is installed:

    python -m training.encoder, training.decoder, training.style_embedding,
    training.microast, training.look, training.fast_net: train one of the networks
    python -m training.drawn --out DIR: write the drawn style pictures
"""
