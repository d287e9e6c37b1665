"""From a message to what it says, by rules, in every language of ``languages``; no model, no network, a few
milliseconds.

    text -> paths (files) -> clauses (files and quotations cut out, concepts found) -> read -> Understood

languages/             a folder each: words, numbers, and the patterns of every topic
grammar/               what is asked of a language
lexicon.py             words and what clauses mean by them (``prompts/meanings.yaml``)
typing_errors.py       words that are meant
paths.py               files named in running text
clauses.py             a text cut into clauses, each with its concepts; what was taken back ("no wait")
roles.py, cues.py      which file is the content and which the style
wishes.py, leakage.py  how the result should be; things that must not come over
prompt.py              words for methods that read
budget.py, sizes.py    trials, minutes; pixels
methods.py             methods that are named
followups.py, talk.py  what is said to a study; greetings, a yes, a no
read.py                all of it together
merge.py               several messages as one request, short answers among them; what must be asked first
model.py               the result as data
"""
