"""The forms in which Thai documents write dates, as regular expressions.

All of them read texts whose digits are Arabic (:func:`ita_analysis.thai.digits.to_arabic` keeps
every index). :data:`TRIGGER` finds where a date may begin; one of the other patterns then has to
match from there. A gap may hold a line end (a wrapped table cell) but never a tab (the border of
two cells).
"""

from __future__ import annotations

import re

from ita_analysis.thai.months import MONTH_PATTERN

_S = r"[^\S\t]"
_LETTERS = "ก-ฺเ-๎A-Za-z"
_BE = rf"พ{_S}?\.?{_S}?ศ{_S}?\.{{0,3}}"
_CE = rf"ค{_S}?\.?{_S}?ศ{_S}?\.{{0,3}}"
_DASH = "[-–—‐‑−~]"
_TO = rf"{_S}{{0,3}}(?:{_DASH}|(?:จน)?ถึง){_S}{{0,3}}"
_FISCAL = rf"ปี{_S}?งบ(?:{_S}?ประมาณ|{_S}?ฯ)?+"
_AND = rf"{_S}?(?:,|และ){_S}?"
_OF = rf"(?:(?:ของ|ใน|ประจำ|แห่ง){_S}?)?"
_COUNTED = (
    "ครั้ง|คน|ราย(?!งาน|เดือน|ไตร|การ)|บาท|แห่ง|ชั่วโมง|ชม|นาที|นาฬิกา|โมง|คะแนน|ข้อ|ล้าน|หน่วย(?!งาน)"
    "|เปอร์เซ็นต์|%|น\\.|วัน(?!ที่|จันทร์|อังคาร|พุธ|พฤหัส|ศุกร์|เสาร์|อาทิตย์)"
)
# A number that counts something, goes on, or numbers the next item of a list ("มกราคม ๑๒. ผู้บริหาร")
# is not a year. Lists of forty items are not met.
_NO_COUNT = rf"(?![0-9]|{_S}?(?:{_COUNTED}))"
_NO_MORE = r"(?![.:/][0-9]|,[0-9]{3})"
_ITEM = rf"{_S}?\.{_S}?[{_LETTERS}]"
_SHORT = rf"(?:[4-9][0-9]|[0-3][0-9](?!{_ITEM})){_NO_MORE}"
_NUMBER = rf"(?:[0-9]{{4}}|{_SHORT}){_NO_COUNT}"
_LAST = rf"(?:{_TO}(?:{_BE})?{_S}?(?P<last>{_NUMBER}))?"
_NO_NUMBER_BEFORE = r"(?<![0-9])(?<![0-9][/:])"
_MONTH_UNNAMED = re.sub(r"\?P<\w+>", "?:", MONTH_PATTERN)

_YEAR_TAIL = (
    rf"(?:{_S}{{0,3}},?{_S}?(?:(?P<fiscal>{_OF}{_FISCAL})|{_OF}ปี)?{_S}{{0,2}}"
    rf"(?P<era>{_BE}|{_CE})?{_S}{{0,2}}(?P<year>{_NUMBER})"
    rf"|{_S}{{0,2}}{_OF}ปี(?P<shift_fiscal>{_S}?งบประมาณ)?{_S}?"
    r"(?P<shift>ถัดไป|หน้า|ต่อไป|ที่ผ่านมา|ที่แล้ว|ก่อน(?!หน้า)))?"
)
_PERIOD_TAIL = (
    rf"(?:{_S}?/{_S}?(?P<slash>[0-9]{{4}}|[0-9]{{2}})(?![0-9/])"
    rf"|{_S}{{0,2}}{_OF}(?:{_FISCAL}|ปี|(?={_BE})){_S}{{0,2}}(?P<era>{_BE}|{_CE})?{_S}{{0,2}}"
    rf"(?P<year>{_NUMBER}))?"
)

TRIGGER = re.compile(
    rf"(?P<number>{_NO_NUMBER_BEFORE}[0-9]{{1,4}})|(?P<quarter>ไตรมาส)|(?P<half>ครึ่ง)"
    rf"|(?P<fiscal>(?:สิ้น{_S}?)?{_FISCAL})|(?P<year>(?:สิ้น{_S}?)?ปี|พ{_S}?\.{_S}?ศ)"
    rf"|(?P<month>{_MONTH_UNNAMED})"
)
"""Where a date may begin, and which patterns to try there."""

