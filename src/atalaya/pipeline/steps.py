"""Which steps may be skipped: a step whose inputs have the same fingerprint made the same outputs.

The fingerprints lie in ``tables/steps.json``. Deleting it, or all of ``tables/``, only means that
the next run does every step again.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from atalaya import __version__
from atalaya.evidence.durable import write_file
from atalaya.model.identifiers import canonical_json, sha256_hex

_FILE = "steps.json"
_SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Steps:
    """Fingerprints of the steps as they were last done.

    Args:
        folder: ``tables/``.
        done: Step -> fingerprint of its inputs when it was last done.
    """

    folder: Path
    done: dict[str, str]

    @classmethod
    def load(cls, folder: Path) -> Steps:
        """Read what was done; anything unreadable only means that all is done again."""
        try:
            content = json.loads((folder / _FILE).read_bytes())
        except (FileNotFoundError, ValueError):
            return cls(folder, {})
        known = isinstance(content, dict) and content.get("schema") == _SCHEMA
        return cls(folder, dict(content["done"]) if known else {})

    @classmethod
    def of_this_version(cls, folder: Path) -> bool:
        """Whether the tables were made by this version of the software."""
        try:
            content = json.loads((folder / _FILE).read_bytes())
        except (FileNotFoundError, ValueError):
            return False
        return isinstance(content, dict) and content.get("software") == __version__

    def same(self, step: str, fingerprint: str, *outputs: Path) -> bool:
        """Whether a step was last done with these inputs and its outputs are still there."""
        return self.done.get(step) == fingerprint and all(path.exists() for path in outputs)

    def remember(self, step: str, fingerprint: str) -> Steps:
        """Note that a step was done, and store it."""
        done = self.done | {step: fingerprint}
        text = json.dumps(
            {"schema": _SCHEMA, "software": __version__, "done": done}, indent=1, sort_keys=True
        )
        write_file(self.folder / _FILE, text.encode())
        return Steps(self.folder, done)


def fingerprint(*inputs: Any) -> str:
    """Hash the inputs of a step (JSON values), with the version of the software that does it."""
    return sha256_hex(canonical_json([__version__, *inputs]))
