"""The page of all articles as HTML: how many there are of each kind, a list of them, one of them read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus.document import Document, Language
from corpus.handed import MOST_FILES
from corpus.language import detect_language
from corpus.listing import Shares, Summary, Wanted
from qa.store.holdings import Stats
from qa.uploads import Received
from ui.elements import badge, element, facts, isolated, lang_of, text_html
from ui.messages import Messages
from ui.messages.plurals import plural
from ui.pages.article import text_region

PER_PAGE = 50
_SHOWN_KINDS = 5


@dataclass(frozen=True, slots=True)
class View:
    """Which articles a visitor looks at, and which page of them, from 0."""

    title: str = ""
    publisher: str | None = None
    language: Language | None = None
    year: int | None = None
    page: int = 0

    @property
    def wanted(self) -> Wanted:
        """As the archive is asked for them."""
        return Wanted(
            publisher=self.publisher,
            language=self.language,
            since=date(self.year, 1, 1) if self.year else None,
            until=date(self.year, 12, 31) if self.year else None,
            title=self.title.strip() or None,
        )

    @property
    def narrowed(self) -> bool:
        """Whether it leaves any article out."""
        return replace(self, page=0) != View()


def holdings_html(stats: Stats, shares: Shares, view: View, changing: bool, words: Messages) -> str:
    """How many articles there are, and of each year, language and publisher a bar to choose it by."""
    said = words.library
    state = said.changing if changing else said.state
    parts = [
        element("h2", text_html(said.heading)),
        element(
            "p",
            text_html(plural(said.counts.format(documents=stats.documents, passages=stats.chunks))),
            class_="kt-counts",
        ),
        element("p", text_html(state.format(generation=stats.generation)), class_="kt-hint"),
    ]
    languages = {
        words.languages[code]: (code, n) for code, n in shares.languages.items() if code in words.languages
    }
    publishers = {name or said.no_publisher: (name, n) for name, n in shares.publishers.items()}
    if shares.years:
        parts.append(_years(shares.years, view, words))
    kinds = [
        _kinds(said.by_language, "language", languages, view.language, words),
        _kinds(said.by_publisher, "publisher", publishers, view.publisher, words),
    ]
    parts.append(element("div", *kinds, class_="kt-kinds"))
    return element("section", *parts, class_="kt-holdings", lang=words.language)


def _years(years: dict[str, int], view: View, words: Messages) -> str:
    """A column for each year, oldest first; those without a date as a column that can't be chosen."""
    said, most = words.library, max(years.values())
    columns = []
    for year, n in sorted(years.items()):
        name = words.year(int(year)) if year.isdigit() else words.undated
        inside = [
            element("span", text_html(name), class_="kt-name"),
            " ",
            element("span", f"{n:,}", class_="kt-figure"),
            element("span", class_="kt-column", style=f"--share:{n / most:.4f}", aria_hidden="true"),
        ]
        chosen = year.isdigit() and view.year == int(year)
        label = said.choose.format(name=name, n=n)
        columns.append(element("li", _chooser("year", year, chosen, label, *inside, disabled=not year)))
    heading = element("h3", text_html(said.by_year), id="kt-by-year")
    listed = element("ul", *columns, class_="kt-years", aria_labelledby="kt-by-year")
    return element("div", heading, listed)


def _kinds(
    heading: str, kind: str, kinds: Mapping[str, tuple[str, int]], chosen: str | None, words: Messages
) -> str:
    """A bar for each kind; those that are few are folded away."""
    most = max((n for _, n in kinds.values()), default=1)
    rows = []
    for name, (value, n) in kinds.items():
        inside = [
            element("span", isolated(name), class_="kt-name"),
            " ",
            element("span", f"{n:,}", class_="kt-figure"),
            element("span", class_="kt-bar-of", style=f"--share:{n / most:.4f}", aria_hidden="true"),
        ]
        label = words.library.choose.format(name=name, n=n)
        rows.append(element("li", _chooser(kind, value, chosen == value, label, *inside)))
    ident = f"kt-by-{kind}"
    parts = [element("h3", text_html(heading), id=ident)]
    parts.append(element("ul", *rows[:_SHOWN_KINDS], class_="kt-bars", aria_labelledby=ident))
    if rest := rows[_SHOWN_KINDS:]:
        more = element("summary", f"+ {len(rest):,}")
        parts.append(element("details", more, element("ul", *rest, class_="kt-bars"), class_="kt-more"))
    return element("div", *parts)


def _chooser(kind: str, value: str, chosen: bool, label: str, *inside: str, disabled: bool = False) -> str:
    return element(
        "button",
        *inside,
        type="button",
        class_="kt-choose",
        data_kind=kind,
        data_value=value,
        aria_pressed="true" if chosen else "false",
        title=label,
        disabled=disabled,
    )


