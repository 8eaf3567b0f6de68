"""Texts as they are stored come back as they were, most of them a byte a character."""

import hashlib
import zlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.packing import pack, unpack

THAI = "กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮฯะัาำิีึืฺุู฿เแโใไๅๆ็่้๊๋์ํ๎๏๐๑๒๓๔๕๖๗๘๙๚๛"


@given(st.text(st.characters(exclude_categories=["Cs"])) | st.text(f"{THAI} “”‘’–—…•€\xa0\u200b\r\nabAB19é"))
def test_any_text_comes_back(text: str) -> None:
    assert unpack(pack(text)) == text


@pytest.mark.parametrize("text", [THAI, "“ASEAN–ROK” 1\u200b2…", "Café Müller\r\n", ""])
def test_thai_and_english_take_a_byte_a_character(text: str) -> None:
    assert len(pack(text)) == len(text) + 5


def test_what_has_other_characters_is_stored_too_and_small() -> None:
    text = "한국과 태국은 협정에 서명했다. " * 50
    assert unpack(pack(text)) == text
    assert len(pack(text)) < len(text.encode()) / 5


def test_what_was_stored_before_can_be_read() -> None:
    letters = bytes(range(256))
    every = unpack(b"\0" + zlib.crc32(letters).to_bytes(4) + letters)
    digest = hashlib.sha256(every.encode()).hexdigest()
    assert digest == "f38f56ae449a11c44355ece8c72404e62bccaa43fa0a3d9e92138b89db7c1c67"
    assert unpack(zlib.compress("ข่าว".encode())) == "ข่าว"


@pytest.mark.parametrize("damaged", [b"", b"\0", b"junk", pack("한국" * 20)[:-9], pack("ข่าว" * 20)[:-9]])
def test_what_can_not_be_a_text_is_an_error(damaged: bytes) -> None:
    with pytest.raises((ValueError, zlib.error)):
        unpack(damaged)


@given(st.text("กขำ่า๕ฯ “”…\nab한", min_size=1), st.integers(0), st.integers(0, 7))
def test_a_flipped_bit_is_noticed_whenever_it_is_read(text: str, place: int, bit: int) -> None:
    packed = bytearray(pack(text))
    packed[place % len(packed)] ^= 1 << bit
    with suppress(ValueError, zlib.error):
        assert unpack(bytes(packed)) == text  # deflated: some bits say nothing
