"""Atalaya: an open, self-hosted observatory for humanitarian drug policy.

The floors, from the ground up: ``model``, ``registers``, ``evidence``, ``reading``, ``series``,
``detection``, ``findings`` and ``promises``, ``publishing``, ``pipeline`` and ``web``, ``cli`` and
``testing``. A floor imports only floors below it; ``docs/floors.md`` says what each is for.
"""

__version__ = "0.1.0"
