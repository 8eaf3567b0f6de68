"""Two ways to write one word: British and American spelling, and Thai words that news shortens.

Articles write both; a question's term is looked up as the other, too, with the same weight. Only words that mean
the same in every sentence are here: a tonne is no ton, and a cheque no check.
"""

from collections.abc import Mapping
from functools import cache, lru_cache

from qa.words.terms import terms

_ENGLISH = """
labour labor  colour color  harbour harbor  honour honor  favour favor  favourite favorite  behaviour behavior
neighbour neighbor  neighbourhood neighborhood  vapour vapor  rumour rumor  endeavour endeavor  humour humor
armour armor  tumour tumor  flavour flavor  centre center  theatre theater  fibre fiber  litre liter  metre meter
kilometre kilometer  centimetre centimeter  calibre caliber  manoeuvre maneuver  defence defense  offence offense
licence license  practise practice  organise organize  recognise recognize  modernise modernize  legalise legalize
maximise maximize  minimise minimize  emphasise emphasize  realise realize  utilise utilize  prioritise prioritize
subsidise subsidize  stabilise stabilize  privatise privatize  criticise criticize  apologise apologize
summarise summarize  decentralise decentralize  standardise standardize  revitalise revitalize  analyse analyze
paralyse paralyze  catalyse catalyze  programme program  catalogue catalog  dialogue dialog  aluminium aluminum
jewellery jewelry  grey gray  plough plow  sceptical skeptical  counsellor counselor  paediatric pediatric
anaemia anemia  oestrogen estrogen  haemorrhage hemorrhage  leukaemia leukemia  archaeology archeology  artefact artifact
"""
_THAI = """
ครม.=คณะรัฐมนตรี นายกฯ=นายกรัฐมนตรี กทม.=กรุงเทพมหานคร กทม.=กรุงเทพฯ กรุงเทพฯ=กรุงเทพมหานคร สธ.=กระทรวงสาธารณสุข
มท.=กระทรวงมหาดไทย กต.=กระทรวงการต่างประเทศ กห.=กระทรวงกลาโหม คค.=กระทรวงคมนาคม ศธ.=กระทรวงศึกษาธิการ
วธ.=กระทรวงวัฒนธรรม รง.=กระทรวงแรงงาน กค.=กระทรวงการคลัง ทส.=กระทรวงทรัพยากรธรรมชาติและสิ่งแวดล้อม
สตช.=สำนักงานตำรวจแห่งชาติ ตร.=ตำรวจ ธปท.=ธนาคารแห่งประเทศไทย สศช.=สภาพัฒนาการเศรษฐกิจและสังคมแห่งชาติ
สปสช.=สำนักงานหลักประกันสุขภาพแห่งชาติ กยศ.=กองทุนเงินให้กู้ยืมเพื่อการศึกษา กฟผ.=การไฟฟ้าฝ่ายผลิตแห่งประเทศไทย
รฟท.=การรถไฟแห่งประเทศไทย ขสมก.=องค์การขนส่งมวลชนกรุงเทพ รพ.=โรงพยาบาล รร.=โรงเรียน รมว.=รัฐมนตรีว่าการ
จชต.=จังหวัดชายแดนภาคใต้ ปชช.=ประชาชน ตปท.=ต่างประเทศ ผวจ.=ผู้ว่าราชการจังหวัด
"""
"""No shortening that newmm cuts in pieces, nor one that means something else as often (กม. is a kilometre)."""


@cache
def same_words() -> Mapping[str, tuple[str, ...]]:
    """A term → the terms, joined by spaces where there are several, that are the same word written otherwise."""
    return _spellings() | _shortened()


@lru_cache(maxsize=1 << 15)
def ways_to_write(text: str) -> tuple[str, ...]:
    """Terms joined by spaces, and the same in their other English spelling or, of one term, its other forms."""
    spelt = other_spelling(text)
    return text, *same_words().get(text, (spelt,) if spelt else ())


@lru_cache(maxsize=1 << 15)
def other_spelling(text: str) -> str | None:
    """Terms joined by spaces, each in its other English spelling where it has one; None if none has."""
    parts = text.split(" ")
    others = [_spellings().get(part, (part,))[0] for part in parts]
    return " ".join(others) if others != parts else None


@cache
def _spellings() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    words = _ENGLISH.split()
    for one, other in zip(words[::2], words[1::2], strict=True):
        verbs = one.endswith("se") and other.endswith("ze")
        for ending in ("e", "es", "ed", "ing") if verbs else ("",):
            ways = [(word[:-1] + ending if verbs else word) for word in (one, other)]
            first, second = (terms(way)[0] for way in ways)
            if first != second:
                found.setdefault(first, (second,))
                found.setdefault(second, (first,))
    return found


@cache
def _shortened() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for pair in _THAI.split():
        short, whole = (" ".join(terms(way)) for way in pair.split("="))
        found[short] = (*found.get(short, ()), whole)
        found[whole] = (*found.get(whole, ()), short)
    return found
