"""Documents as canonical JSON: read strictly, written as the one sequence of bytes that RFC 8785 gives.

Nothing but text, whole numbers, true, false, lists and objects occurs in a document: every amount, quantity and
percentage is a text that holds a decimal, so no binary fraction ever enters. An optional value that is absent, or a
text or list that is empty, is left out.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar, TypeVar, get_args

import msgspec

from supportplan.domain.decodable import decodable
from supportplan.domain.money import Exact
from supportplan.domain.problems import BadDocument

# The end of a text, in a pattern: `$` would let a line break follow, and JSON Schema does not know `\\Z`.
END = r"(?![\s\S])"

MOST_BYTES = 16 * 1024 * 1024

_MEND = "Correct it there and try again; nothing was changed."
_RIGHT_FILE = "Check that it is the right file."


class Document(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base of every value that is written to JSON. Values never change: an edit makes a new one.

    A subclass repeats `frozen=True, kw_only=True`: the second is not inherited, and type checkers miss the first.
    `json_schema` is what its `__post_init__` demands, as far as JSON Schema can say it.
    """

    json_schema: ClassVar[Mapping[str, Any]] = {}


Read = TypeVar("Read", bound=Document)


def read(raw: bytes, into: type[Read], *, name: str = "") -> Read:
    """Read a JSON document of the given type, or say in plain words what is wrong and where.

    `name` is what a person calls the document, such as its file name. Raises BadDocument.
    """
    try:
        value = msgspec.convert(_parse(raw), decodable(into), dec_hook=_figure)
    except msgspec.ValidationError as error:
        words, path = _plain_words(str(error))
        raise BadDocument(words, where=_place(name, path), mend=_MEND) from None
    except BadDocument as problem:
        raise BadDocument(
            problem.what, where=_place(name, problem.where), mend=problem.mend or _MEND
        ) from None
    return value


def canonical(value: Document) -> bytes:
    """Return the canonical bytes of a document: UTF-8, keys sorted, no white space (RFC 8785)."""
    return msgspec.json.encode(value, enc_hook=str, order="sorted")


