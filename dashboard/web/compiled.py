"""Templates compiled once: to compile them takes longer than to make a page of them."""

from __future__ import annotations

import sys
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path
from types import CodeType

from jinja2.bccache import Bucket, FileSystemBytecodeCache

# By template and content; each part of the site has an environment of its own.
_in_memory: dict[tuple[str, str], CodeType] = {}


class Templates(FileSystemBytecodeCache):
    """Compiled templates in memory, and beside Python's own compiled files for the next start.

    Where Python writes none, or that folder cannot be written, each start compiles anew.
    """

    def __init__(self) -> None:
        super().__init__(str(Path(cache_from_source(__file__)).parent), "%s.jinja")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill `bucket` with the code of its template, if it is kept."""
        bucket.code = _in_memory.get((bucket.key, bucket.checksum))
        if bucket.code is None:
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of one template."""
        assert bucket.code is not None, "a template that was just compiled has code"
        _in_memory[bucket.key, bucket.checksum] = bucket.code
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                super().dump_bytecode(bucket)
