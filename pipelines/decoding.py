"""Bytes become text, as a browser reads them."""

from __future__ import annotations

import codecs
import re
import unicodedata

__all__ = ["decode", "decode_utf8"]

# What browsers read when a page names these (WHATWG Encoding standard).
_AS_BROWSERS_READ = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252",
                     "ascii": "cp1252", "iso8859-1": "cp1252", "iso-8859-9": "cp1254", "gb2312": "gb18030",
                     "gbk": "gb18030", "tis-620": "cp874", "ks_c_5601-1987": "cp949", "euc-kr": "cp949"}  # fmt: skip
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)


def decode(body: bytes, content_type: str = "") -> str:
    """A page's bytes as NFC text: UTF-8 where they are valid UTF-8 whatever is declared, else as declared.

    ``content_type`` is the response header. Never raises: undecodable bytes become U+FFFD.
    """
    text = decode_utf8(body)
    return _composed(_decode(body, content_type)) if text is None else text


def decode_utf8(body: bytes) -> str | None:
    """The text of a page that is valid UTF-8, as :func:`decode` reads it whatever is declared; None of any other."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return text if _is_composed(body) else _composed(text.removeprefix("\ufeff"))


def _composed(text: str) -> str:
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


_ASCII = bytes(range(0x80))
_LATIN = bytes(range(0xCC))
"""The bytes of UTF-8 with which no character from U+0300 on begins: combining marks are there."""


def _is_composed(utf8: bytes) -> bool:
    """Whether UTF-8 has Latin letters, dashes, quotation marks and currencies alone, which are NFC: most pages have.

    ``unicodedata`` takes four times as long to say so.
    """
    letters = utf8.translate(None, _ASCII)
    others = len(letters.translate(None, _LATIN))
    signs = letters.count(b"\xe2\x80") + letters.count(b"\xe2\x82")  # U+2000 to U+203F, U+2080 to U+20BF
    return others == signs and b"\xe2\x80\x80" not in letters and b"\xe2\x80\x81" not in letters


def _decode(body: bytes, content_type: str) -> str:
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    declared = _CHARSET.search(content_type) or _CHARSET.search(body[:4096].decode("ascii", "ignore"))
    name = declared[1].lower() if declared else ""
    name = _AS_BROWSERS_READ.get(name, name)
    if name in ("", "utf-8", "utf8"):
        as_utf8 = body.decode("utf-8", "replace")
        good = sum(len(run) for run in re.findall("[\u0080-\ufffc]+", as_utf8))
        name = "utf-8" if good > as_utf8.count("\ufffd") else "cp1252"
    try:
        return body.decode(name, "replace")
    except (LookupError, UnicodeError):
        return body.decode("cp1252", "replace")
