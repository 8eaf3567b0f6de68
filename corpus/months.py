"""The months' names in both languages, and how far apart the two calendars are."""

from dataclasses import dataclass

ERA = 543
"""Buddhist Era minus Common Era, in years."""


@dataclass(frozen=True, slots=True)
class Month:
    """One month's names, as they stand in normalised text."""

    thai: str
    thai_short: str
    """As people say it, without its last syllable."""
    thai_abbreviated: str
    english: str
    english_abbreviated: str


MONTHS = (
    Month("มกราคม", "มกรา", "ม.ค.", "january", "jan"),
    Month("กุมภาพันธ์", "กุมภา", "ก.พ.", "february", "feb"),
    Month("มีนาคม", "มีนา", "มี.ค.", "march", "mar"),
    Month("เมษายน", "เมษา", "เม.ย.", "april", "apr"),
    Month("พฤษภาคม", "พฤษภา", "พ.ค.", "may", "may"),
    Month("มิถุนายน", "มิถุนา", "มิ.ย.", "june", "jun"),
    Month("กรกฎาคม", "กรกฎา", "ก.ค.", "july", "jul"),
    Month("สิงหาคม", "สิงหา", "ส.ค.", "august", "aug"),
    Month("กันยายน", "กันยา", "ก.ย.", "september", "sep"),
    Month("ตุลาคม", "ตุลา", "ต.ค.", "october", "oct"),
    Month("พฤศจิกายน", "พฤศจิกา", "พ.ย.", "november", "nov"),
    Month("ธันวาคม", "ธันวา", "ธ.ค.", "december", "dec"),
)
"""January first."""
