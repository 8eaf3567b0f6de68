"""How the legs' hits become one list."""

import numpy as np

from qa.retrieve import MOST_OF_ONE, TURNS, _both_heard, _spread

SCORES = np.array([1.0, 0.95, 0.9, 0.85, 0.8, 0.7, 0.65, 0.3], np.float32)


def test_no_article_fills_the_list() -> None:
    documents = np.array([7, 7, 7, 7, 7, 8, 9, 9], np.int64)
    order = _spread(list(range(8)), documents)
    assert order[MOST_OF_ONE] == 5
    assert sorted(order) == list(range(8))
    assert order[-2:] == [3, 4]


def test_the_other_language_is_heard_when_it_is_nearly_as_good() -> None:
    thai = np.array([True, True, True, True, True, False, False, False])
    order = _both_heard(list(range(8)), SCORES, thai)
    assert [order[place] for place in TURNS] == [5, 6]
    assert [at for at in order if thai[at]] == [0, 1, 2, 3, 4], "in one language the order stays"


def test_it_is_not_heard_when_it_has_little_to_say() -> None:
    thai = np.array([True, True, True, True, True, True, True, False])
    assert _both_heard(list(range(8)), SCORES, thai) == list(range(8))


def test_what_is_in_front_already_stays_there() -> None:
    thai = np.array([True, False, False, True, False, True, True, True])
    assert _both_heard(list(range(8)), SCORES, thai) == list(range(8))
