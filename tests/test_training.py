"""The parts of the training recipe that can be checked without training."""

import numpy as np
import pytest

from embeddings.training.bags import bags, bags_of
from embeddings.training.events import parse_article, same_event
from embeddings.training.export import quantise
from embeddings.training.lexical import Translations, translate
from embeddings.training.sources import held_out, read_lexicon, read_parallel
from embeddings.training.teacher import whiten
from embeddings.training.vocabulary import build_tokenizer, normaliser

ENGLISH = "h-Title\n\nMay 5, 2021, at 0930hrs at Government House, the Prime Minister met the envoy.\nที่มา : x"
THAI = "รัฐบาลไทย-ข่าวทำเนียบรัฐบาล-หัวข้อ\nวันพุธที่ 5 พฤษภาคม 2564\nหัวข้อ\nวันนี้ เวลา 09.30 น. ณ ทำเนียบ นายกรัฐมนตรีพบทูต"


def ids(*numbers: int) -> np.ndarray:
    return np.array(numbers, dtype=np.int32)


def test_bags_keep_their_texts_apart() -> None:
    texts = bags([ids(1, 2, 3), ids(), ids(4)])
    assert texts.owners.tolist() == [0, 0, 0, 2]
    assert texts.starts.tolist() == [0, 3, 3]
    thinned = texts.keep_tokens(texts.ids != 2)
    assert (thinned.ids.tolist(), thinned.lengths.tolist()) == ([1, 3, 4], [2, 0, 1])
    assert texts.keep_texts(texts.lengths > 0).lengths.tolist() == [3, 1]
    assert bags_of(ids(7), np.array([1]), 3).lengths.tolist() == [0, 1, 0]


def test_only_chosen_texts_are_translated_and_unknown_words_dropped() -> None:
    tokens = np.full((6, 6, 4), -1, dtype=np.int32)
    chances = np.zeros((6, 6), dtype=np.float32)
    tokens[1, 0, :2], chances[1] = (4, 5), 1
    stays = np.array([False, False, False, True, True, True])
    texts = bags([ids(1, 2, 3), ids(1, 2, 3)])
    chosen = np.array([True, False])
    found = translate(texts, Translations(tokens, chances), stays, chosen, np.random.default_rng(0))
    assert found.ids.tolist() == [4, 5, 3, 1, 2, 3]
    assert found.lengths.tolist() == [3, 3]


def test_articles_of_one_minute_are_a_pair() -> None:
    english = parse_article("2021/05/05/Government News_1.txt", ENGLISH)
    thai = parse_article("2021/05/05/ข่าวนายกรัฐมนตรี_1.txt", THAI)
    assert english.event == thai.event == (2021, 5, 5, 9, 30)
    assert thai.title == "หัวข้อ"
    assert "ที่มา" not in english.body
    assert same_event([thai, english]) == [(1, 0)]
    assert same_event([thai, thai, thai, english]) == []


def test_int8_rows_are_close_to_what_they_were() -> None:
    vectors = np.random.default_rng(1).normal(size=(50, 16)).astype(np.float32)
    vectors[3] = 0
    rows, factors = quantise(vectors)
    assert rows.dtype == np.int8
    largest = np.abs(vectors).max(axis=1, keepdims=True)
    assert (np.abs(rows * factors[:, None] - vectors) <= largest / 250 + 1e-7).all()


def test_whitened_directions_have_one_variance() -> None:
    random = np.random.default_rng(2)
    found = whiten((random.normal(size=(4000, 4)) * [1, 2, 3, 4] + 5).astype(np.float32))
    np.testing.assert_allclose(np.cov(found.T), np.eye(4) / 4, atol=0.02)
    np.testing.assert_allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)


def test_a_learner_brings_pairs_together() -> None:
    from embeddings.training.learn import Learner, Pace

    random = np.random.default_rng(3)
    vectors = random.normal(size=(40, 8)).astype(np.float32)
    pace = Pace(steps=40, warm_up=1, vectors=0.05, start=0.0)
    learner = Learner(vectors, np.ones(40, dtype=np.float32), pace)
    batch = bags([ids(n) for n in range(20)]), bags([ids(n + 20) for n in range(20)])
    losses = [learner.step(batch, number) for number in range(40)]
    assert losses[-1] < losses[0] / 3
    halfway = Learner(vectors, np.ones(40, dtype=np.float32), Pace(start=1.0))
    halfway.step(batch, 0)
    np.testing.assert_allclose(halfway.table(), vectors, atol=1e-6)


def test_spellings_of_one_word_become_one() -> None:
    clean = normaliser().normalize_str
    assert clean("นํ้า") == clean("น้ำ") == "น้ำ"
    assert clean("Café ๑๒ เเละ\u200b") == "▁cafe 12 และ"


def test_tokens_are_whole_words_where_the_vocabulary_has_them() -> None:
    words = {"<unk>": 0.0, "แมว": -5.0, "ดำ": -5.0, "▁cat": -5.0, "▁": -16.0, "s": -15.0, "2": -7.0}
    tokenizer = build_tokenizer(words)
    assert tokenizer.encode("แมวดำ, Cats 2!", add_special_tokens=False).tokens == [
        "แมว", "ดำ", "▁cat", "s", "2",
    ]  # fmt: skip


@pytest.mark.shared
def test_sources_are_read_whole(shared) -> None:
    files = {(file.name, file.language): len(file.pairs) for file in read_parallel(shared)}
    assert files["talpco", "ko"] > 1_000
    assert sum(files.values()) > 600_000
    entries = read_lexicon(shared)
    assert entries[0].headword == "และ"
    assert entries[0].senses["en"] == ["and"]
    assert {entry.language for entry in entries} == {"th", "en"}
    assert len(held_out(shared)) > 600