def list_html(found: Sequence[Summary], total: int, view: View, words: Messages) -> str:
    """One page of the articles that fit, and the way to the pages beside it."""
    said = words.library
    first = view.page * PER_PAGE
    count = said.found.format(n=total) if total else said.none
    parts = [element("p", text_html(count), class_="kt-count", role="status")]
    if view.narrowed:
        clear = element("button", text_html(said.clear), type="button", class_="kt-clear")
        parts = [element("div", *parts, clear, class_="kt-found")]
    parts.append(element("ol", *(_row(summary, words) for summary in found), class_="kt-articles"))
    if total > PER_PAGE:
        shown = said.shown.format(first=first + 1, last=first + len(found), total=total)
        parts.append(
            element(
                "nav",
                _turn(said.previous, view.page - 1, view.page > 0),
                element("span", text_html(shown)),
                _turn(said.next, view.page + 1, first + PER_PAGE < total),
                class_="kt-pager",
                aria_label=said.articles,
            )
        )
    return element("section", *parts, class_="kt-list", lang=words.language)


def _turn(name: str, page: int, possible: bool) -> str:
    return element(
        "button", text_html(name), type="button", class_="kt-page", data_page=page, disabled=not possible
    )


def _row(summary: Summary, words: Messages) -> str:
    title = summary.title or words.untitled
    known = [isolated(summary.publisher)] if summary.publisher else []
    if summary.date:
        day = text_html(words.date(summary.date))
        known.append(element("time", day, datetime=summary.date.isoformat()))
    else:
        known.append(text_html(words.undated))
    known.append(badge(summary.language, words))
    button = element(
        "button",
        element("bdi", text_html(title), lang=lang_of(detect_language(title))),
        type="button",
        class_="kt-open",
        data_document=summary.id,
    )
    return element("li", button, element("p", *(element("span", one) for one in known), class_="kt-facts"))


def article_html(document: Document, view: int, removable: bool, words: Messages) -> str:
    """An article to read, whole; `removable`: with a way to remove it, which asks once more."""
    title = document.title or words.untitled
    close = element(
        "button",
        element("span", "×", aria_hidden="true"),
        type="button",
        class_="kt-close",
        aria_label=words.close,
    )
    kicker = element("p", text_html(words.library.page), class_="kt-kicker")
    head = element(
        "header",
        element("div", kicker, close, class_="kt-bar"),
        element("h2", isolated(title), lang=lang_of(detect_language(title))),
        facts(document, words, full=True),
        _remove(document, words) if removable else "",
    )
    return element(
        "section",
        head,
        text_region(document, None, words),
        class_="kt-source",
        aria_label=f"{words.library.page}: {title}",
        data_chosen="yes",
        data_view=view,
        lang=words.language,
    )


def _remove(document: Document, words: Messages) -> str:
    said = words.library
    sure = [
        element("span", text_html(said.sure)),
        element(
            "button",
            text_html(said.remove),
            type="button",
            class_="kt-remove kt-danger",
            data_document=document.id,
        ),
        element("button", text_html(said.keep), type="button", class_="kt-keep"),
    ]
    ask = element("button", text_html(said.remove), type="button", class_="kt-ask-removal")
    return element("div", ask, element("p", *sure, class_="kt-sure", hidden=True), class_="kt-removal")


def hint_html(most_bytes: int, words: Messages) -> str:
    """What files may be handed over, and a word for too large ones and too many, hidden until there are such."""
    said = words.library
    hint = element(
        "p",
        text_html(said.add_hint.format(limit=most_bytes // 2**20)),
        class_="kt-hint",
        data_limit=most_bytes,
        data_most=MOST_FILES,
        data_upload=said.add_files,
        data_drop=said.drop_file,
    )
    return hint + "".join(
        element("p", text_html(fault), class_=f"kt-note {name}", hidden=True, role="alert")
        for name, fault in (
            ("kt-large", said.faults["large"]),
            ("kt-many", said.too_many.format(limit=MOST_FILES)),
        )
    )


def received_html(received: Iterable[Received], words: Messages) -> str:
    """What became of each file that was handed over."""
    said = words.library
    rows = []
    for one in received:
        fates = {"added": said.added, "replaced": said.replaced, "unchanged": said.unchanged}
        what = [element("strong", isolated(one.name))]
        if one.fault:
            what.append(element("span", text_html(f"{said.refused}: {said.faults[one.fault.fault]}")))
            details = [one.fault.detail]
        else:
            what.append(element("span", text_html(fates[one.fate].format(n=one.articles))))
            details = [f"line {error.line}: {error.reason}" for error in one.failed[:5]]
        if one.failed:
            what.append(element("span", text_html(said.left_out.format(n=len(one.failed)))))
        what += [element("code", text_html(detail), lang="en", dir="ltr") for detail in details if detail]
        rows.append(element("li", *what, data_fate=one.fate))
    return element("ul", *rows, class_="kt-received", role="status", lang=words.language)
