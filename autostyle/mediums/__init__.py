"""Media of works: what differs between pictures and clips outside of the methods.

A medium is one folder here and one line in registry.py: how its files are told, what its size is counted in, how its
contents and styles are loaded, what a trial works on, how a whole is drawn, saved, kept and shown, and what scores it.

spec.py       MediumSpec, Scale: a medium as data, without its implementation
contract.py   Medium, Order, Drawn: a medium at work
registry.py   every medium by name, built and planned
files.py      which medium a file is of
serving.py    which methods serve which medium
image/        pictures
video/        clips, and clips made of one picture
"""
