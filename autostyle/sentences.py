"""What a person reads, with its template kept: the key under which every other language has it.

A :class:`Sentence` is its English text, so it goes wherever text goes. What it was made of stays with it: between
processes through :func:`pack_sentences` and :func:`unpack_sentences`, which leave the text itself where it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from string import Formatter
from typing import Any, Self

SentenceValue = str | int | float | bool | None
"""What stands in a template: a name, a number, or a sentence of its own."""
Packed = list[list[Any]]
"""Of every sentence in a tree of JSON: where it is, its template, its values and the sentences among these."""


class Sentence(str):
    """``template`` with ``values`` in it, in English.

    A template without values is taken as it is, braces and all. Values that are no text and no number become text.

    Raises:
        KeyError: a value is missing that the template names.
    """

    template: str
    values: Mapping[str, SentenceValue]

    def __new__(cls, template: str, /, **values: object) -> Self:
        if isinstance(template, cls) and not values:
            return template
        kept = {name: _value(values[name]) for name in fields(template)} if values else {}
        return cls._of(template.format_map(kept) if values else template, template, kept)

    @classmethod
    def _of(cls, text: str, template: str, values: Mapping[str, SentenceValue]) -> Self:
        self = super().__new__(cls, text)
        self.template, self.values = str(template), values
        return self

    @classmethod
    def restored(cls, text: str, template: str, values: Mapping[str, SentenceValue]) -> Self:
        """A sentence that was made elsewhere, by ``template`` only as a key: nothing is put into it here.

        Raises:
            TypeError: these are no such things.
        """
        known = all(_value(value) is value for value in values.values())
        if not (known and isinstance(text, str) and isinstance(template, str)):
            raise TypeError("no sentence")
        return cls._of(text, template, values)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        """A field of the type ``Sentence | str`` keeps what it is given; in JSON it is text."""
        from pydantic_core import core_schema  # most of what speaks does so without pydantic

        return core_schema.is_instance_schema(cls, serialization=core_schema.to_string_ser_schema())


def fields(template: str) -> Iterator[str]:
    """The names of the values in ``template``, in its order."""
    return (name for _, name, _, _ in Formatter().parse(template) if name)


def join_sentences(sentences: Iterable[str], between: str = ", ") -> Sentence:
    """Several in a row, each of which keeps its template."""
    values = {f"part{place}": sentence for place, sentence in enumerate(sentences)}
    return Sentence(between.join(f"{{{name}}}" for name in values), **values)


def reason(error: OSError) -> Sentence:
    """What the system says of ``error``: ``No such file or directory``."""
    return Sentence(error.strerror or str(error))


def keyed(**sentences: str) -> dict[str, Any]:
    """The ``templates`` of ``sentences`` by name, and the ``values`` in them, for programs that speak to people."""
    known = {name: Sentence(sentence) for name, sentence in sentences.items() if sentence}
    values = {name: value for sentence in known.values() for name, value in sentence.values.items()}
    return {"templates": {name: sentence.template for name, sentence in known.items()}, "values": values}


def pack_sentences(tree: Any) -> Packed:
    """What the text of ``tree``, of JSON's types, does not say of the sentences in it."""
    found = ((where, sentence.template, dict(sentence.values)) for where, sentence in _found(tree))
    return [[[*where], template, values, pack_sentences(values)] for where, template, values in found]


def unpack_sentences(tree: Any, sentences: Packed) -> None:
    """Put the sentences that :func:`pack_sentences` told of back into ``tree``, which came from JSON.

    Raises:
        ValueError: there is no such place in it, or what is there is none.
    """
    try:
        for (*way, last), template, values, nested in sentences:
            unpack_sentences(values, nested)
            place = tree
            for step in way:
                place = place[step]
            place[last] = Sentence.restored(place[last], template, values)
    except (LookupError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise ValueError("no sentences") from error


_MAY_HOLD = (Sentence, dict, list, tuple)


def _found(tree: Any, where: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Sentence]]:
    if isinstance(tree, Sentence):
        yield where, tree
        return
    inside = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list | tuple) else ()
    for name, value in inside:
        if isinstance(value, _MAY_HOLD):
            yield from _found(value, (*where, str(name) if isinstance(tree, dict) else name))


def _value(value: object) -> SentenceValue:
    return value if value is None or isinstance(value, str | int | float) else str(value)
