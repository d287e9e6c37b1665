"""The embedded brain's behaviour, as scripts.

script.py          what a script is, and taking one up where the last answer left it
dialogue_state.py  the history boiled down to what scripts ask about
request.py         from pictures and wishes to a running search
study.py           what is said to a study: why, show, compare, apply, export
training.py        a LoRA or a fast net from the person's own pictures, and how best to train one
steering.py        changes of its search: less swirl, more trials, another method
notices.py         what a study says by itself: a round, its end
calling.py         calling a tool: its data, or what went wrong said
changes.py         what a change of the plan, or its undoing, was
wording.py         scores, methods, reasons and errors in the language of the request
"""
