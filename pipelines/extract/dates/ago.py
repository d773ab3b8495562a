"""How long ago something was, as sites write it beside headlines: "vor 3 Stunden", "3時間前"."""

from __future__ import annotations

__all__ = ["AGO"]

# A unit of time in any language, its vowel signs and the stop of "Std." with it; and the words around number and unit.
_UNIT = r"[^\s\d]{1,14}"
_BEFORE = r"vor|il y a|hace|há|pred|před|acum|în urmă cu|πριν|πριν από|преди|منذ|قبل|לפני|cách đây"
_BEHIND = r"geleden|fa|atrás|temu|siden|sedan|sitten|önce|πριν|назад|тому|पहले|আগে|ที่แล้ว|trước|lalu|yang lalu|پیش|قبل"
# Number and unit are one word in Chinese and Japanese, and may be in Korean and Thai; in Hungarian the unit says it by its end.
_JOINED = (
    r"(?:秒|分|分間|分钟|分鐘|時間|小时|小時|日|天|週間|周|週|か月|カ月|ヶ月|ヵ月|个月|個月|年)前"
    r"|(?:초|분|시간|일|주|개월|달|년)\s?전"
    r"|(?:วินาที|นาที|ชั่วโมง|วัน|สัปดาห์|เดือน|ปี)\s?(?:ที่แล้ว|ที่ผ่านมา|ก่อน)"
    r"|(?:perce|órája|napja|hete|hónapja|éve)"
)
# The pattern of a whole text; it takes linear time.
AGO = (
    rf"(?:(?:{_BEFORE})\s\d{{1,3}}\s?{_UNIT}|for\s\d{{1,3}}\s{_UNIT}\ssiden|för\s\d{{1,3}}\s{_UNIT}\ssedan|"
    rf"\d{{1,3}}\s{_UNIT}\s(?:{_BEHIND})|\d{{1,3}}\s?(?:{_JOINED}))"
)
