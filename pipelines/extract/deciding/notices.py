"""Titles that are a message of the site's machinery and no headline: bot checks, missing pages, errors, maintenance."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pipelines.records import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["BOT", "PARKED", "Notice", "titled"]


class Notice(NamedTuple):
    """A message in the place of an article."""

    kind: Kind
    what: str
    """What it is, for the reason of a refusal."""
    words: str
    """The words that give it away."""


# What a check of visitors says, in its title and in its text.
_BOT = (
    r"just a moment\b|checking your browser\b|verifying your browser\b|are you a (?:robot|human)\b",
    r"(?:verify|verifying|confirm|make sure|making sure|ensure|ensuring) (?:that )?you(?:'re| are) (?:really |indeed )?(?:not )?(?:an? )?(?:robot|bot|human(?: being)?)\b",
    r"i(?:'m| am) not a robot\b|enable (?:javascript|js) and (?:cookies to continue|disable any ad ?blocker)|attention required!|pardon our interruption",
    r"request unsuccessful\. incapsula|access (?:to this page (?:has been |is )|is )?denied\b(?: because we believe you are using automation tools to browse the (?:web)?site)?",
    r"unusual (?:traffic|activity) (?:from (?:your|you|this)|has been detected|detected (?:from|on) (?:your|this))\b|performing security verification",
    r"complete the (?:security check|captcha)|you have been blocked|press (?:&|and) hold(?: the button)? to (?:confirm|prove|verify)\b|ddos protection by(?: cloudflare)?",
    r"needs to review the security of your connection|may be sending automated (?:queries|requests)|blocked (?:due to a|by) network (?:policy|security)\b",
    r"your access to this (?:web)?(?:site|service) has been (?:temporarily )?limited(?: by the site owner)?|the requested url was rejected",
    r"(?:sind sie|bist du|ich bin) (?:ein|kein) roboter\b|dass (?:sie|du) (?:ein mensch|kein (?:bot|roboter)) (?:sind|bist)\b|sicherheit ihrer verbindung überprüfen",
    r"n'êtes pas un robot|que vous êtes (?:bien )?(?:un )?humain\b|je ne suis pas un robot|vérifier la sécurité de votre connexion",
    r"no (?:eres|soy|es usted|sos) un robot|que (?:usted )?(?:es|eres) (?:un ser )?humano\b|revisar la seguridad de su conexión",
    r"non (?:sono|sei) un robot|di essere (?:un )?umano\b|verificare la sicurezza della (?:tua )?connessione|não (?:sou|é) um robô|(?:que você é|se é) humano\b|verificar a segurança da sua conexão",
    r"ik ben geen robot|dat (?:u|je) (?:een mens|geen robot) bent\b|beveiliging van (?:uw|je) verbinding|nie jestem robotem|czy (?:jesteś|nie jesteś) (?:człowiekiem|robotem)|bezpieczeństwo (?:twojego )?połączenia",
    r"(?:ben )?robot değilim|insan olduğunuz\w*|bağlantınızın güvenliğini|أنا لست (?:روبوت|برنامج)|أنك (?:إنسان|لست روبوت)|أمان (?:اتصالك|الاتصال)",
    r"ロボットではありません|(?:あなたが)?人間であることを確認|接続のセキュリティを確認|(?:验证|驗證|确认|確認)(?:您|你)是(?:否是?)?真人|(?:检查|檢查|查看)您的(?:连接|連線)的?安全性",
    r"로봇이 아닙니다|사람인지 확인|연결의? 보안을 (?:검토|확인)",
    r"проверка браузера|(?:я|вы) не робот|что вы (?:человек|не робот)|человек ли вы|безопасность вашего (?:подключения|соединения)|я не робот|ви не робот",
)
# What such a check, or the server behind it, says in its title alone: in a text these are words of news.
_CHECK = (
    r"\brobot or human\b|\bhuman verification(?: required)?\b|\bverification required\b|\bsecurity (?:check(?:point)?|verification)\b|\bone moment,? please\b|\b403\b(?:\W{1,3}forbidden\b)?|\b(?:access )?forbidden\b",
    r"\bthe request could not be satisfied\b|\bclient challenge\b|\bddos[- ]guard\b|\bbefore we continue\b|\bpress (?:&|and) hold\b|\bunusual (?:traffic|activity) detected\b|\brequest (?:blocked|rejected)\b|\brobot challenge screen\b",
    r"\b(?:nur )?einen (?:kleinen )?moment(?: bitte)?\b|\b(?:ein|kein) roboter\b|\bun instant\b|\bun momento\b|\bum momento\b|\bun attimo\b|\been ogenblik(?: geduld)?\b|\bbir dakika(?: lütfen)?\b|\b(?:chwileczkę|jeszcze chwila)\b",
    r"\b(?:один|одну) (?:момент|минуту)\b|\bне робот\b|(?:少々|しばらく)お待ちください|(?:请|請)稍(?:候|等)|잠시만 기다리(?:십시오|세요|다)|لحظة(?: من فضلك)?|(?:安全验证|人机验证|安全驗證)",
)
# "the page", "the article you are looking for", and what has become of it.
_SUBJECT = r"\b(?:page|article|story|content|post|document|file|url)s?(?: (?:that )?(?:you(?:'re| are| were|'ve| have)? )?(?:requested|looking for|tried to (?:reach|open)))?"
_FATE = (
    r"(?:(?:was|is|were) )?not found|(?:could not|couldn't|can't|cannot|can not) be found|(?:does not|doesn't|no longer) exists?(?: any ?more)?|"
    r"(?:(?:is|was|has been) )?(?:removed|deleted|gone|missing|no longer (?:available|here)|not available|unavailable)|isn't (?:here|available|working)"
)
_GONE = (
    rf"\b(?:404|410)\b(?:\W{{1,3}}gone\b)?|{_SUBJECT} (?:{_FATE})\b|\bnot found\b|\bnothing (?:was )?found\b(?: here)?",
    r"\b(?:could not|couldn't|can't|cannot|can not) find (?:the|that|this) page(?: (?:that )?you(?:'re| are| were)? (?:looking for|requested))?\b",
    r"\b(?:seite|artikel|datei)(?: (?:wurde|konnte|existiert|ist))?(?: leider)? nicht(?: mehr)?(?: gefunden| verfügbar| vorhanden)?(?: werden)?\b",
    r"\bpage (?:demandée )?(?:est )?(?:introuvable|non trouvée|n'existe (?:pas|plus))\b|\bpágina (?:solicitada )?no (?:encontrada|existe|disponible)\b",
    r"\bpagina (?:richiesta )?non (?:trovata|esiste|disponibile)\b|\bpágina não (?:foi )?(?:encontrada|existe)\b|\bpagina (?:is )?niet gevonden\b",
    r"\bsidan (?:kunde inte hittas|finns inte)\b|\bsiden (?:findes|finnes|ble|blev) ikke(?: funnet| fundet)?\b|\bstrona nie (?:została znaleziona|istnieje)\b",
    r"\bnie znaleziono (?:takiej )?(?:strony|artykułu)\b|\bstrona(?: o podanym adresie)? nie istnieje\b|\bstránka (?:nebyla )?(?:nenalezena|neexistuje|nebola nájdená)\b|\baz oldal nem (?:található|létezik)\b",
    r"\b(?:aradığınız )?sayfa (?:bulunamadı|mevcut değil|kaldırıl(?:dı|mış))\b|\bsivua ei löyt(?:ynyt|ydy)\b|\bpagina nu (?:a fost găsită|există)\b|\bсторінк[ау] не (?:знайдено|існує)\b|\bη σελίδα δεν (?:βρέθηκε|υπάρχει)\b",
    r"(?:الصفحة|المقالة?) (?:المطلوبة? |التي تبحث عنها )?غير (?:موجودة?|متوفرة?|متاحة?)|لم يتم العثور على (?:هذه )?الصفحة|صفحه (?:مورد نظر )?(?:یافت|پیدا) نشد|(?:הדף|העמוד) לא נמצא|ไม่พบหน้า(?:ที่คุณต้องการ)?",
    r"\btrang (?:này )?không tồn tại\b|\bkhông tìm thấy trang\b|\bhalaman tidak ditemukan\b|(?:पेज|पृष्ठ) नहीं मिला",
    r"\bстраница не (?:найдена|существует)\b|(?:お探しの|ご指定の|指定された)?(?:ページ|記事)[はが](?:見つかりません|存在しません|ありません|削除されました)(?:でした)?",
    r"お探しのページ|(?:页面|頁面)(?:不存在|未找到)|找不到(?:该|該)?(?:页面|頁面|网页)|페이지를 찾을 수 (?:없습니다|없음)",
)
_ERROR = (
    r"\b5(?:00|02|03|04|20|21|22)\b|\bserver error\b|\bbad gateway\b|\bgateway time-?out\b|\berror establishing a database connection\b",
    r"\bweb server is returning an unknown error\b|\bconnection timed out\b|\borigin is unreachable\b|\ba timeout occurred\b|\bssl handshake failed\b|\binvalid ssl certificate\b|\borigin dns error\b",
    r"\b(?:service|site|website|page|server)(?: is)?(?: currently| temporarily)? (?:unavailable|down)\b|\btemporarily unavailable\b",
    r"\bsomething (?:has |just )?(?:went|gone) wrong\b|\b(?:error|problem) (?:has )?occurr?ed\b|\boops\b|\bsite can't be reached\b|\bsession (?:has )?(?:expired|timed out)\b",
    r"\ba client-side exception has occurred\b|\bfehler (?:ist )?aufgetreten\b|\b(?:server-?|interner )fehler\b|\betwas ist schiefgelaufen\b",
    r"\b(?:dienst|service|seite|website)(?: ist)?(?: derzeit| zurzeit| momentan| vorübergehend)? nicht (?:verfügbar|erreichbar)\b",
    r"\b(?:service|site)(?: est)?(?: momentanément| temporairement| actuellement)? indisponible\b|\bune erreur (?:inattendue )?(?:est survenue|s'est produite)",
    r"\b(?:ha ocurrido|se ha producido) un error\b|\bservicio (?:temporalmente )?no disponible\b|\bsi è verificato un errore\b|\bocorreu um erro\b",
    r"\ber is (?:iets misgegaan|een fout opgetreden)\b|\bett fel (?:har )?(?:uppstod|inträffat)\b|\bwystąpił błąd\b|\bпроизошла ошибка\b",
    r"エラーが発生(?:いた)?しました|サービスは?(?:一時的に)?(?:ご)?利用(?:いただ)?(?:けません|できません)|(?:服务器|系统)(?:内部)?错误|오류가 발생(?:했습니다|하였습니다)",
)
_MAINTENANCE = (
    r"\b(?:(?:down|offline|closed) for |under |undergoing )?(?:(?:site|website|system|server|scheduled|planned|routine) ){0,3}maintenance\b(?: mode| break| in progress)?",
    r"\b(?:(?:we'll|we will) )?be (?:right )?back (?:soon|shortly)\b|\bwartungs(?:arbeiten|modus|pause)\b|\bin wartung\b|\bwird (?:gerade )?gewartet\b|\bwir sind (?:gleich|bald) (?:wieder (?:da|für sie da)|zurück)\b",
    r"\ben (?:cours de )?maintenance\b|\bmaintenance en cours\b|\ben mantenimiento\b|\bin manutenzione\b|\bem manutenção\b|\bunderhåll pågår\b|\bprzerwa techniczna\b",
    r"\bтехнические работы\b|(?:サイト|システム|サーバー?|緊急|定期)?メンテナンス(?:中|のお知らせ)|(?:系统|网站)维护中?|(?:서버 |시스템 )?점검 중(?:입니다)?",
)
_REGION = (
    r"\b451\b|\b(?:unavailable|not available) (?:due to|for) legal reasons\b",
    r"\b(?:(?:is |are )?(?:currently )?not(?: yet)? available|isn't available|unavailable|blocked) in your (?:country|region|location|area)\b(?: or region\b)?",
    r"\bin ihre[rm] (?:land|region)(?: leider)? nicht (?:verfügbar|erlaubt)\b|\bnon disponible dans votre (?:pays|région)\b|\bno (?:está )?disponible en (?:su|tu) (?:país|región)\b",
    r"お住まいの(?:国|地域)では(?:ご)?利用(?:いただ)?(?:けません|できません)|[您你]所在的?(?:国家|地区)(?:无法|不)(?:访问|可用)",
)
_LIMITED = (
    r"\b429\b|\btoo many requests\b|\brate limit(?:ed)?(?: exceeded)?\b|\bzu viele anfragen\b|\btrop de requêtes\b|\bdemasiadas solicitudes\b",
)
# What a host shows in the place of a site that is no more, or not yet.
_PARKED = (
    r"\b(?:(?:this|the) )?(?:domain|website)(?: name)?(?: [\w.-]{1,60})? (?:is|may be) (?:available )?for sale\b",
    r"\b(?:diese )?domain (?:steht zum verkauf|ist (?:zu verkaufen|verkäuflich|käuflich))\b|\b(?:ce |le )?(?:nom de )?domaine est à vendre\b|\b(?:este )?dominio (?:está )?(?:en|a la|à) venta\b|\bdominio in vendita\b",
    r"\b(?:domain|site) (?:is )?parked\b|\bparked (?:domain|page)\b|\bdomain (?:has )?expired\b|\b(?:account|website|site) (?:has been )?suspended\b|\bwelcome to nginx\b|\bapache2 (?:\w+ )?default page(?:: it works)?|\bdefault web ?(?:site|page)\b",
)
_BROWSER = (
    r"\bbrowser (?:is )?(?:out of date|outdated|unsupported|(?:not|no longer) supported)\b|\b(?:unsupported|outdated|(?:update|upgrade) your) (?:web )?browser\b",
    r"\b(?:enable|turn on|activate) javascript\b(?: in your browser)?(?: to (?:continue|run this app|view this (?:page|site)))?",
    r"\bjavascript (?:is |must be |needs to be )?(?:required|disabled|not enabled|enabled)\b|\bjavascript (?:ist )?(?:aktivieren|deaktiviert|erforderlich)\b",
    r"\bbrowser (?:ist |wird )?(?:veraltet|nicht (?:mehr )?unterstützt)\b|\bnavigateur (?:est )?obsolète\b|\bjavascript (?:est )?(?:désactivé|requis)\b",
    r"ブラウザー?は(?:サポートされていません|対応していません)|javascriptを有効に(?:して)?",
)


def _any(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


BOT = _any(_BOT)
# Of another domain, it is news that it is for sale.
PARKED = _any((*_PARKED, r"\b[\w-]{1,60}(?:\.[\w-]{1,60}){1,4} (?:is|may be) (?:available )?for sale\b"))
_MESSAGES = (
    (Kind.BOT_WALL, "a check of visitors", BOT),
    (Kind.BOT_WALL, "a check of visitors", _any(_CHECK)),
    (Kind.SOFT_404, "a missing page", _any(_GONE)),
    (Kind.SOFT_404, "a site under maintenance", _any(_MAINTENANCE)),
    (Kind.BOT_WALL, "a page closed to the visitor's country", _any(_REGION)),
    (Kind.BOT_WALL, "a refusal of too many visits", _any(_LIMITED)),
    (Kind.SOFT_404, "an error of the site", _any(_ERROR)),
    (Kind.SOFT_404, "a page of the host", _any(_PARKED)),
    (Kind.EMPTY, "a demand for another browser", _any(_BROWSER)),
)
# What stands around a message and says nothing else.
_FILLER = re.compile(
    r"\b(?:this may take a few seconds|sorry|oops|who+ps|uh[- ]?oh|hmm+|(?:http )?(?:error|status)(?: code)?|internal|unexpected|unknown|technical|the|this|that|an?|your|our|we(?:'re| are)?|you|but|"
    r"page|content|video|application|web|site|website|service|please|let's|need to|it (?:looks|seems) like|looks like|try again(?: later)?|for humans?|"
    r"fehler(?:code)?|es ist ein|es wird (?:geprüft|sichergestellt)|unerwarteter|dieser|inhalt|ist|die|diese|angeforderte|gesuchte|ihr|leider|bitte|entschuldigung|hoppla|huch|oups|ups|"
    r"erreur|désolée?s?|la|le|cette|error|lo sentimos|errore|votre|opgelet)\b|申し訳(?:ございません|ありません)|ただいま|只今|現在|お使いの|です|でした|ください|당신|요청하신|찾으시는",
    re.IGNORECASE,
)
_PARTING = re.compile(r"\s+[-–—|｜•·:»]+\s+|\s*[|｜]\s*")
_LETTER = re.compile(r"\w")
# A title of more characters is no message, and one beside it of more words no site's name.
_LONGEST, _NAME_WORDS = 150, 6


def titled(titles: Iterable[str | None]) -> Notice | None:
    """Give the message that the first of some titles is, the name of its site aside; None where each is a headline.

    A headline may well hold the words of a message; then it says something else as well.
    """
    for title in titles:
        if title and len(title) <= _LONGEST and (notice := _whole(title.replace("’", "'"))):
            return notice
    return None


def _whole(title: str) -> Notice | None:
    """Give the message of which a title consists, as it stands or beside what is the site's."""
    parts = _PARTING.split(title)
    for kind, what, pattern in _MESSAGES:
        if not (match := pattern.search(title)):
            continue
        said = [_is_said(part, pattern) for part in parts]
        told = [pattern.search(part) if whole else None for part, whole in zip(parts, said, strict=True)]
        others = [part for part, whole in zip(parts, said, strict=True) if not whole]
        if any(told) and (_is_name(others) or _leads(told[0], others, kind)):
            return Notice(kind, what, match.group().strip())
    return None


def _is_said(part: str, pattern: re.Pattern[str]) -> bool:
    """Tell whether nothing is left of a title's part but a message and what stands around such."""
    return not _LETTER.search(_FILLER.sub(" ", pattern.sub(" ", part)))


def _is_name(others: list[str]) -> bool:
    """Tell whether what stands beside a message is nothing, or no longer than a site's name."""
    return len(others) <= 1 and all(len(part.split()) <= _NAME_WORDS for part in others)


def _leads(first: re.Match[str] | None, others: list[str], kind: Kind) -> bool:
    """Tell whether an error comes before the site's name and its motto; a number alone may begin a headline."""
    return first is not None and len(others) > 1 and kind is Kind.SOFT_404 and not first.group().strip().isdecimal()
