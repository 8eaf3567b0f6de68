"""What the model is asked while it learns: which of these passages belongs to this question?

Each batch is cut from few documents, several passages from each, so that the wrong answers are about the
same subject as the right one. Questions are pieces of their passage with words missing, some of them
translated word by word (inverse cloze task, Lee et al. 2019, across languages).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from embeddings.training.bags import Bags, Ids, bags
from embeddings.training.lexical import Translations, translate

Batch = tuple[Bags, Bags]
"""Questions and their passages, in the same order."""

OTHER = {"th": "en", "en": "th"}


@dataclass(frozen=True, slots=True)
class Settings:
    """How batches are cut; lengths in tokens, shares between 0 and 1."""

    size: int = 768
    passages: int = 8
    """Passages in a row from one document."""
    passage: tuple[int, int] = (50, 130)
    question: tuple[int, int] = (5, 22)
    missing: float = 0.3
    """Share of a question's tokens that are dropped."""
    question_across: float = 0.42
    """Share of questions put into the other of Thai and English."""
    question_asian: float = 0.1
    """Share of questions put into Korean or Japanese, half each."""
    passage_across: float = 0.4
    """Share of passages put into the other language."""
    asked: float = 0.5
    """Share of questions with question words added, so that these come to weigh nothing."""
    block: int = 16
    """Sentence pairs in a row from one file."""


@dataclass(frozen=True, slots=True)
class ParallelIds:
    """A parallel file as token ids, in its order, and how often to draw from it."""

    english: list[Ids]
    other: list[Ids]
    weight: float


@dataclass(frozen=True, slots=True)
class Material:
    """All there is to learn from, as token ids."""

    thai: list[Ids]
    """Thai articles."""
    english: list[Ids]
    """English articles."""
    parallel: list[ParallelIds]
    events: list[tuple[Ids, Ids]]
    """English and Thai articles on the same event."""
    titled: list[tuple[Ids, Ids]]
    """Titles and the articles under them."""
    words: Batch
    word_weights: NDArray[np.float64]
    """The chance of each lexicon pair in `words`."""
    tables: dict[str, Translations]
    stays: dict[str, NDArray[np.bool_]]
    """For a target language the tokens that need no translation, shape (vocabulary,)."""
    question_words: dict[str, Bags]


