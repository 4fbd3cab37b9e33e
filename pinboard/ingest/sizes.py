"""One picture under many addresses: what shops, blogs and picture services write into an address
to have it smaller. Nothing is guessed from this, only compared: an address that a page did not
offer is never fetched.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

#: Services whose address holds another: the picture they make smaller.
_HOLDS = re.compile(
    r"/(?:_next/image|_vercel/image|cdn-cgi/image/[^/]+/|image/fetch/|_ipx/[^/]+/|images?/resize)"
    r"|^https?://(?:images\.weserv\.nl|wsrv\.nl)/"
)
_WP_PHOTON = re.compile(r"^https?://i\d\.wp\.com/")
_INNER_QUERY = ("url", "src", "image", "u")

#: (what is cut out of a path, what stands there instead), all of them tried on every path.
_IN_PATH: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), instead)
    for pattern, instead in (
        # WordPress: photo-300x200.jpg, photo-scaled.jpg; Shopify: lamp_600x400_crop_center@2x.jpg
        (r"[-_]\d{2,4}x(?:\d{2,4})?(?:_crop_[a-z]+)?(?:@\dx)?(?=\.\w{3,4}(?:\.webp)?$)", ""),
        (r"-(?:scaled|rotated|e\d{10,13})(?=\.\w{3,4}$)", ""),
        (r"_(?:pico|icon|thumb|small|compact|medium|large|grande|master)(?=\.\w{3,4}$)", ""),
        (r"@[23]x(?=\.\w{3,4}$)", ""),
        # Wikimedia: /thumb/a/ab/Vase.jpg/640px-Vase.jpg
        (r"/thumb(/\w/\w\w/[^/]+)/(?:lossy-page\d+-)?\d+px-[^/]+$", r"\1"),
        # Amazon: 71abc._AC_SX679_.jpg; Flickr: 123_secret_b.jpg; Tumblr: photo_1280.jpg
        (r"\._[A-Z0-9_,]+_(?=\.\w{3,4}$)", ""),
        (r"(?<=[0-9a-f]{10})_[a-z](?=\.jpg$)", ""),
        (r"_(?:75sq|100|250|400|500|540|640|1280)(?=\.\w{3,4}$)", ""),
        # Blogger and Google: /s1600-h/, /w400-h300/, =w400-h300-no at the end
        (r"/(?:s\d{2,4}|w\d{2,4}-h\d{2,4})(?:-[a-z\d-]+)?(?=/)", ""),
        (r"=[swh]\d{2,4}(?:-[a-z\d]+)*$", ""),
        # Cloudinary: /upload/w_300,h_200,c_fill/v12/…; Wix: …jpg/v1/fill/w_300,h_200/name.jpg
        (r"(?<=/upload)(?:/[a-z]{1,3}_[^/]+)+", ""),
        (r"(?<=\.\w{3})/v1/(?:fill|fit|crop)/.*$|(?<=\.\w{4})/v1/(?:fill|fit|crop)/.*$", ""),
        # Medium: /v2/resize:fit:1400/, /max/800/; Etsy: /il_570xN.; Pinterest: /236x/, /originals/
        (r"/v2/(?:resize|da|c|format)[^/]*(?:/format[^/]*)?(?=/)", ""),
        (r"/(?:max|fit/c)/\d+(?:/\d+)?(?=/)", ""),
        (r"/il_(?:\d+xN|fullxfull|\d+x\d+)\.", "/il."),
        (r"/(?:originals|\d{2,4}x(?:\d{2,4})?(?:_[a-z]{2})?)(?=/)", ""),
        # Magento: /cache/0f4b…/; IIIF: /full/600,/0/default.jpg
        (r"/cache/(?:\d+/)?[0-9a-f]{24,40}(?=/)", ""),
        (r"/(?:full|square|[\d,]+)/(?:!?\d*,\d*|full|max)/0/(?:default|native)\.\w+$", ""),
    )
)
#: Parameters that say how large, in which format and how well, and not which picture.
_SIZING = re.compile(
    r"w|h|wid(?:th)?|hei(?:ght)?|im(?:width|height)|s[whm]|m?size|fit|crop|gravity|resize|scale"
    r"|q|ql?t|quality|fm|fmt|format|auto|dpr|ssl|strip|bg|fl|ixlib|ixid|impolicy|op_\w+|name"
    r"|usm|cs|fp-[xyz]|rect|trim|v|ver|version|t|ts|itok",
    re.IGNORECASE,
)
_PICTURE_NAME = re.compile(r"(?:\.(?:jpe?g|png|webp|gif|avif|heic))+$", re.IGNORECASE)
_WIDTHS = (
    re.compile(r"[-_/.](\d{2,4})x(?:\d{0,4}|N)(?=[-_@./])"),
    re.compile(r"[/,](?:w_|s|w)(\d{2,4})(?=[,/-])"),
    re.compile(r"/(\d{2,4})px-"),
    re.compile(r"[?&](?:w|wid|width|imwidth|sw)=(\d{2,4})(?=&|$)"),
    re.compile(r"(?:resize:fit:|/max/|width=|SX|SL|=s|=w|format=)(\d{2,4})"),
)


def identity(url: str) -> str:
    """The same for all sizes and formats of one picture."""
    inner = _inner(url)
    parts = urlsplit(inner or url)
    path = unquote(parts.path)
    for pattern, instead in _IN_PATH:
        path = pattern.sub(instead, path)
    named = _PICTURE_NAME.search(path)
    pairs = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=100)
    kept = [(name, value) for name, value in pairs if not _SIZING.fullmatch(name)]
    query = "" if named else urlencode(sorted(kept))
    return f"{_host(parts.netloc)}{_PICTURE_NAME.sub('', path)}?{query}"


def named_width(url: str) -> int:
    """The width an address asks for in so many words, pixels; 0 when it asks for none."""
    for pattern in _WIDTHS:
        if found := pattern.search(url):
            return int(found[1])
    return 0


def _inner(url: str) -> str:
    """The address within an address, absolute; "" when there is none."""
    if _WP_PHOTON.match(url):
        return "https://" + url.split("/", 3)[3]
    if not _HOLDS.search(url):
        return ""
    parts = urlsplit(url)
    asked = dict(parse_qsl(parts.query, max_num_fields=100))
    found = next((asked[name] for name in _INNER_QUERY if asked.get(name)), "")
    found = found or unquote(_HOLDS.split(url)[-1].partition("/")[2] if "fetch" in url else "")
    if not found and (held := re.search(r"/(?:cdn-cgi/image|_ipx)/[^/]+/(.+)$", parts.path)):
        found = held[1]
    if not found:
        return ""
    is_whole = re.match(r"https?:/{1,2}", found)
    return found if is_whole else f"{parts.scheme}://{parts.netloc}/{found.lstrip('/')}"


def _host(netloc: str) -> str:
    """Services spread their files over numbered hosts."""
    return re.sub(r"^(?:www\.|(?:i|img|media|cdn|images?)\d+\.)", "", netloc.lower())
