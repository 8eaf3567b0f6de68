"""Bytes → text, and the codec that did it. Nothing is replaced, guessed over or cut.

UTF-8 and files with a byte order mark are recognised at once. What is left is decided by
charset-normalizer, except that Thai is first looked for by its spelling: on a line or two of
Windows-874 a statistical detector answers Chinese or Japanese, but Thai vowel signs and tone marks
stand only after Thai consonants, and bytes of any other encoding break that rule quickly.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from corpus.document import Language
from corpus.errors import SourceError
from corpus.language import detect_language

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# cp874 adds typographic signs to TIS-620; the ISO codec also accepts stray control bytes 80–9F.
_THAI_CODECS = ("cp874", "iso8859_11")
# What the detector may choose from, and the language that shows it was right. Kana can hardly come out
# of Korean bytes, but hangul can out of Japanese ones, so Japanese is asked first.
_OTHER_CODECS: dict[str, Language] = {"cp932": "ja", "euc_jp": "ja", "cp949": "ko", "cp1252": "en"}
_HIGH = re.compile(rb"[\xa0-\xff]")
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_THAI_DIGIT = re.compile(rb"[\xf0-\xf9]")
_THAI_MARK = re.compile(rb"[\xd0-\xda\xe0-\xe4\xe7-\xee]")
# One written Thai unit after another: a leading vowel with its consonant, or a consonant; then
# marks above and below; then following vowels. Digits and signs stand alone.
_THAI_SPELLING = re.compile(
    rb"(?:[\xe0-\xe4]?[\xa1-\xce][\xd1\xd4-\xda\xe7-\xee]*[\xd0\xd2\xd3\xe5]{0,2}|[\xcf\xdf\xe6\xef-\xfb])+"
)
_SPELT_SHARE = 0.9
# Vowels and marks are 0.27–0.53 of the bytes of 99 % of Thai news sentences (NTREX-128), but at most
# 0.27 of those of 99 % of Korean ones in cp949, whose bytes nearly all pass for Thai consonants.
_MARK_SHARE = 0.25
_ENOUGH_TO_COUNT = 8
_SHORT_RUN = 4
# Letters with diacritics stand one by one among ASCII letters; East Asian characters are pairs of bytes.
_LONE_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text and the Python codec for which `data.decode(encoding) == text`."""

    text: str
    encoding: str


def decode(data: bytes, path: str | Path) -> Decoded:
    """Decode a whole file; line ends stay as they are, a byte order mark is not part of the text.

    Raises `SourceError` naming `path`, and the byte offset where decoding failed, for binary data,
    damaged UTF-8 or UTF-16, and bytes that no supported encoding explains.
    """
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _checked(data, codec, path)
    if b"\0" in data or b"\x0e" in data:  # the high bytes of Latin and Thai letters in UTF-16
        codec_without_mark = _utf16(data)
        if codec_without_mark:
            return _checked(data, codec_without_mark, path)
    try:
        return _without_nul(Decoded(data.decode("utf-8"), "utf-8"), path)
    except UnicodeDecodeError as error:
        if b"\0" in data:
            raise SourceError(path, "not a text file (it holds NUL bytes)") from None
        if _is_mostly_utf8(data):
            raise SourceError(path, f"damaged UTF-8 at byte {error.start}: {error.reason}") from None
    return _checked(data, _legacy_codec(data, path), path)


def _checked(data: bytes, codec: str, path: str | Path) -> Decoded:
    try:
        return _without_nul(Decoded(data.decode(codec), codec), path)
    except UnicodeDecodeError as error:
        raise SourceError(path, f"not valid {codec} at byte {error.start}: {error.reason}") from None


def _without_nul(decoded: Decoded, path: str | Path) -> Decoded:
    if "\0" in decoded.text:
        raise SourceError(path, f"not a text file (NUL at character {decoded.text.index(chr(0))})")
    return decoded


def _utf16(data: bytes) -> str | None:
    """The UTF-16 codec of text without a byte order mark, if the detector sees one."""
    from charset_normalizer import from_bytes

    if len(data) % 2:
        return None
    best = from_bytes(data, cp_isolation=["utf_16_le", "utf_16_be"]).best()
    # Any two ASCII bytes are also one CJK character, so ask for the high bytes that gave it away.
    if best is None or _share_of_rows(data, best.encoding) < 0.5:
        return None
    return best.encoding


def _share_of_rows(data: bytes, codec: str) -> float:
    """Share of UTF-16 units in the Latin (00) and Thai (0E) rows of Unicode."""
    rows = data[1::2] if codec == "utf_16_le" else data[0::2]
    return (rows.count(0x00) + rows.count(0x0E)) / len(rows)


def _is_mostly_utf8(data: bytes) -> bool:
    """Whether invalid bytes are rare exceptions among multi-byte characters that are valid."""
    text = data.decode("utf-8", "replace")
    bad = text.count("�")
    multibyte = len(text) - len(text.encode("ascii", "ignore")) - bad
    return multibyte > 4 * bad


def _legacy_codec(data: bytes, path: str | Path) -> str:
    if _looks_thai(data):
        for codec in _THAI_CODECS:
            try:
                data.decode(codec)
                return codec
            except UnicodeDecodeError:
                continue
        return _THAI_CODECS[-1]  # its error names the byte
    runs = _HIGH_RUN.findall(data)
    if sum(len(run) == 1 for run in runs) >= _LONE_SHARE * len(runs):
        return "cp1252"
    from charset_normalizer import from_bytes

    readings = {
        match.encoding: detect_language(str(match))
        for match in from_bytes(data, cp_isolation=list(_OTHER_CODECS))
    }
    for codec, language in _OTHER_CODECS.items():
        if readings.get(codec) == language:
            return codec
    raise SourceError(path, "in no encoding known here (UTF-8, UTF-16, Thai, Western, Korean, Japanese)")


def _looks_thai(data: bytes) -> bool:
    """Whether nearly all bytes that could be Thai are spelt as Thai, with vowels and marks among them.

    Letters alone are no evidence (À is the byte of ภ), and beside an ASCII letter they speak against
    Thai (É in CAFÉ is the byte of ษ).
    """
    high = len(_HIGH.findall(data))
    well_spelt = 0
    for run in _HIGH_RUN.finditer(data):
        beside_ascii = (
            data[run.start() - 1 : run.start()].isalpha() or data[run.end() : run.end() + 1].isalpha()
        )
        if len(run[0]) == 1 and not beside_ascii and _THAI_SPELLING.fullmatch(run[0]):
            high -= 1
        elif len(run[0]) >= _SHORT_RUN or not beside_ascii:
            well_spelt += sum(len(unit[0]) for unit in _THAI_SPELLING.finditer(run[0]))
    if not high or well_spelt < _SPELT_SHARE * high:
        return False
    letters = high - len(_THAI_DIGIT.findall(data))
    return letters < _ENOUGH_TO_COUNT or len(_THAI_MARK.findall(data)) >= _MARK_SHARE * letters
