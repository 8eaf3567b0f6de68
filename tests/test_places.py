"""Countries and towns are found by any name, and called as another was."""

import pytest

from qa.words.places import places_in


def found(text: str) -> list[tuple[str, str]]:
    return [(mention.span.of(text), mention.place.called("english")) for mention in places_in(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "What did Thailand and South Korea sign?",
            [("Thailand", "Thailand"), ("South Korea", "South Korea")],
        ),
        (
            "ไทยกับเกาหลีใต้และสหรัฐฯ",
            [("ไทย", "Thailand"), ("เกาหลีใต้", "South Korea"), ("สหรัฐฯ", "United States")],
        ),
        ("the Australian minister in the UK", [("Australian", "Australia"), ("UK", "United Kingdom")]),
        ("tell us about the US", [("US", "United States")]),
        ("ASEAN and Indonesia", [("ASEAN", "ASEAN"), ("Indonesia", "Indonesia")]),
        ("Japanization of chinaware", []),
        (
            "PRIME MINISTER OF THAILAND IN TOKYO",
            [("THAILAND", "Thailand"), ("TOKYO", "Tokyo")],
        ),
        ("the us and İndonesia", []),
        ("โซลาร์เซลล์ที่กรุงโซล", [("กรุงโซล", "Seoul")]),
        ("จากเชียงใหม่ไปโคราช", [("เชียงใหม่", "Chiang Mai"), ("โคราช", "Nakhon Ratchasima")]),
        ("", []),
    ],
)
def test_places_in_a_text(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_a_place_is_called_in_another_form() -> None:
    (japan,) = places_in("ญี่ปุ่น")
    assert [japan.place.called(form) for form in ("english", "adjective", "thai")] == [
        "Japan",
        "Japanese",
        "ญี่ปุ่น",
    ]
    (zealand,) = places_in("New Zealand")
    assert zealand.place.called("adjective") == "New Zealand"
    assert not japan.place.is_home and places_in("Thai")[0].place.is_home
    assert places_in("อาเซียน")[0].place.kind == "group"
