"""Names of components are there in every language, and only those that there are."""

import pytest

from ui.labels import LABELS, label
from ui.messages import SPOKEN


def test_every_language_names_the_same() -> None:
    names = {code: set(words) for code, words in LABELS.translations.items()}
    assert list(names) == [words.language for words in SPOKEN]
    assert len({frozenset(each) for each in names.values()}) == 1
    assert LABELS.translations["ko"][label("library_search").key] == "제목 검색"


@pytest.mark.parametrize("name", ["no_such", "too_long", "library_add_hint"])
def test_a_name_that_is_none_or_has_blanks_is_refused(name: str) -> None:
    with pytest.raises(KeyError):
        label(name)
