"""A style LoRA from a few pictures: ``autostyle train lora``.

settings.py    what can be chosen
pictures.py    the pictures and their captions, checked before torch is loaded
course.py      what is learnt, from what, and who judges it
card.py        the model card that goes with the file
"""
