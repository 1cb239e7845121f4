"""Parquet in memory is read without a native thread, which could abort a command that ends."""

import io
import subprocess
import sys

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from atalaya.model.parquet import table_of

ROWS = pa.table({"id": ["a", "b"], "count": [1, None]})


def file_of(table: pa.Table) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(table, buffer)
    return buffer.getvalue()


def test_rows_and_schema_come_back():
    assert table_of(file_of(ROWS)).equals(ROWS)


def test_what_is_no_parquet_is_refused():
    with pytest.raises(pa.ArrowInvalid):
        table_of(b"id,count\na,1\n")


COUNTED = """
import os, sys
import pyarrow.parquet
from atalaya.model.parquet import table_of
content = sys.stdin.buffer.read()
before = len(os.listdir("/proc/self/task"))
for _ in range(20):
    table_of(content)
print(len(os.listdir("/proc/self/task")) - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="threads are counted in /proc")
def test_no_thread_is_started():
    done = subprocess.run(
        [sys.executable, "-c", COUNTED], input=file_of(ROWS), capture_output=True, check=True
    )
    assert done.stdout.strip() == b"0"
