"""The embedded brain's behaviour, as scripts.

script.py         what a script is, and taking one up where the last answer left it
conversation.py   the history boiled down to what scripts ask about
request.py        from pictures and wishes to a running search
study.py          what is said to a study: why, show, compare, steer, more, apply, export
notices.py        what a study says by itself: a round, its end
wording.py        scores, methods, reasons and errors in the language of the request
"""
