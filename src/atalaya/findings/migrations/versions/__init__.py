"""Alembic migrations of the decisions store, newest last."""
