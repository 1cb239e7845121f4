"""Reads a Parquet file that is in memory already, without starting a thread."""

from __future__ import annotations

import pyarrow as pa


def table_of(content: bytes) -> pa.Table:
    """Decode a Parquet file.

    Arrow's pools are left alone. Its input pool would hold the bytes, which belong to Python, and a
    command that ends meanwhile is aborted (signal 6) by the worker that wants to give them back to
    an interpreter which no longer takes anything. What is read here is small.

    Args:
        content: The whole file.

    Returns:
        Its rows, with its schema.

    Raises:
        pyarrow.ArrowInvalid: It is not a Parquet file.
    """
    import pyarrow.parquet as pq  # costs 50 ms that `--help` need not pay

    # One file needs no dataset: `read_table` would load pandas first, a third of a second.
    return pq.ParquetFile(pa.BufferReader(content), pre_buffer=False).read(use_threads=False)
