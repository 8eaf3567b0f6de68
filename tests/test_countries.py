"""Countries are found by any name, and called as another was."""

import pytest

from qa.countries import countries_in


def found(text: str) -> list[tuple[str, str]]:
    return [(mention.span.of(text), mention.country.called("english")) for mention in countries_in(text)]


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
        ("", []),
    ],
)
def test_countries_in_a_text(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_a_country_is_called_in_another_form() -> None:
    (japan,) = countries_in("ญี่ปุ่น")
    assert [japan.country.called(form) for form in ("english", "adjective", "thai")] == [
        "Japan",
        "Japanese",
        "ญี่ปุ่น",
    ]
    (zealand,) = countries_in("New Zealand")
    assert zealand.country.called("adjective") == "New Zealand"
    assert not japan.country.is_home and countries_in("Thai")[0].country.is_home
    assert countries_in("อาเซียน")[0].country.is_group
