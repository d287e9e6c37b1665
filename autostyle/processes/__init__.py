"""A parent and its child processes: one JSON object a line over the child's stdin and stdout. No torch, no optuna.

protocol.py   lines, errors over the wire, and the child's end: Channel
process.py    the parent's end: Child
viewer.py     no child: a file in the person's own viewer
"""
