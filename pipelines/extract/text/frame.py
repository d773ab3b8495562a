"""What stands around a plain text that came by mail or was copied from a page: above its headline, and below its end."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipelines.extract.text.lines import Line, Shape

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["unframed"]

# A menu copied from a page has few words a line, and no more lines than these; a headline has more words.
_MENU_WORDS, _MENU_LINES = 3, 40
# So many entries below each other are a menu; below a headline stand a name and a section at most.
_ENTRIES = 3
# Below a signature, an end mark or a contact stand names and numbers: lines of few words, and not many.
_CONTACT_WORDS, _CONTACT_LINES = 12, 12
# In the midst of a list of headlines, their lines are those of names.
_NAME_WORDS = 4
# What mail says below its text is a few lines, some of them long ones of lawyers.
_FOOTER_LINES, _FOOTER_WORDS = 15, 200
# No longer line is looked at; and no longer mark.
_CHARACTERS, _MARK_CHARACTERS = 400, 40

_ADDRESS = r"(?:\s*[:：–—-]?\s*[\[(<]?https?://\S+)?"
_ABOVE = re.compile(
    r"(?:for immediate release|for release\b.{0,60}|(?:under )?embargo(?:ed)?\b.{0,80}|press release|news release|media release|"
    r"pressemitteilung|presseinformation|communiqué de presse|comunicado de (?:prensa|imprensa)|comunicato stampa|persbericht|"
    r"プレスリリース|新闻稿|보도자료|"
    r"(?:view|read|open|see) (?:this (?:e-?mail|message|newsletter|page) )?(?:in|on|with) (?:your |a |the )?(?:web ?)?(?:browser|web)|"
    r"(?:view|read) (?:this (?:e-?mail|newsletter) )?online|(?:e-?mail not displaying correctly\?|having trouble viewing).{0,120}|"
    r"(?:(?:diese e-?mail|newsletter) )?(?:im|in ihrem) browser (?:ansehen|anzeigen|öffnen|lesen)|(?:online|web)-?(?:ansicht|version)|"
    r"voir (?:cet e-?mail |la version )?(?:dans (?:le|votre) navigateur|en ligne)|ver (?:este correo )?en (?:el|tu|su) navegador|"
    r"ver no navegador|visualizza nel browser|bekijk (?:deze e-?mail )?in (?:de|je|uw) browser|ブラウザ(?:ー)?で(?:表示|見る)|在浏览器中查看)"
    rf"{_ADDRESS}[.!]?",
    re.IGNORECASE,
)
_SKIP = re.compile(
    r"(?:skip|jump) to (?:main |the )?(?:content|article|navigation)|(?:zum|direkt zum) (?:haupt)?inhalt(?: springen)?|"
    r"(?:aller|passer) au contenu(?: principal)?|(?:saltar|ir) al contenido(?: principal)?|(?:pular|ir) para o conteúdo(?: principal)?|"
    r"(?:vai|salta) al contenuto(?: principale)?|(?:ga|direct) naar (?:de )?inhoud|本文へ(?:スキップ)?|コンテンツへスキップ|跳到(?:主要)?内容",
    re.IGNORECASE,
)
_CRUMBS = re.compile(r"\S\s*[›»>/]\s+\S")
_SENDER = re.compile(r"(?:from|to|cc|bcc|reply-to|von|an|de|à|para|da|a|van|aan)\s?[:：] .{0,200}@", re.IGNORECASE)
_SENT = re.compile(
    r"(?:from|to|cc|bcc|reply-to|sent|date|subject|von|an|gesendet|datum|betreff|de|à|envoyé|objet|para|enviado|fecha|asunto|data|"
    r"assunto|da|a|inviato|oggetto|van|aan|verzonden|onderwerp)\s?[:：] .{1,300}",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"(?:subject|betreff|objet|asunto|assunto|oggetto|onderwerp)\s?[:：]\s*(?:(?:re|fwd?|aw|wg|tr|rv|enc|i)\s?:\s*)*",
    re.IGNORECASE,
)
# Each says "you" or "this": a message that was sent to a ministry is news.
_FOOTER = re.compile(
    r"you(?:['’]re| are| have|['’]ve)? (?:currently )?(?:receiv(?:e|ed|ing)|getting|got) (?:this|these|our)\b.{0,60}\b(?:because|as|since|"
    r"from|e-?mails?|newsletters?|messages?)\b|you are (?:currently )?subscribed (?:to|as|with)\b|"
    r"this (?:e-?mail|message|newsletter) (?:was|has been) (?:sent|delivered) (?:to (?:you\b|\S+@)|by .{2,60} to \S+@|because)|"
    r"this (?:e-?mail|message)(?: and (?:its|any) attachments?)? (?:is|are) (?:confidential|intended)|"
    r"to unsubscribe(?:,| from (?:this|these|our|all)| (?:please )?(?:click|visit|reply|send|here))|"
    r"(?:if you )?(?:no longer (?:want|wish)|don['’]t want) to (?:receive|get) .{0,40}(?:e-?mails?|newsletters?|messages)|"
    r"was this (?:e-?mail|newsletter) forwarded to you|sie (?:erhalten|bekommen) diese[ns]? (?:e-?mail|newsletter|nachricht)|"
    r"diese e-?mail wurde (?:an \S+@|(?:versandt|verschickt|gesendet) (?:an|von)\b)|"
    r"vous (?:recevez|avez reçu) ce(?:t|tte)? (?:e-?mail|message|courriel|courrier|lettre|newsletter) (?:parce|car|en tant)|"
    r"(?:has recibido|recibes|ha recibido|recibe|estás recibiendo) este (?:correo|mensaje|e-?mail|bolet[ií]n)|"
    r"você (?:está recebendo|recebeu|recebe) (?:este|esse) e-?mail|(?:ricevi|hai ricevuto) questa (?:e-?mail|newsletter)|"
    r"je ontvangt deze (?:e-?mail|nieuwsbrief)|вы получили это письмо|"
    r"このメール(?:は|マガジンは).{0,60}(?:登録|お送りし|配信して|送信専用|自動)|您收到此(?:邮件|电子邮件)",
    re.IGNORECASE,
)
_ENTRY = re.compile(
    r"unsubscribe(?: (?:here|now|from .{1,40}))?|(?:manage|update|edit|change)(?: your| my)?(?: e-?mail| subscription)? (?:preferences|subscriptions?|settings)|"
    r"(?:e-?mail|subscription) preferences|view (?:this e-?mail )?(?:in|on) (?:your |the |a )?(?:browser|web)|view online|forward to a friend|opt out|"
    r"(?:newsletter )?(?:abmelden|abbestellen)|im browser (?:ansehen|anzeigen|öffnen)|einstellungen (?:ändern|verwalten)|se désabonner|se désinscrire|"
    r"désinscription|gérer (?:mes|vos) préférences|darse de baja|cancelar (?:la )?suscripción|cancelar inscrição|descadastrar|annulla iscrizione|"
    r"disiscriviti|afmelden|uitschrijven|отписаться|配信停止(?:はこちら)?|退订|수신거부|privacy(?: policy)?|terms(?: of (?:use|service))?|contact(?: us)?",
    re.IGNORECASE,
)
_BAR = re.compile(r"\s*[|·•/]\s*|\s+[–—-]\s+")
_LEAVE = re.compile(
    r"unsubscribe|preferences|subscription|browser|ab(?:melden|bestellen)|dés(?:abonner|in)|baja|descad|disiscr|annulla|afmelden|"
    r"uitschr|отписаться|配信停止|退订|수신거부|cancelar",
    re.IGNORECASE,
)
_ENDED = re.compile(
    r"#\s?#\s?#|[-–—]\s?30\s?[-–—]|ENDS|ENDE|[-–—*](?:\s?[-–—*])?\s?(?i:ends?|ende)\s?(?:[-–—*]\s?){0,2}|\((?i:ends?|ende)\)"
)
_SIGNED = re.compile(r"--|__+")
_CONTACT = re.compile(
    r"(?:(?:press|media|news|pr|investor|further|for (?:more|further) information)[ /&a-z]{0,30})?contacts?(?: information| details)?|"
    r"(?:for (?:media|press) (?:inquiries|enquiries)|media (?:inquiries|enquiries)|for (?:more|further) information)(?:,? (?:please )?contact)?|"
    r"(?:presse|medien)-?kontakt(?:e)?|ansprechpartner(?:in)?(?: für die presse| für medien)?|rückfragen(?: von medien)?|"
    r"contacts? (?:presse|médias?)|contacto (?:de |para )?(?:prensa|medios)|contato (?:de |para )?imprensa|contatti stampa|ufficio stampa|"
    r"perscontact|報道関係者.{0,20}|お問い合わせ先|媒体联系人?",
    re.IGNORECASE,
)


def unframed(lines: Sequence[Line]) -> list[Line]:
    """Leave out what stands above the headline and below the end of a text; of all frame and nothing else, nothing is left out.

    A mail's subject is its headline. Headlines of other articles below an end mark, a signature or a footer stay.
    """
    below = _without_contact(_without_end(_without_footer(_below_top(lines))))
    return below or list(lines)


def _below_top(lines: Sequence[Line]) -> list[Line]:
    at = 0
    while at < len(lines):
        text = lines[at].text[:_CHARACTERS]
        if lines[at].shape is Shape.RULE or _ABOVE.fullmatch(text):
            at += 1
        elif _SKIP.fullmatch(text):
            at = _below_menu(lines, at + 1)
        elif _SENDER.match(text):
            return _below_mail_head(lines, at)
        else:
            break
    return list(lines[at:])


def _below_menu(lines: Sequence[Line], start: int) -> int:
    """Give the index of the first line of more words than an entry of a menu has; `start` where none is near.

    What stands above a trail of sections, or above a row of entries, is the site's name.
    """
    near = range(start, min(len(lines), start + _MENU_LINES))
    prose = next((at for at in near if lines[at].shape is Shape.PROSE), near.stop)
    trail = max((at for at in range(start, prose) if _is_trail(lines[at])), default=start - 1)
    for at in near[trail + 1 - start :]:
        below = [_is_entry(line) for line in lines[at + 1 : at + 1 + _ENTRIES]]
        if lines[at].words >= _MENU_WORDS and not (len(below) == _ENTRIES and all(below)):
            return at
    return start


def _is_entry(line: Line) -> bool:
    return line.words < _MENU_WORDS and line.shape not in (Shape.PROSE, Shape.META, Shape.NUMBER, Shape.RULE)


def _is_trail(line: Line) -> bool:
    return len(line.text) <= _CHARACTERS and line.shape is not Shape.PROSE and _CRUMBS.search(line.text) is not None


def _below_mail_head(lines: Sequence[Line], start: int) -> list[Line]:
    at, subject = start, None
    while at < len(lines) and len(lines[at].text) <= _CHARACTERS and _SENT.fullmatch(lines[at].text):
        if (match := _SUBJECT.match(lines[at].text)) and lines[at].text[match.end() :]:
            subject = replace(lines[at], text=lines[at].text[match.end() :], shape=Shape.TITLE)
        at += 1
    return [*([subject] if subject else []), *lines[at:]]


def _without_footer(lines: list[Line]) -> list[Line]:
    """Leave out from the first line on with which mail says why it was sent, and how to have no more of it."""
    for at in range(max(1, len(lines) - _FOOTER_LINES), len(lines)):
        if _is_footer(lines, at) and sum(line.words for line in lines[at:]) <= _FOOTER_WORDS:
            return _cut(lines, at)
    return lines


def _is_footer(lines: Sequence[Line], at: int) -> bool:
    """Tell whether mail ends from here on; a single "Unsubscribe" may head a section that tells how to."""
    text = lines[at].text[:_CHARACTERS]
    if _FOOTER.match(text):
        return True
    entries = _BAR.split(text)
    if _LEAVE.search(text) is None or not all(_ENTRY.fullmatch(entry) for entry in entries):
        return False
    below = _upto_heading(lines, at + 1)
    return len(entries) > 1 or all(
        line.words <= _CONTACT_WORDS or _FOOTER.match(line.text[:_CHARACTERS]) for line in below
    )


def _without_end(lines: list[Line]) -> list[Line]:
    """Leave out an end mark or a signature with the names and numbers below it; a mark that stands twice parts sections."""
    marks = [at for at, line in enumerate(lines) if at and _is_end(line)]
    if len(marks) != 1:
        return lines
    below = _upto_heading(lines, marks[0] + 1)
    if _SIGNED.fullmatch(lines[marks[0]].text) and any(line.shape is Shape.PROSE for line in below):
        return lines
    names = all(line.words <= _NAME_WORDS for line in below)
    return _cut(lines, marks[0]) if names or (_are_contacts(below) and not _in_list(lines, marks[0])) else lines


def _in_list(lines: Sequence[Line], at: int) -> bool:
    """Tell whether nothing but titles stands between a line and a heading above it that announces other articles."""
    shapes = (line.shape for line in reversed(lines[:at]))
    return next((shape for shape in shapes if shape in (Shape.HEADING, Shape.PROSE)), None) is Shape.HEADING


def _is_end(line: Line) -> bool:
    return (
        len(line.text) <= _MARK_CHARACTERS and (_ENDED.fullmatch(line.text) or _SIGNED.fullmatch(line.text)) is not None
    )


def _without_contact(lines: list[Line]) -> list[Line]:
    for at in range(max(1, len(lines) - _CONTACT_LINES - 1), len(lines)):
        text = lines[at].text[:_CHARACTERS].rstrip(" :：")
        if lines[at].shape is not Shape.PROSE or lines[at].text.endswith((":", "：")):
            below = _upto_heading(lines, at + 1)
            if _CONTACT.fullmatch(text) and _reachable(below) and _are_contacts(below):
                return _cut(lines, at)
    return lines


def _reachable(lines: Sequence[Line]) -> bool:
    """Tell whether an address or a telephone number is among the lines: else a word such as "Contact" is a heading."""
    return any("@" in line.text or line.shape is Shape.NUMBER or "http" in line.text for line in lines)


def _are_contacts(lines: Sequence[Line]) -> bool:
    short = all(line.words <= _CONTACT_WORDS or _CONTACT.match(line.text[:_CHARACTERS]) for line in lines)
    return len(lines) <= _CONTACT_LINES and short


def _upto_heading(lines: Sequence[Line], start: int) -> list[Line]:
    return list(lines[start : _heading(lines, start)])


def _heading(lines: Sequence[Line], start: int) -> int:
    headings = (at for at in range(start, len(lines)) if lines[at].shape is Shape.HEADING)
    return next(headings, len(lines))


def _cut(lines: list[Line], at: int) -> list[Line]:
    """Leave out the lines from `at` on, up to a heading that announces other articles."""
    return lines[:at] + lines[_heading(lines, at) :]
