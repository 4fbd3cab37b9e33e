"""From bytes to text, with the character sets the web still uses."""

from __future__ import annotations

import codecs
import re

#: Of a document; pages are fetched up to 5 MB.
MAX_BYTES = 5 << 20

#: Character sets the web still uses, by their Python names. Python knows more, some of them
#: dangerous ("idna", "unicode_escape", "zlib"); the list is what keeps them out.
_ALLOWED = (
    "utf-8 utf-16 utf-16-le utf-16-be cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 "
    "cp1258 cp866 koi8-r koi8-u iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 "
    "iso8859-8 iso8859-10 iso8859-13 iso8859-14 iso8859-15 iso8859-16 mac-roman mac-cyrillic "
    "gb18030 big5 big5hkscs euc_jp iso2022_jp cp932 cp949 tis-620 cp874"
)
_CHARSETS = frozenset(_ALLOWED.split())
#: What people write, and what browsers take it for.
_TAKEN_FOR = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "utf-16": "utf-16-le",
}
_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(body: bytes, charset: str) -> str:
    """The text of a document. charset: what the HTTP header said, or "".

    Valid UTF-8 is taken for UTF-8 whatever is declared: the other way round is the common
    mistake. Then the declared set, and at last what browsers fall back to. Never raises.
    """
    body = body[:MAX_BYTES]
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    found = _META_CHARSET.search(body, 0, 8_192)
    declared = _charset(charset) or _charset(found[1].decode("ascii") if found else "")
    if declared not in ("iso2022_jp", "utf-16-le", "utf-16-be"):  # these can look like UTF-8
        try:
            return body.decode("utf-8")
        except UnicodeDecodeError as error:
            if error.start >= len(body) - 4:  # cut in the middle of a character
                declared = "utf-8"
    return body.decode(declared or "cp1252", "replace")


def _charset(label: str) -> str:
    try:
        name = codecs.lookup(label).name if label else ""
    except (LookupError, ValueError):
        return ""
    name = _TAKEN_FOR.get(name, name)
    return name if name in _CHARSETS else ""
