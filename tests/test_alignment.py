"""Translations are learnt from sentences beside their translations."""

from qa.words.alignment import align


def test_words_that_keep_company_are_translations() -> None:
    pairs = [
        (["budget", "approv"], ["อนุมัติ", "งบประมาณ"]),
        (["budget", "cut"], ["ตัด", "งบประมาณ"]),
        (["cabinet", "approv"], ["ครม", "อนุมัติ"]),
        (["cabinet", "cut"], ["ครม", "ตัด"]),
    ] * 5
    found = {(english, thai): weight for english, thai, weight in align(pairs)}
    best = {english: thai for (english, thai), weight in found.items() if weight > 0.9}
    assert best == {"budget": "งบประมาณ", "approv": "อนุมัติ", "cut": "ตัด", "cabinet": "ครม"}


def test_what_was_seen_too_seldom_is_left_out() -> None:
    assert align([(["budget"], ["งบประมาณ"])]) == []
