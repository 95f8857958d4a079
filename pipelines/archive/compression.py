"""zstd, with a dictionary where a site has one: the only importer of zstandard.

Pages of one site share most of their bytes. A page alone shrinks to a third or a fourth whatever the level; beside
another page of its site, or with a dictionary trained on many, to a tenth.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import zstandard

__all__ = ["Codec", "DamagedError", "train"]

LEVEL = 3
"""zstd's own default. With a dictionary, level 9 wins a tenth more at three times the time."""
DICTIONARY_BYTES = (32 << 10, 112 << 10)
"""Sizes that are tried; 112 KB is the default of zstd's own command."""
FEWEST_SAMPLES = 16
FEWEST_TIMES = 20
"""Times the size of a dictionary that its samples must have; from fewer zstd's trainer makes a bad one, slowly."""
SEGMENT, RUN = 1536, 8
"""Bytes: of the pieces that a dictionary is put together from, and of what is counted in them (zstd's k and d). Left to
itself zstd tries five lengths of piece, at three times the cost; pages' common parts are long, and of 512 to 4096 these
dictionaries are within 2 % of the best, where zstd's choice may be twice as bad."""
HELD_OUT = 4
"""Every fourth sample is not trained on: it decides whether the dictionary is any good."""


class DamagedError(ValueError):
    """Bytes that cannot be decompressed."""


class Codec:
    """Compresses and decompresses with one dictionary, or none.

    ``dictionary`` is one that :func:`train` made when ``trained``, else any bytes that resemble what is compressed.
    """

    def __init__(self, dictionary: bytes = b"", *, trained: bool = False) -> None:
        kind = zstandard.DICT_TYPE_FULLDICT if trained else zstandard.DICT_TYPE_RAWCONTENT
        self._data = zstandard.ZstdCompressionDict(dictionary, dict_type=kind) if dictionary else None

    @cached_property
    def _compressor(self) -> zstandard.ZstdCompressor:
        if self._data is not None:
            self._data.precompute_compress(level=LEVEL)
        return zstandard.ZstdCompressor(level=LEVEL, dict_data=self._data)

    @cached_property
    def _decompressor(self) -> zstandard.ZstdDecompressor:
        return zstandard.ZstdDecompressor(dict_data=self._data)

    def compress(self, body: bytes) -> bytes:
        """A zstd frame."""
        return self._compressor.compress(body)

    def decompress(self, frame: bytes, size: int) -> bytes:
        """The ``size`` bytes that were compressed. :raises DamagedError: for another frame or dictionary."""
        try:
            body = self._decompressor.decompress(frame, max_output_size=size)
        except zstandard.ZstdError as error:
            raise DamagedError(str(error)) from error
        if len(body) != size:
            raise DamagedError(f"{len(body)} bytes in the place of {size}")
        return body


def train(samples: Sequence[bytes], rival: Codec) -> bytes:
    """A dictionary for pages like the samples; empty when none does better than ``rival``.

    Several sizes are tried on samples that they were not trained on: what zstd's trainer gives depends on the size in
    no foreseeable way, and on few pages is often worse than one whole page of the site.
    """
    if len(samples) < FEWEST_SAMPLES:
        return b""
    held = samples[::HELD_OUT]
    taught: list[bytes | bytearray | memoryview] = [
        sample for number, sample in enumerate(samples) if number % HELD_OUT
    ]
    best, least = b"", _size(rival, held)
    enough = sum(map(len, samples)) // FEWEST_TIMES
    for size in (one for one in DICTIONARY_BYTES if one <= enough):
        try:
            found = zstandard.train_dictionary(size, taught, k=SEGMENT, d=RUN, level=LEVEL).as_bytes()
        except zstandard.ZstdError:  # too little to learn from for this size
            continue
        if (needed := _size(Codec(found, trained=True), held)) < least:
            best, least = found, needed
    return best


def _size(codec: Codec, bodies: Sequence[bytes]) -> int:
    return sum(len(codec.compress(body)) for body in bodies)
