"""The words that the chat itself says, in each language it speaks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from corpus.document import Language
from corpus.months import ERA, MONTHS
from qa.answer import Missing


@dataclass(frozen=True, slots=True)
class Messages:
    """Every phrase of the interface in one language; `{…}` are filled in by `str.format`."""

    language: Language
    tagline: str
    welcome: str
    promise: str
    examples: str
    question_label: str
    placeholder: str
    send: str
    working: str
    empty: str
    too_long: str
    trouble: str
    not_found: str
    not_found_hint: str
    lacking: str
    lacking_anywhere: str
    nearest: str
    original: str
    read_source: str
    sources: str
    close: str
    no_source: str
    source_gone: str
    source_changed: str
    untitled: str
    undated: str
    other_language: str
    languages: dict[Language, str]
    months: tuple[str, ...]
    year_offset: int

    def missing(self, missing: Sequence[Missing]) -> list[str]:
        """What the nearest passages lack and what no article has, in a sentence each."""
        said = []
        for somewhere, sentence in ((False, self.lacking_anywhere), (True, self.lacking)):
            words = ", ".join(f"«{one.word}»" for one in missing if one.somewhere == somewhere)
            said += [sentence.format(words=words)] if words else []
        return said

    def date(self, day: date) -> str:
        """The day as people who read this language write it: 11 มกราคม 2566, 11 January 2023."""
        return f"{day.day} {self.months[day.month - 1]} {day.year + self.year_offset}"


THAI = Messages(
    language="th",
    tagline="ตอบด้วยถ้อยคำจากข่าวตามต้นฉบับ พร้อมแหล่งที่มา",
    welcome="อยากรู้อะไรจากข่าวเหล่านี้",
    promise="ทุกคำตอบคือข้อความที่ยกมาจากบทความแบบคำต่อคำ เลือกแหล่งที่มาเพื่ออ่านในบริบทเต็ม",
    examples="ลองถาม",
    question_label="คำถามของคุณ",
    placeholder="ถามเป็นภาษาไทยหรืออังกฤษ",
    send="ถาม",
    working="กำลังค้นบทความ…",
    empty="ยังไม่มีคำถาม พิมพ์คำถามก่อนแล้วกดถาม",
    too_long="คำถามยาวเกินไป ({length:,} ตัวอักษร) ถามได้ไม่เกิน {limit:,} ตัวอักษร",
    trouble="ขออภัย ตอบคำถามนี้ไม่ได้เพราะระบบขัดข้อง กรุณาลองอีกครั้ง",
    not_found="ไม่พบคำตอบในบทความชุดนี้",
    not_found_hint="ลองถามด้วยคำอื่น หรือถามให้เจาะจงขึ้น เช่น ระบุชื่อหรือวันที่",
    lacking="ข้อความที่ใกล้เคียงไม่ได้กล่าวถึง {words}",
    lacking_anywhere="ไม่มีบทความใดกล่าวถึง {words}",
    nearest="ข้อความที่ใกล้เคียงที่สุด (ไม่ใช่คำตอบ)",
    original="หน้าเว็บต้นฉบับ",
    read_source="อ่านแหล่งที่มาลำดับที่ {n}: {title}",
    sources="แหล่งที่มา",
    close="ปิด",
    no_source="เลือกแหล่งที่มาของคำตอบ บทความทั้งเรื่องจะเปิดตรงนี้ โดยเน้นข้อความที่ยกมา",
    source_gone="ไม่มีบทความนี้ในดัชนีแล้ว",
    source_changed="บทความนี้เปลี่ยนไปหลังจากตอบ จึงเน้นข้อความไม่ได้ กรุณาถามอีกครั้ง",
    untitled="ไม่มีชื่อเรื่อง",
    undated="ไม่ระบุวันที่",
    other_language="English",
    languages={"th": "ไทย", "en": "อังกฤษ", "ko": "เกาหลี", "ja": "ญี่ปุ่น", "und": "ไม่ทราบภาษา"},
    months=tuple(month.thai for month in MONTHS),
    year_offset=ERA,
)

ENGLISH = Messages(
    language="en",
    tagline="Answers in the articles’ own words, with their sources",
    welcome="What would you like to know?",
    promise="Every answer is quoted word for word from an article. Choose a source to read the quote in its place.",
    examples="Try one of these",
    question_label="Your question",
    placeholder="Ask in Thai or English",
    send="Ask",
    working="Searching the articles…",
    empty="There is no question yet: write one, then ask.",
    too_long="That question is {length:,} characters long; at most {limit:,} can be read.",
    trouble="Sorry, something went wrong on our side and this can’t be answered now. Please try again.",
    not_found="The articles here don’t answer this.",
    not_found_hint="Try other words, or be more specific: a name or a date helps.",
    lacking="The nearest passages don’t mention {words}.",
    lacking_anywhere="No article here mentions {words}.",
    nearest="The nearest passages (not an answer)",
    original="Original page",
    read_source="Read source {n}: {title}",
    sources="Source",
    close="Close",
    no_source="Choose the source of an answer: the whole article opens here, the quote highlighted.",
    source_gone="This article is no longer in the index.",
    source_changed="This article has changed since it was quoted, so the quote can’t be shown in it. Please ask again.",
    untitled="Untitled",
    undated="no date",
    other_language="ไทย",
    languages={"th": "Thai", "en": "English", "ko": "Korean", "ja": "Japanese", "und": "language unknown"},
    months=tuple(month.english.capitalize() for month in MONTHS),
    year_offset=0,
)


def messages_for(language: str) -> Messages:
    """The messages to use with someone who writes or prefers `language`; English unless it is Thai."""
    return THAI if language == "th" else ENGLISH