ISO_DAY = re.compile(
    r"(?P<year>[0-9]{4})(?P<sep>[-/])(?P<month>[0-9]{1,2})(?P=sep)(?P<day>[0-9]{1,2})(?![0-9]|[-/][0-9])"
)
"""2023-01-31 and 2566/01/31."""

NUMERIC_DAY = re.compile(
    rf"(?<![0-9][-.])(?P<day>[0-9]{{1,2}}){_S}?(?P<sep>[-/.]){_S}?(?P<month>[0-9]{{1,2}}){_S}?(?P=sep)"
    rf"{_S}?(?P<year>[0-9]{{4}}|[0-9]{{2}})(?![0-9]|[-/.][0-9])"
)
"""31/01/66, 31-01-2566 and 31.01.2566: always the day first."""

NAMED_DAY = re.compile(
    rf"(?P<day>[0-9]{{1,2}})(?P<sep>[-/])(?P<month>{MONTH_PATTERN})(?P=sep)"
    r"(?P<year>[0-9]{4}|[0-9]{2})(?![0-9])"
)
"""31-ม.ค.-66, as spreadsheets write it."""

DAY_OF_MONTH = re.compile(
    rf"(?:(?P<first>[0-9]{{1,2}})(?P<to>{_TO})(?:วันที่{_S}?)?)?(?P<day>[0-9]{{1,2}}){_S}{{0,3}}"
    rf"(?P<of>(?:ของ{_S}?)?เดือน{_S}?)?(?P<month>{MONTH_PATTERN}){_YEAR_TAIL}"
)
"""๒๓ มกราคม ๒๕๖๖, 24 ก.ค.60, 1-5 ม.ค. 66, วันที่ 5 เดือนมกราคม."""

DAY_LIST = re.compile(
    rf"(?P<days>[0-9]{{1,2}}(?:{_AND}(?:วันที่{_S}?)?[0-9]{{1,2}}){{1,30}}){_S}{{0,3}}"
    rf"(?:(?:ของ{_S}?)?เดือน{_S}?)?(?P<month>{MONTH_PATTERN}){_YEAR_TAIL}"
)
"""วันที่ 5, 12 และ 19 มกราคม 2566."""

MONTH = re.compile(rf"(?P<month>{MONTH_PATTERN}){_YEAR_TAIL}")
"""มกราคม ๒๕๖๖, ต.ค.๖๕, ธันวาคม พ.ศ. 2564, ตุลาคม ของปีงบประมาณ 2566."""

QUARTER = re.compile(
    rf"ไตรมาส{_S}?(?P<ordinal>ที่)?{_S}?"
    rf"(?P<number>[0-9]{_NO_COUNT}(?![.:][0-9])(?(ordinal)|(?!{_ITEM}))|หนึ่ง|สอง|สาม|สี่|แรก|สุดท้าย)"
    rf"(?:{_TO}(?:ไตรมาส{_S}?(?:ที่)?{_S}?)?(?P<last>[0-9]){_NO_COUNT}{_NO_MORE})?{_PERIOD_TAIL}"
)
"""ไตรมาสที่ 2, ไตรมาส ๑ - ๔, ไตรมาสแรก, ไตรมาสที่ 1/2566."""

QUARTER_LIST = re.compile(
    rf"ไตรมาส{_S}?ที่{_S}?(?P<numbers>[1-4](?:{_AND}(?:ไตรมาส{_S}?)?(?:ที่{_S}?)?[1-4]{_NO_COUNT}{_NO_MORE}"
    rf"(?!{_ITEM}))+){_PERIOD_TAIL}"
)
"""ไตรมาสที่ ๑ และ ๓."""

HALF = re.compile(
    rf"ครึ่ง(?:ปี(?:{_S}?งบประมาณ)?|(?=(?:แรก|หลัง){_S}?(?:ของ)?{_S}?ปี)){_S}?"
    rf"(?P<number>แรก|หลัง|ที่{_S}?(?:[12](?![0-9])|หนึ่ง|สอง))(?:{_S}?ของ{_FISCAL}(?!{_S}*(?:{_BE}|[0-9])))?{_PERIOD_TAIL}"
)
"""ครึ่งปีแรก, ครึ่งหลังของปีงบประมาณ พ.ศ. 2566."""

