"""The language of a text, told by its script.

Scripts tell Thai, Korean and Japanese apart from everything else; a text in Latin letters is taken
to be English, which is the only such language the corpus is made for.
"""

from corpus.document import Language

# Python has no count of a character class; the rows (high bytes) of UTF-16 units give one at C speed.
_THAI_ROW = 0x0E
_KANA_ROW = 0x30
_HAN_ROWS = bytes(range(0x4E, 0xA0))
_HANGUL_ROWS = bytes([0x11, *range(0xAC, 0xD8)])
_OTHER_ROWS = bytes(
    row for row in range(0x03, 0xFB) if row not in {0x0E, 0x11, 0x1E, 0x20, 0x22, 0x25, 0x26, 0x27, 0x30}
    and not 0x4E <= row < 0xA0 and not 0xAC <= row < 0xE0
)  # fmt: skip
_NOT_LATIN = bytes(code for code in range(128) if not chr(code).isalpha())


def detect_language(text: str) -> Language:
    """The language that most letters of `text` belong to; "und" without letters or for other scripts.

    A text that is one third Thai is Thai: Thai articles quote English names and documents at length,
    and bilingual press releases put the Thai first, while English articles hold hardly any Thai. Han characters count as Japanese beside kana (at least one in twenty), as Korean beside hangul,
    and as undetermined alone.
    """
    rows = text.encode("utf-16-le", "surrogatepass")[1::2]
    latin = len(text.encode("ascii", "ignore").translate(None, _NOT_LATIN))
    thai = rows.count(_THAI_ROW)
    if len(rows) - rows.count(0) - thai < max(latin, thai):  # the common case: nothing else can win
        return "th" if 3 * thai >= thai + latin else "en"
    hangul = _count(rows, _HANGUL_ROWS)
    kana = sum(1 for letter in text if "\u3041" <= letter <= "\u30ff") if _KANA_ROW in rows else 0
    han = _count(rows, _HAN_ROWS)
    shares: dict[Language, int] = {"th": thai, "en": latin, "und": _count(rows, _OTHER_ROWS)}
    eastern: Language = "ja" if 20 * kana > han + kana else "ko" if hangul else "und"
    shares["ko"] = hangul
    shares["ja"] = kana
    shares[eastern] += han
    if 3 * thai >= sum(shares.values()) > 0:
        return "th"
    best = max(shares, key=lambda language: shares[language])
    return best if shares[best] else "und"


def _count(rows: bytes, wanted: bytes) -> int:
    return len(rows) - len(rows.translate(None, wanted))
