"""A question and its filters as a link, and back."""

from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import QueryParams

from qa.questions.question import MAX_CHARACTERS
from ui.sharing import Wish

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40).map(str.strip)


@given(
    st.builds(
        Wish,
        question=WORDS,
        since=WORDS,
        until=WORDS,
        language=st.sampled_from(["", "th", "en"]),
        publishers=st.lists(WORDS.filter(bool), max_size=3).map(tuple),
    )
)
def test_a_link_reads_back_as_the_wish_it_was_made_of(wish: Wish) -> None:
    assert Wish.read(QueryParams(wish.query()[1:]), wish.publishers) == wish


def test_what_a_link_asks_for_is_taken_only_where_it_can_be() -> None:
    long = "ก" * 5 * MAX_CHARACTERS
    wish = Wish.read(
        QueryParams([("q", long), ("q", "b"), ("language", "xx"), ("since", long), ("publisher", "?")]), ["A"]
    )
    assert len(wish.question) == MAX_CHARACTERS + 1
    assert (wish.language, len(wish.since), wish.publishers) == ("", 200, ())
    assert not Wish.read(QueryParams("lang=th&q=a"), []).narrowed
    assert Wish(since="2020").narrowed
