"""Texts as the catalogue stores them: a byte a character where that can be, which is read in no time.

The bytes are those of Windows-874, and those that it leaves undefined stand for what Thai articles have besides: a
space of no width, Latin letters of names. A text with any other character is stored in UTF-8, deflated.
"""

import codecs
import zlib

_BESIDES = (
    "\u200b\u200c\u200d\u2060\ufeff\u00ad\u2028\u202f\ufe0f"  # invisible
    "éèêáàâäçíñóôöøüÉ°·●×®½"
)
"""As many as there are bytes left; changing one makes what was stored before unreadable."""

_undefined = iter(_BESIDES)
_TABLE = "".join(bytes([n]).decode("cp874", "ignore") or next(_undefined) for n in range(256))
_NUMBERS = codecs.charmap_build(_TABLE)
_MARK = b"\0"  # no deflated text begins so


def pack(text: str) -> bytes:
    """A text as it is stored."""
    try:
        return _MARK + codecs.charmap_encode(text, "strict", _NUMBERS)[0]
    except UnicodeEncodeError:
        return zlib.compress(text.encode(), 3)


def unpack(packed: bytes) -> str:
    """The text that was stored.

    Raises:
        ValueError, zlib.error: it is damaged, and that shows; whether it is the same text a digest tells.
    """
    if packed.startswith(_MARK):
        return codecs.charmap_decode(memoryview(packed)[1:], "strict", _TABLE)[0]
    return zlib.decompress(packed).decode()