class Tasks:
    """Draws batches from the material, by a seed."""

    def __init__(self, material: Material, settings: Settings, seed: int) -> None:
        self._material = material
        self._settings = settings
        self._random = np.random.default_rng(seed)
        weights = np.array([file.weight for file in material.parallel])
        self._shares = weights / weights.sum()

    def draw(self, chances: dict[str, float]) -> tuple[str, Batch]:
        """One batch of a task drawn by its chance; texts that came out empty are left out."""
        names = list(chances)
        total = sum(chances.values())
        name = str(self._random.choice(names, p=[chances[n] / total for n in names]))
        kinds: dict[str, Callable[[], Batch]] = {
            "parallel": self._parallel,
            "thai": lambda: self._cloze(self._thai_article, "th"),
            "english": lambda: self._cloze(self._english_article, "en"),
            "sentences": lambda: self._cloze(self._english_lines, "en"),
            "words": self._words,
            "titles": self._titles,
            "events": self._events,
        }
        questions, passages = kinds[name]()
        whole = (questions.lengths > 0) & (passages.lengths > 0)
        return name, (questions.keep_texts(whole), passages.keep_texts(whole))

    def _cloze(self, draw: Callable[[], Ids], language: str) -> Batch:
        """Passages in a row, and a piece of each."""
        random, settings = self._random, self._settings
        questions: list[Ids] = []
        passages: list[Ids] = []
        while len(passages) < settings.size:
            article = draw()
            start = int(random.integers(0, 30))
            for _ in range(settings.passages):
                end = start + int(random.integers(*settings.passage))
                passage = article[start:end]
                if len(passage) < 30:
                    break
                length = int(random.integers(*settings.question))
                begin = int(random.integers(0, max(1, len(passage) - length)))
                questions.append(passage[begin : begin + length])
                passages.append(passage)
                start = end
        return self._switched(self._thinned(bags(questions), settings.missing), bags(passages), language)

    def _switched(self, questions: Bags, passages: Bags, language: str) -> Batch:
        """Some of both put into other languages, and question words added."""
        random, settings = self._random, self._settings
        drawn = random.random(len(questions))
        targets = np.full(len(questions), language, dtype=object)
        half = settings.question_asian / 2
        targets[drawn < settings.question_across] = OTHER[language]
        targets[drawn > 1 - 2 * half] = "ko"
        targets[drawn > 1 - half] = "ja"
        for target in (OTHER[language], "ko", "ja"):
            questions = self._into(target, questions, targets == target)
        across = random.random(len(passages)) < settings.passage_across
        passages = self._into(OTHER[language], passages, across)
        return self._with_question_words(questions, targets), passages

    def _into(self, target: str, texts: Bags, chosen: NDArray[np.bool_]) -> Bags:
        material = self._material
        return translate(texts, material.tables[target], material.stays[target], chosen, self._random)

    def _with_question_words(self, questions: Bags, languages: NDArray[np.object_]) -> Bags:
        asked = self._random.random(len(questions)) < self._settings.asked
        texts = np.split(questions.ids, questions.starts[1:])
        for place in np.flatnonzero(asked):
            words = self._material.question_words[languages[place]]
            one = int(self._random.integers(len(words)))
            start = words.starts[one]
            texts[place] = np.concatenate([words.ids[start : start + words.lengths[one]], texts[place]])
        return bags(texts)

    def _thinned(self, texts: Bags, share: float) -> Bags:
        return texts.keep_tokens(self._random.random(len(texts.ids)) >= share)

    def _thai_article(self) -> Ids:
        return self._material.thai[int(self._random.integers(len(self._material.thai)))]

    def _english_article(self) -> Ids:
        return self._material.english[int(self._random.integers(len(self._material.english)))]

    def _file(self) -> ParallelIds:
        return self._material.parallel[int(self._random.choice(len(self._shares), p=self._shares))]

    def _english_lines(self) -> Ids:
        lines = self._file().english
        start = int(self._random.integers(0, max(1, len(lines) - 40)))
        return np.concatenate(lines[start : start + 40])

    def _parallel(self) -> Batch:
        """Sentences and their translations, some beside the sentences that follow them."""
        random = self._random
        left: list[Ids] = []
        right: list[Ids] = []
        while len(left) < self._settings.size:
            file = self._file()
            place = int(random.integers(0, max(1, len(file.english) - self._settings.block * 4)))
            for _ in range(self._settings.block):
                count = 1 if random.random() < 0.5 else int(random.integers(2, 5))
                one, two = file.english[place : place + count], file.other[place : place + count]
                place += count
                if not one:
                    break
                pick = slice(int(random.integers(len(one))), None) if count > 1 else slice(None)
                single = slice(pick.start, pick.start + 1) if count > 1 else pick
                one, two = (one[single], two) if random.random() < 0.5 else (one, two[single])
                left.append(np.concatenate(one))
                right.append(np.concatenate(two))
        share = float(random.random() * 0.3)
        return self._thinned(bags(left), share), self._thinned(bags(right), share)

    def _words(self) -> Batch:
        """Words and their translations."""
        weights = self._material.word_weights
        chosen = self._random.choice(len(weights), 2 * self._settings.size, p=weights)
        sides = []
        for side in self._material.words:
            starts = side.starts
            sides.append(bags([side.ids[starts[n] : starts[n] + side.lengths[n]] for n in chosen]))
        return sides[0], sides[1]

    def _titles(self) -> Batch:
        """Thai titles and a passage of the article under each, some of both in English."""
        random, titled = self._random, self._material.titled
        chosen = random.integers(0, len(titled), self._settings.size)
        passages = [self._piece(titled[n][1], self._settings.passage) for n in chosen]
        questions = self._thinned(bags([titled[n][0] for n in chosen]), self._settings.missing)
        return self._switched(questions, bags(passages), "th")

    def _events(self) -> Batch:
        """A piece of an article, and the opening of the article in the other language on that event."""
        random, events = self._random, self._material.events
        chosen = random.choice(len(events), min(len(events), self._settings.size), replace=False)
        turned = random.random(len(chosen)) < 0.5
        asked = [events[n][int(turn)] for n, turn in zip(chosen, turned, strict=True)]
        answers = [events[n][1 - int(turn)] for n, turn in zip(chosen, turned, strict=True)]
        questions = bags([self._piece(article, (10, 60)) for article in asked])
        passages = bags([article[: int(random.integers(80, 250))] for article in answers])
        return self._thinned(questions, self._settings.missing), passages

    def _piece(self, article: Ids, lengths: tuple[int, int]) -> Ids:
        length = int(self._random.integers(*lengths))
        start = int(self._random.integers(0, max(1, min(len(article) - length, 200))))
        return article[start : start + length]
