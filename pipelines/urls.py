"""What an address is, and when two addresses are the same page.

``canonical_url`` gives the form that is fetched and printed, ``url_key`` the identity under which it is stored.

Percent-encoding, dot segments, ports and punycode follow RFC 3986 section 6.2.2 and the URL Standard
(https://url.spec.whatwg.org/). Two ready-made functions were left aside: ``w3lib.url.canonicalize_url`` sorts the
query (some servers read it in order) and keeps user names and default ports, and ``courlan.normalize_url`` drops
parameters such as ``cid``, ``source`` or ``keyword``, which on many news sites name the article.
"""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import IPv6Address
from typing import NamedTuple
from urllib.parse import unquote

import idna

__all__ = ["canonical_url", "host_of", "is_web_url", "url_key"]

LONGEST = 8192
"""Characters. Servers commonly refuse a longer request line; nothing that long is an article's address."""

_REMEMBERED = 16_384
"""Addresses kept read: a ticker repeats the same fifty on every page."""

# Parameters that say how a reader came, never which page he sees. Collected from the lists that browsers and ad
# blockers strip: https://github.com/AdguardTeam/AdguardFilters/blob/master/TrackParamFilter/sections/general_url.txt
# and https://firefox.settings.services.mozilla.com/v1/buckets/main/collections/query-stripping/records
_TRACKING = re.compile(
    r"""(?:utm|at|fb|guce|hsa|itm|matomo|mtm|ns|oly|piwik|pk|vero)_.*|wt[._]z?mc.*|_hs.*
    |(?:dc|fbc|gc|ttc|twc|yc|ysc)lid|(?:cmp|gbra|ic|igsh|msclk|nc|oc|rb_click|sm|srslt|wbra|wicked)id|gclsrc|igsh
    |_ga|_gac|_gl|guccounter|mc_cid|mc_eid|mibextid|mkt_tok|ml_subscriber(?:_hash)?|s_cid|s_kwcid|smtyp|epik|trk
    |xt(?:or|ref|cr|mc|np)|soc_src|soc_trk|sr_share|share|cmp|ito|__s|__twitter_impression|_openstat|replytocom""",
    re.VERBOSE,
)
_REFERRER = re.compile(r"ref(?:_src|_url)?|referr?er")
"""Tracking as a word (``ref=rss``); with a digit the value may name the article (``ref=20417``) and stays."""
_SESSION = re.compile(r"cfid|cftoken|jsessionid|oscsid|phpsessid|session_?id|zenid|aspsessionid.*")
_MAYBE_SESSION = re.compile(r"s|sess|sessid|session|sid")
"""A session only with a long random value: ``sid=123`` is a story's number in several content systems."""
_RANDOM_TOKEN = re.compile(r"(?=.*[0-9])[A-Za-z0-9]{20,}")
_ASP_SESSION = re.compile(r"\([SAF]\([A-Za-z0-9]{16,}\)\)")
"""ASP.NET's cookieless session: a path segment of its own."""

_ADDRESS = re.compile(r"(https?):[/\\]{2,}([^/\\?#]*)([^?#]*)(?:\?([^#]*))?", re.IGNORECASE)
_SERVER = re.compile(r"(?:\[([^\]]*)\]|([^:\[\]]*))(?::(.*))?", re.DOTALL)
_HOST = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
_PORT = re.compile(r"0*([1-9][0-9]{0,4})")
_DEFAULT_PORTS = {"http": "80", "https": "443"}
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_UNSAFE_IN_PATH = re.compile(r"%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9\-._~!$&'()*+,;=:@/%]+")
_UNSAFE_IN_QUERY = re.compile(r"%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9\-._~!$&'()*+,;=:@/?%]+")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_BLANKS = "".join(map(chr, range(33))) + "\x7f\x85\xa0\u200b\u200e\u200f\u2028\u2029\u3000\ufeff"
_LINE_BREAKS = str.maketrans("", "", "\t\r\n")
_SURROGATE = re.compile("[\ud800-\udfff]")
_ESCAPED_AMPERSAND = re.compile(r"(?:amp;)+")


class _Address(NamedTuple):
    scheme: str
    host: str
    port: str
    """Empty when it is the scheme's default."""
    path: str
    query: str


@lru_cache(maxsize=_REMEMBERED)
def canonical_url(url: str) -> str:
    """The cleaned form of an absolute web address, fit to be fetched.

    Scheme and host in lower case, host as punycode; no user name, default port, fragment, tracking parameter or
    session id; percent-encoding and dot segments normalised. Other parameters stay, in their order.
    Applied twice it changes nothing.

    >>> canonical_url("HTTPS://Www.Example.com:443/fr/./a?id=7&utm_source=rss#top")
    'https://www.example.com/fr/a?id=7'

    :raises ValueError: with one sentence, when the text is no absolute http or https address.
    """
    scheme, host, port, path, query = _read(url)
    return f"{scheme}://{host}{':' if port else ''}{port}{path}{'?' if query else ''}{query}"