def digest(raw: bytes) -> str:
    """Return the SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(raw).hexdigest()


def schema(of: type[Document]) -> dict[str, Any]:
    """Return the JSON Schema of a document type.

    It accepts what `read` accepts, but for rules that compare what stands in two places, such as one day with another.
    """
    found: dict[str, Any] = _without_null(msgspec.json.schema(of, schema_hook=_figure_schema))
    for part in _documents(of):
        said = found["$defs"][part.__name__]
        said |= {"description": " ".join(said["description"].split()), **part.json_schema}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}


def _parse(raw: bytes) -> Any:
    if len(raw) > MOST_BYTES:
        raise BadDocument(f"is larger than {MOST_BYTES // 1024**2} MB, which no document of ours is")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadDocument(
            f"is not UTF-8 text: byte {error.start + 1} cannot be read",
            mend=f"{_RIGHT_FILE} If it is, save it as UTF-8.",
        ) from None
    if not text.strip():
        raise BadDocument("is empty", mend=_RIGHT_FILE)
    try:
        found = json.loads(text, object_pairs_hook=_object, parse_int=_int, parse_constant=_constant)
    except json.JSONDecodeError as error:
        raise BadDocument(
            f"is not JSON: line {error.lineno}, column {error.colno} cannot be read",
            mend="" if error.pos else _RIGHT_FILE,
        ) from None
    except RecursionError:
        raise BadDocument("is nested too deeply") from None
    _refuse(found, "")
    return found


def _refuse(value: Any, path: str) -> None:
    """Refuse what JSON can say and no document means: null, and half a character."""
    if isinstance(value, dict):
        for key, part in value.items():
            shown = key if _KEY.fullmatch(key) else "a key"
            _refuse(part, f"{path}.{shown}" if path else shown)
    elif isinstance(value, list):
        for place, part in enumerate(value):
            _refuse(part, f"{path}[{place}]")
    elif value is None:
        raise BadDocument("is null", where=path, mend="Leave it out where there is nothing to say.")
    elif (
        isinstance(value, str) and not value.isascii() and any("\ud800" <= sign <= "\udfff" for sign in value)
    ):
        raise BadDocument("holds half a character", where=path)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise BadDocument(f"says {_quoted(_twice(key for key, _ in pairs))} twice in one place")
    return found


def _twice(keys: Iterable[str]) -> str:
    seen: set[str] = set()
    return next(key for key in keys if key in seen or seen.add(key))  # type: ignore[func-returns-value]


def _quoted(key: str) -> str:
    """Quote a key that looks like one; what people wrote into the place of a key is not repeated."""
    if _NUMBER.fullmatch(key):
        return key
    return f"'{key}'" if _KEY.fullmatch(key) else "a key"


def _constant(text: str) -> Any:
    raise BadDocument(f"says {text}, which is no number a document can hold")


def _int(text: str) -> int:
    if len(text) > 12:
        raise BadDocument("has a whole number that is too long")
    return int(text)


def _figure(kind: type, value: Any) -> Any:
    if issubclass(kind, Exact):
        return kind(value)
    raise NotImplementedError(kind)


def _figure_schema(kind: type) -> dict[str, Any]:
    if issubclass(kind, Exact):
        return {"type": "string", "pattern": f"^(?:{kind.pattern()}){END}"}
    raise NotImplementedError(kind)


def _documents(kind: Any) -> Iterator[type[Document]]:
    """Yield the types of documents that stand in a type, itself among them."""
    if isinstance(kind, type) and issubclass(kind, Document):
        yield kind
        for field in msgspec.structs.fields(kind):
            yield from _documents(field.type)
    else:
        for part in get_args(kind):
            yield from _documents(part)


def _place(name: str, path: str) -> str:
    return ", ".join(part for part in (name, path) if part)


_NUMBER = re.compile(r"-?[0-9]+")
_KEY = re.compile(r"[a-z][a-z_]{0,31}")
_AT = re.compile(r"(?P<words>.*?)(?: - at `(?:key in )?\$\.?(?P<path>[^`]*)`)?", re.DOTALL)
_KINDS = {
    "str": "text",
    "int": "a whole number",
    "object": "an object",
    "array": "a list",
    "bool": "true or false",
    "null": "nothing",
    "float": "a number with a point",
}
_WORDS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"Object contains unknown field `(.*)`"), "has {0}, which does not belong there"),
    (re.compile(r"Object missing required field `(.*)`"), "lacks {0}, which is needed"),
    (re.compile(r"Expected `date(?: \| null)?`, got `\w+`|Invalid RFC3339 encoded date"), "should be a day of the calendar, in quotes, such as \"2026-09-01\""),
    (re.compile(r"Expected `(\w+)(?: \| null)?`, got `(\w+)`"), "should be {0}, but is {1}"),
    (re.compile(r"Expected `str` of length <= (\d+)"), "is longer than {0} characters"),
    (re.compile(r"Expected `array` of length <= (\d+)"), "has more than {0} entries"),
    (re.compile(r"Expected `array` of length (\d+), got \d+"), "should have {0} entries"),
    (re.compile(r"Expected `(?:str|array)` of length >= 1"), "should not be empty"),
    (re.compile(r"Expected `int` >= (-?\d+)"), "should be at least {0}"),
    (re.compile(r"Expected `int` <= (-?\d+)"), "should be at most {0}"),
    (re.compile(r"Expected `str` matching regex .*"), "holds signs that are not allowed there, or nothing at all"),
    (re.compile(r"Invalid enum value .*"), "is not one of the words allowed there"),
)  # fmt: skip


def _plain_words(error: str) -> tuple[str, str]:
    """Turn the decoder's message into a sentence about the thing at a path, and the path."""
    match = _AT.fullmatch(error)
    words, path = (match["words"], match["path"] or "") if match else (error, "")
    path = path.replace("[...]", "")
    for pattern, sentence in _WORDS:
        if found := pattern.fullmatch(words):
            return sentence.format(*(_KINDS.get(part) or _quoted(part) for part in found.groups())), path
    return words, path


def _without_null(schema: Any) -> Any:
    """Say of optional keys that they may be absent, not that they may be null."""
    if isinstance(schema, list):
        return [_without_null(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {
        key: _without_null(value) for key, value in schema.items() if not (key == "default" and value is None)
    }
    kinds = [kind for kind in kept.get("anyOf", []) if kind != {"type": "null"}]
    if len(kinds) == 1:
        del kept["anyOf"]
        kept = {**kinds[0], **kept}
    return kept
