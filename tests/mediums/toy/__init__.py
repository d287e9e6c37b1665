"""Plain text as a medium: everything that one takes, in one folder, with a method and a score of its own.

spec.py     the medium and its method as data
medium.py   loading, drawing, saving, showing
method.py   swap: words of the content give way to words of the style
scorer.py   what is kept of the content, and what of the style's vocabulary is there
"""
