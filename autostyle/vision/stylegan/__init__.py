"""Generators of StyleGAN2 and StyleGAN3 in plain torch, and the files that people share them in.

generator.py    what both are to a method: a mapping, a synthesis by layers, directions
dense.py        fully connected layers, and the mapping made of them
stylegan2.py    the synthesis that begins with a constant
stylegan3.py    the synthesis without aliases; schedule.py: how wide its layers' bands are; filters.py: its filters
files.py        a file to a generator; rosinality.py: the names of that port
"""
