"""Texts as the catalogue stores them: a byte a character where that can be, which is read in no time.

The bytes are those of Windows-874, and those that it leaves undefined stand for what Thai articles have besides: a
space of no width, Latin letters of names. A text with any other character is stored in UTF-8, deflated. Either way a
checksum, in deflated texts zlib's own, tells damage whenever a text is read.
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
_MARK = b"\0"  # no deflated text begins so; then four bytes of checksum
_BEGIN = 5


def pack(text: str) -> bytes:
    """A text as it is stored."""
    try:
        letters = codecs.charmap_encode(text, "strict", _NUMBERS)[0]
    except UnicodeEncodeError:
        return zlib.compress(text.encode(), 3)
    return _MARK + zlib.crc32(letters).to_bytes(4) + letters


def unpack(packed: bytes) -> str:
    """The text that was stored.

    Raises:
        ValueError, zlib.error: it is damaged.
    """
    if not packed.startswith(_MARK):
        return zlib.decompress(packed).decode()
    letters = memoryview(packed)[_BEGIN:]
    if zlib.crc32(letters).to_bytes(4) != packed[1:_BEGIN]:
        raise ValueError("its checksum differs")
    return codecs.charmap_decode(letters, "strict", _TABLE)[0]
