"""A style LoRA from a few pictures: ``autostyle train lora``.

settings.py    what can be chosen
pictures.py    the pictures and their captions, checked before torch is loaded
folder.py      what stands in the folder of a training, and whether it may go on there
checkpoint.py  a training between two steps, in one file
exam.py        how much of the style has been learnt, on pictures that were kept out
run.py         the training itself
card.py        the model card that goes with the file
"""
