"""What is asked of a language: by topic, what its people say. A language leaves out what it does not have.

A pattern says one thing in one language. Where languages stand side by side (:func:`languages.spoken`) the patterns of
a name are alternatives, so that a Korean sentence with English words in it is understood word by word; what a topic
puts together itself ("strength 30%", "세기 30%") it puts together from the words of all of them.

Texts are lower case, NFC; a file and a quotation are one private character each.

patterns.py   a pattern, and the characters that stand for files and quotations
amounts.py    how many, how long, how large, in which shares, at which values
look.py       how the result should be
names.py      files, folders, painters and methods
roles.py      which file is the content, which a style
talk.py       what is said to a search, small talk, and what a model claims
language.py   all of it together: a language, and several side by side
"""
