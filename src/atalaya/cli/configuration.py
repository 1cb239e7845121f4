"""Builds the one record of settings: defaults, then ``observatory.toml``, then ``ATALAYA_*``.

The only module that reads the environment.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from atalaya.model.errors import BadInput, LookAtThis, Place, WrongUse

if TYPE_CHECKING:  # pydantic loads when settings are read, and not for `--help`
    from pydantic import BaseModel

    from atalaya.evidence.toml_files import TomlFile
    from atalaya.model.settings import Folder, Settings

SCHEMA = 1
_PREFIX = "ATALAYA_"
_OTHERS = {"ATALAYA_SHARED"}  # read by the project's own tests
# written with commas in a variable
_LISTS = {"languages", "serving.hosts", "mail.to", "webhooks.to"}


class Setting(NamedTuple):
    """One setting as it holds now, and where it came from."""

    key: str
    value: Any
    origin: str


def observatory(folder: Path | None) -> Folder:
    """Find the observatory a command works on.

    Args:
        folder: As given on the command line, or None: then the current folder if it holds
            ``observatory.toml``, else ``./observatory``.

    Raises:
        WrongUse: There is no observatory there.
    """
    from atalaya.model.settings import Folder

    here = Folder(where(folder))
    if not here.settings.is_file():
        raise WrongUse(
            f"{here.root} is not an observatory: it has no observatory.toml",
            do=f"make one with `atalaya init {here.root}`, or name the folder of yours",
        )
    return here


def where(folder: Path | None) -> Path:
    """Give the folder a command means."""
    if folder is not None:
        return folder
    return Path() if Path("observatory.toml").is_file() else Path("observatory")


def load(folder: Folder, environment: Mapping[str, str] | None = None) -> Settings:
    """Build the settings of an observatory.

    Raises:
        BadInput: A key or value is not understood; the message names file or variable.
    """
    return _build(folder, os.environ if environment is None else environment)[0]


def explain(folder: Folder, environment: Mapping[str, str] | None = None) -> Iterator[Setting]:
    """Give every setting with its value and where it came from."""
    settings, given, said = _build(folder, os.environ if environment is None else environment)
    for key, value in _leaves(settings):
        if key in given:
            origin = _variable(key)
        else:
            origin = str(folder.settings) if key in said else "default"
        yield Setting(key, value, origin)


def _build(
    folder: Folder, environment: Mapping[str, str]
) -> tuple[Settings, dict[str, str], set[str]]:
    from pydantic import ValidationError

    from atalaya.evidence.toml_files import read_toml, validated
    from atalaya.model.settings import Settings

    file = read_toml(folder.settings)
    _refuse_newer(file)
    written = validated(Settings, file)
    keys = [key for key, _ in _leaves(Settings())]
    given = _from_environment(keys, environment)
    content: dict[str, Any] = written.model_dump(by_alias=True)
    for key, text in given.items():
        section, _, name = key.rpartition(".")
        (content[section] if section else content)[name] = _parsed(key, text)
    try:
        settings = Settings.model_validate(content)
    except ValidationError as error:
        fault = error.errors()[0]
        key = ".".join(str(part) for part in fault["loc"] if not isinstance(part, int))
        raise BadInput(
            f"{fault['input']!r}: {fault['msg']}",
            do=f"correct the variable {_variable(key)} or unset it",
            where=Place(_variable(key)),
        ) from error
    return settings, given, {key for key, _ in _leaves_of(file.content)}


def _refuse_newer(file: TomlFile) -> None:
    schema = file.content.get("schema")
    if isinstance(schema, int) and schema > SCHEMA:
        raise LookAtThis(
            f"this observatory has schema {schema}, and this version of Atalaya knows {SCHEMA}",
            why="an older version could misread what a newer one wrote; nothing was changed",
            do="use the newer version, or restore a backup made before the upgrade",
            where=file.place(("schema",)),
        )


def _parsed(key: str, text: str) -> Any:
    return tuple(part.strip() for part in text.split(",")) if key in _LISTS else text


def _from_environment(keys: list[str], environment: Mapping[str, str]) -> dict[str, str]:
    by_variable = {_variable(key): key for key in keys}
    given = {}
    for variable, text in environment.items():
        if not variable.startswith(_PREFIX) or variable in _OTHERS:
            continue
        if variable not in by_variable:
            near = get_close_matches(variable, by_variable, n=1)
            raise WrongUse(
                f"the variable {variable} names no setting",
                near=near[0] if near else None,
                do="`atalaya settings` lists them all",
            )
        given[by_variable[variable]] = text
    return given


def _variable(key: str) -> str:
    return _PREFIX + key.replace(".", "_").upper()


def _leaves(model: BaseModel, prefix: str = "") -> Iterator[tuple[str, Any]]:
    from pydantic import BaseModel

    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        key = prefix + (field.alias or name)
        if isinstance(value, BaseModel):
            yield from _leaves(value, f"{key}.")
        else:
            yield key, value


def _leaves_of(content: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in content.items():
        if isinstance(value, dict):
            yield from _leaves_of(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value
