"""Colours of the demo world: a few palettes that all sit well beside one another."""

from __future__ import annotations

from dataclasses import dataclass, replace

RGB = tuple[int, int, int]

# Shadows lean to aubergine and lights to cream: mixing towards grey would look dusty.
DEEP: RGB = (44, 28, 48)
EMBER: RGB = (104, 44, 20)  # the shade of warm things: bread, pasta, terracotta
CREAM: RGB = (255, 249, 236)
WHITE: RGB = (252, 249, 243)


def rgb(code: str) -> RGB:
    """Six hexadecimal digits to three bytes."""
    return int(code[0:2], 16), int(code[2:4], 16), int(code[4:6], 16)


def mix(first: RGB, second: RGB, share: float) -> RGB:
    """share 0 gives the first colour, 1 the second."""
    keep = 1.0 - share
    return (
        round(first[0] * keep + second[0] * share),
        round(first[1] * keep + second[1] * share),
        round(first[2] * keep + second[2] * share),
    )


def dark(colour: RGB, share: float = 0.3) -> RGB:
    """The colour in shade; warm colours stay warm."""
    warmth = min(1.0, max(0.0, (colour[0] - colour[2] - 20) / 110))
    return mix(colour, mix(DEEP, EMBER, warmth), share)


def lit(colour: RGB, share: float = 0.3) -> RGB:
    """The colour in light."""
    return mix(colour, CREAM, share)


@dataclass(frozen=True, slots=True)
class Palette:
    """wall and table are the large calm areas, a to d the accents, pale and ink the extremes."""

    wall: RGB
    table: RGB
    ink: RGB
    a: RGB
    b: RGB
    c: RGB
    d: RGB
    pale: RGB

    @property
    def accents(self) -> tuple[RGB, RGB, RGB, RGB]:
        return self.a, self.b, self.c, self.d

    def turned(self, by: int) -> Palette:
        """The same colours with the accents in other parts."""
        a, b, c, d = (*self.accents, *self.accents)[by % 4 : by % 4 + 4]
        return replace(self, a=a, b=b, c=c, d=d)


def _palette(codes: str) -> Palette:
    return Palette(*(rgb(code) for code in codes.split()))


PALETTES: dict[str, Palette] = {
    "linen": _palette("F1E7D6 DCC6A4 2E2A33 C8643C 7D8B5A E0A93B 2F5D62 FBF6EC"),
    "clay": _palette("E9C7AE C9866A 3A2430 A8452F 4E6E6A E9B65C F3DDBF FBEFE2"),
    "sage": _palette("CFD6BE A8B38D 26332C D9694A 3F5C48 EBC56B F0D3C0 F7F4E8"),
    "dusk": _palette("35425A 262F43 151926 E58A5C 8FA6B8 E9C46A B6566B F4E9DA"),
    "blush": _palette("F2D5CA DFB1A3 43262F B64B4B 6E7F5E E9B44C 7A4A5E FFF4EC"),
    "sea": _palette("CDE0DF 9BBFC3 1F3440 E2704A 2E6F86 F0C659 E9D8C0 F8F6EE"),
    "mustard": _palette("E8BA50 CD9833 2F2430 B5432F 2F5560 F6E3B4 6B7A4B FFF6E0"),
    "forest": _palette("34503F 263C32 14211C E07B4F 86A97F E8C468 D9A7A0 F3ECDC"),
    "plum": _palette("54344A 3B2333 20121B E2805B A97C94 EBC06A 86A18C F6E8DC"),
    "stone": _palette("DCD6CB BDB4A5 2D2C30 B8643F 6E7C86 D9AE5F 4A5A55 F6F3EC"),
    "sky": _palette("D3DEE9 AFC1D6 25304A D9583B 4A6FA5 F2C14E E8B9A5 FAF7F0"),
    "peach": _palette("F6C8A2 E9A277 40262A C6472F 3E6A66 F7E0A3 8A4B5C FFF3E4"),
    "oat": _palette("EDE4D3 D0B48C 3A2E2A 9A5B3C 8C9A86 D8A657 5B4A4F FAF5EA"),
    "brick": _palette("B9573C 94402D 2B181A F0B45B 2F4F55 F4DFC2 E58C6B FBEBD8"),
    "teal": _palette("2F6568 234C50 10282B EE8A5E 9CC2B5 F2C866 E5B5A6 F5EFE0"),
    "lilac": _palette("DDD3E2 BCAECB 33294A D8604F 6D679E EDBE5A 7F9A7C FAF5F4"),
    "snow": _palette("F5F1E8 E6DDCD 2B2B33 D0573A 55707A E3AC41 A7B59A FFFDF8"),
    "rust": _palette("D98A5B B96A40 35202A 8E3524 35585C F3CF87 F4DCC4 FDF0E0"),
}
