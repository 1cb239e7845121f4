"""A source's own reader: Python beside its declaration, for what no declared table can say.

A reader is one function, ``read(document) -> Iterator[Claim]``. It is given a document and gives
claims; it cannot fetch, write or log, because it may import only what is listed here and has no
``open``. That keeps honest code honest and its effects visible in review. It is not a prison for
hostile code: a ``reader.py`` is installed by the person who runs the observatory.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from atalaya.model.errors import BadInput, Place
from atalaya.model.records import Claim, Document
from atalaya.model.tables import CLAIMS, ORDER
from atalaya.reading.tables import Reading

FILE = "reader.py"
_MAY_IMPORT = frozenset(
    {
        "__future__", "atalaya.model", "atalaya.reading", "collections", "csv", "dataclasses",
        "datetime", "decimal", "itertools", "json", "math", "re", "typing", "unicodedata",
    }
)  # fmt: skip
_MAY_NOT_CALL = frozenset(
    {"__import__", "breakpoint", "compile", "eval", "exec", "input", "open", "print"}
)


@dataclass(frozen=True, slots=True)
class Opened:
    """A document as its reader gets it.

    Args:
        document: What it is.
        payload: Its bytes.
    """

    document: Document
    payload: bytes


Reader = Callable[[Opened], Iterable[Claim]]


def load_reader(folder: Path) -> Reader | None:
    """Load the reader of a source, if its folder has one.

    Args:
        folder: The source's folder.

    Returns:
        Its function ``read``, or None where there is no ``reader.py``.

    Raises:
        BadInput: The file is not Python, has no ``read``, or imports or calls what it may not.
    """
    path = folder / FILE
    if not path.exists():
        return None
    name = f"{folder.name}/{FILE}"
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"), name)
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        raise _refused(f"it is not Python: {error}", name, line) from error
    for says, line in _forbidden(tree):
        raise _refused(says, name, line)
    allowed = {one: thing for one, thing in vars(builtins).items() if one not in _MAY_NOT_CALL}
    module: dict[str, Any] = {
        "__name__": f"reader_{folder.name}",
        "__builtins__": allowed | {"__import__": __import__},
    }
    exec(compile(tree, name, "exec"), module)  # noqa: S102 - the operator's own code, checked above
    read: Reader | None = module.get("read")
    if not callable(read):
        raise _refused("it has no function read(document)", name, None)
    return read


def read_with(reader: Reader, opened: Opened) -> Reading:
    """Read a document with its source's own reader, and hold every claim to its quotation.

    Args:
        reader: From ``load_reader``.
        opened: The document.

    Raises:
        BadInput: A claim is of another document, or its quote does not stand where it says.
    """
    claims = list(reader(opened))
    for claim in claims:
        _check(claim, opened)
    rows = [
        {name: getattr(claim, name) for name in CLAIMS.names} | {"checked": str(claim.checked)}
        for claim in claims
    ]
    table = pa.Table.from_pylist(rows, schema=CLAIMS)
    ordered = table.sort_by([(name, "ascending") for name in ORDER["claims"]])
    return Reading(ordered, (), rows=len(claims))


def _check(claim: Claim, opened: Opened) -> None:
    document = opened.document
    where = Place(document.address, claim.line)
    if (claim.document, claim.source) != (document.id, document.source):
        raise BadInput(
            f"the reader gave a claim of {claim.document}, and it was reading {document.id}",
            do="give claims of the document it is handed",
            where=where,
        )
    if opened.payload[claim.start : claim.end] != claim.quote.encode():
        raise BadInput(
            f"the reader quotes bytes {claim.start} to {claim.end}, and they say something else",
            why="a claim is only as good as the words it can show",
            do="take start and end from the payload, in bytes",
            where=where,
        )


def _forbidden(tree: ast.Module) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                modules = [alias.name for alias in names]
            case ast.ImportFrom(module=str(module), level=0):
                modules = [module]
            case ast.ImportFrom(lineno=line):
                yield "it imports from beside itself", line
                continue
            case ast.Name(id=name, lineno=line) if name in _MAY_NOT_CALL:
                yield f"it uses {name}", line
                continue
            case ast.Attribute(attr=name, lineno=line) if name.startswith("__"):
                yield f"it reaches for {name}", line
                continue
            case _:
                continue
        for module in modules:
            if not _may_import(module):
                yield f"it imports {module}", node.lineno


def _may_import(module: str) -> bool:
    parts = module.split(".")
    return any(".".join(parts[:length]) in _MAY_IMPORT for length in range(1, len(parts) + 1))


def _refused(says: str, name: str, line: int | None) -> BadInput:
    return BadInput(
        f"the reader cannot be used: {says}",
        why="a reader reads: it cannot fetch, write or log",
        do="define read(document) -> Iterator[Claim]; it may import "
        + ", ".join(sorted(_MAY_IMPORT)),
        where=Place(name, line),
    )
