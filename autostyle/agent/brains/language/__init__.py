"""A language model as the brain, behind litellm.

library.py    litellm, loaded late and kept quiet
endpoint.py   which server, which key, what the model can do
wire.py       the conversation as a chat request; pictures.py its pictures
reply.py      the streamed reply put together
failures.py   what goes wrong, in words
client.py     one request, asked again where that may help
brain.py      the Brain; vision_model.py the same model asked about pictures for an answer as data
"""