@lru_cache(maxsize=_REMEMBERED)
def url_key(url: str) -> str:
    """The identity of an address: equal for the forms under which one page is usually linked.

    The canonical form without scheme, its port, leading ``www.`` and trailing slash, with the parameters sorted by
    name (values of a repeated name keep their order). ``url_key("https://" + key)`` is ``key`` again.

    >>> url_key("http://www.example.com/fr/challenge/1/?b=2&a=1")
    'example.com/fr/challenge/1?a=1&b=2'

    :raises ValueError: as :func:`canonical_url`.
    """
    _, host, port, path, query = _read(url)
    port = "" if port in _DEFAULT_PORTS.values() else port
    path = re.sub(r"/{2,}", "/", path).rstrip("/")
    if "&" in query:
        query = "&".join(sorted(query.split("&"), key=lambda piece: piece.partition("=")[0]))
    return f"{_without_www(host)}{':' if port else ''}{port}{path}{'?' if query else ''}{query}"


def is_web_url(text: str) -> bool:
    """Whether the text is an absolute http or https address, that is, one :func:`canonical_url` accepts."""
    try:
        _read(text)
    except ValueError:
        return False
    return True


def host_of(url: str) -> str:
    """The host without ``www.``, port and brackets, as punycode; empty when the text is no web address.

    >>> host_of("https://www.Maghress.com:8080/fr")
    'maghress.com'
    """
    try:
        return _without_www(_read(url).host).strip("[]")
    except ValueError:
        return ""


def _without_www(host: str) -> str:
    while host.startswith("www.") and "." in host[4:]:
        host = host[4:]
    return host


@lru_cache(maxsize=_REMEMBERED)
def _read(url: str) -> _Address:
    text = url.strip(_BLANKS).translate(_LINE_BREAKS)
    shown = ascii(text if len(text) <= 80 else text[:77] + "...")
    match = _ADDRESS.match(_SURROGATE.sub("\ufffd", text))
    if not match:
        raise ValueError(f"{shown} is no web address; write it in full, starting with http:// or https://.")
    scheme, query = match[1].lower(), match[4] or ""
    host, port = _read_authority(match[2], shown)
    port = "" if port == _DEFAULT_PORTS[scheme] else port
    address = _Address(scheme, host, port, _clean_path(match[3]), _clean_query(query))
    if max(len(text), sum(map(len, address))) > LONGEST:
        raise ValueError(f"The address {shown} is longer than {LONGEST} characters.")
    return address


def _read_authority(authority: str, shown: str) -> tuple[str, str]:
    """Host and port. A user name is dropped: no page is known by it, and the database is handed to other people."""
    match = _SERVER.fullmatch(authority.rpartition("@")[2])
    host = (_read_ipv6(match[1]) if match[1] is not None else _read_name(match[2])) if match else ""
    if not match or not host:
        raise ValueError(f"{shown} names no host that could exist.")
    if not match[3]:
        return host, ""
    port = _PORT.fullmatch(match[3])
    if not port or int(port[1]) > 65535:
        raise ValueError(f"{shown} has a port that is no number from 1 to 65535.")
    return host, port[1]


def _read_ipv6(text: str) -> str:
    try:
        return f"[{IPv6Address(text)}]" if "%" not in text else ""
    except ValueError:
        return ""


def _read_name(text: str) -> str:
    """A host name or IPv4 address in lower-case ASCII; empty when it is none."""
    name = (unquote(text) if "%" in text else text).lower().removesuffix(".")
    if not name.isascii():
        try:
            name = idna.encode(name, uts46=True).decode("ascii").removesuffix(".")
        except (UnicodeError, IndexError):
            return ""
    return name if len(name) <= 253 and _HOST.fullmatch(name) else ""


def _clean_path(path: str) -> str:
    """A path with normal percent-encoding, without session ids and dot segments; at least ``/``."""
    kept: list[str] = []
    segments = _encode(path.replace("\\", "/"), _UNSAFE_IN_PATH).split("/")[1:]
    segments = [_without_session(segment) for segment in segments if not _ASP_SESSION.fullmatch(segment)]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments and segments[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)


def _without_session(segment: str) -> str:
    if ";" not in segment:
        return segment
    name, *parameters = segment.split(";")
    return ";".join([name, *(each for each in parameters if not _SESSION.fullmatch(each.partition("=")[0].lower()))])


def _clean_query(query: str) -> str:
    """A query without tracking parameters and session ids; ``&amp;`` left over from HTML is read as ``&``."""
    if not query:
        return ""
    pieces = (_ESCAPED_AMPERSAND.sub("", piece, 1) if piece.startswith("amp;") else piece
              for piece in _encode(query, _UNSAFE_IN_QUERY).split("&"))  # fmt: skip
    return "&".join(piece for piece in pieces if piece and not _says_nothing(piece))


def _says_nothing(piece: str) -> bool:
    """Whether a ``name=value`` of a query leaves the page the same."""
    name, _, value = piece.partition("=")
    name = unquote(name).lower()
    if _TRACKING.fullmatch(name) or _SESSION.fullmatch(name):
        return True
    if _REFERRER.fullmatch(name):
        return not any(character.isdigit() for character in value)
    return bool(_MAYBE_SESSION.fullmatch(name) and _RANDOM_TOKEN.fullmatch(value))


def _encode(text: str, unsafe: re.Pattern[str]) -> str:
    """Percent-encode what must be, decode what need not be, and write escapes in upper case (RFC 3986, 6.2.2)."""
    if unsafe.search(text):
        text = unsafe.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), text)
    return _ESCAPE.sub(_shortest_escape, text) if "%" in text else text


def _shortest_escape(match: re.Match[str]) -> str:
    character = chr(int(match[0][1:], 16))
    return character if character in _UNRESERVED else match[0].upper()