FISCAL_YEAR = re.compile(
    rf"(?P<bare>(?P<end>สิ้น{_S}?)?{_FISCAL})"
    rf"(?:{_S}{{0,3}}(?P<era>{_BE}|{_CE})?{_S}{{0,2}}(?P<year>{_NUMBER}){_LAST})?"
)
"""ปีงบประมาณ พ.ศ. ๒๕๖๖, สิ้นปีงบประมาณ, ปีงบ 66, ปีงบประมาณ 2566 - 2570."""

YEAR = re.compile(
    rf"(?:(?P<end>สิ้น{_S}?)?ปี{_S}{{0,2}}(?P<era>{_BE}|{_CE})?|(?P<era_alone>{_BE}))"
    rf"{_S}{{0,2}}(?P<year>{_NUMBER}){_LAST}"
)
"""ปี พ.ศ. 2564, ปี68, พ.ศ.. 2568, พ.ศ. 2566 - 2570: a year of the calendar."""

TO = re.compile(_TO)
"""What stands between the two ends of a range."""

LIST_GAP = re.compile(rf"{_S}*(?:,|/|และ|หรือ|(?:จน)?ถึง|{_DASH}){_S}*")
"""What stands between the months of a list."""

OPENING = re.compile(rf"{_S}{{0,3}}[(:]{_S}{{0,2}}")
"""Between a quarter and its months: ไตรมาสที่ 2 (ม.ค. - มี.ค.)."""

CLOSING = re.compile(rf"{_S}{{0,2}}\)")
"""After the months of a quarter."""

DAY_LEAD = re.compile(
    rf"วัน{_S}?(?:(?:จันทร์|อังคาร|พุธ|พฤหัสบดี|พฤหัสฯ?|ศุกร์|เสาร์|อาทิตย์){_S}?)?(?:ที่{_S}{{0,3}})?\Z"
)
"""The words before a day that belong to it."""

MONTH_LEAD = re.compile(
    rf"(?P<end>สิ้น{_S}?)?(?<!ราย)(?<!ทุก)(?<!แต่ละ)(?<![0-9])(?<![0-9]\s)เดือน{_S}{{0,3}}\Z"
)
"""The words before a month that belong to it."""

QUARTER_END = re.compile(rf"สิ้น{_S}?\Z")
"""สิ้นไตรมาส: the quarter's last day."""

NOT_A_QUARTER = re.compile(rf"(?:ทุก|ราย|แต่ละ|ต่อ|ต่าง){_S}?\Z")
"""Before ไตรมาส: a cadence, whose number counts something else."""

WITHIN = re.compile(rf"(?:ภายใน|ตลอด|ทั้ง|สิ้นสุด){_S}?\Z")
"""Before a fiscal year that is named without its number."""

NOT_A_DAY = re.compile(
    rf"(?:ครั้ง|รอบ|ข้อ|ลำดับ|ฉบับ|หมู่|งวด|ระยะ|ตัวชี้วัด|กิจกรรม|ขั้นตอน|เรื่อง){_S}?(?:ที่)?{_S}?\Z"
)
"""Before a number that numbers something else: ครั้งที่ 2 เมษายน."""

OFFICE = re.compile(rf"(?:สำนักงาน|กฎ|มติ|เลขาธิการ|คณะกรรมการ|ระเบียบ|หนังสือ|โดย|ตาม(?:ที่)?|ของ){_S}?\Z")
"""Before ก.พ.: the commission, not the month."""

PREFIX = re.compile(rf"{_S}*+(?:(?:เมื่อ|ภายใน|ไม่เกิน|ณ|ก่อน|ประจำ|ในช่วง|ระหว่าง|ตั้งแต่|ตลอด|ใน){_S}*+)*")
"""What may stand before a date that fills a whole cell."""

SUFFIX = re.compile(
    rf"{_S}*+(?:T?{_S}*+[0-9]{{2}}:[0-9]{{2}}(?::[0-9]{{2}}(?:\.[0-9]+)?)?"
    rf"|(?:เวลา)?{_S}*+[0-9]{{1,2}}[.:][0-9]{{2}}{_S}*+(?:น\.?|นาฬิกา))?{_S}*+[.,;]?{_S}*+"
)
"""What may stand after it: a time, a full stop."""
