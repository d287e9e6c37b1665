"""Models of one's own: ``autostyle train``.

contract.py    what a course is: a model, what it learns from, and who judges it
trainer.py     the training itself: steps, checkpoints, previews, scores, the end
folder.py      what stands in the folder of a training, and whether it may go on there
checkpoint.py  a training between two steps, in one file
exam.py        how much of a style has been learnt
settings.py    what can be chosen about any training
lora           a style LoRA from a few pictures
fast           a fast net from style pictures and photographs
"""
