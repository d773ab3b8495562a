"""Consent notices that stand where an article should: told by their headline, and by speaking of cookies and partners as "we"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipelines.extract.deciding.sentences import of_kind

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["LONGEST_NOTICE", "heading", "spoken"]

# Under a headline that says so, a notice lists the purposes of its partners; without one, `walls.py` asks for a shorter body.
LONGEST_NOTICE = 400

# Whole headlines, or a part between separators: an article may well quote one of these in its own.
_HEADINGS = (
    # English
    r"before you (?:continue|go on|proceed)(?: to .{1,40})?",
    r"(?:at .{1,30}, )?we (?:and our partners )?(?:value|respect|care about|protect) (?:your|user) privacy",
    r"your privacy(?: choices| settings| matters(?: to us)?| is important to us|, your choice)?",
    r"(?:manage )?(?:your )?(?:cookies?|privacy|consent)(?: and cookies?)? (?:consent|notice|settings|preferences|choices)",
    r"(?:we use|this (?:web)?site uses|we and our partners use) cookies.{0,40}|(?:accept|manage|allow) cookies",
    r".{1,40} asks for your consent.{0,60}|(?:your )?consent (?:required|needed)",
    r".{1,40} is (?:now )?part of the .{1,30} (?:family(?: of brands)?|group)",
    # The same of a family of brands: German, French, Spanish, Italian, Portuguese, Dutch, Polish
    r".{1,40} (?:gehört zur|ist (?:jetzt )?teil der) .{1,30}familie|.{1,40} fait partie de la famille de marques .{1,30}|.{1,40} forma parte de la familia de marcas .{1,30}",
    r".{1,40} fa parte della famiglia di (?:brand|marchi) .{1,30}|.{1,40} faz parte da família de marcas .{1,30}|.{1,40} maakt deel uit van de .{1,30}merkenfamilie|.{1,40} jest częścią rodziny marek .{1,30}",
    # German
    r"bevor (?:sie (?:fortfahren|weiterlesen|weitergehen)|du (?:fortfährst|weiterliest))(?: zu .{1,40})?",
    r"(?:.{1,40} )?(?:weiter )?mit werbung (?:(?:weiter)?(?:lesen|nutzen)|oder .{1,40})|.{1,40} ohne werbung (?:lesen|nutzen)|(?:.{1,40} )?pur[- ]?abo(?: .{1,40})?",
    r"(?:wir (?:schätzen|respektieren|achten) )?(?:ihre|deine) privatsphäre(?: ist uns wichtig)?|wir legen wert auf (?:ihre|deine) privatsphäre",
    r"(?:cookie|datenschutz|privatsphäre)[- ]?(?:einstellungen|hinweis|zustimmung)|(?:ihre )?(?:einwilligung|zustimmung)(?: erforderlich)?",
    r"(?:wir (?:verwenden|nutzen)|diese (?:web)?seite (?:verwendet|nutzt)) cookies.{0,40}",
    # French
    r"avant de continuer(?: vers .{1,40})?|(?:le respect de )?votre vie privée(?: est (?:notre priorité|importante pour nous))?",
    r"nous respectons votre vie privée|gestion des cookies|(?:votre )?consentement|(?:nous utilisons|ce site utilise) des cookies.{0,40}",
    # Spanish, Portuguese, Italian, Romanian
    r"antes de (?:continuar|ir a .{1,40})|(?:tu|su) privacidad(?: (?:es importante|nos importa).{0,20})?|(?:valoramos|respetamos) (?:tu|su) privacidad",
    r"(?:a )?(?:sua|tua) privacidade(?: é importante.{0,20})?|(?:valorizamos|respeitamos) (?:a )?(?:sua|tua) privacidade",
    r"prima di continuare(?: su .{1,40})?|(?:il rispetto del)?la (?:tua|vostra|sua) privacy(?: (?:è (?:importante|la nostra priorità)|ci sta a cuore).{0,20})?",
    r"(?:utilizamos|usamos|utilizziamo|usiamo) (?:i )?cookies?.{0,40}|înainte de a continua.{0,40}|(?:respectăm|prețuim) confidențialitatea.{0,30}",
    # Dutch, Swedish, Danish, Norwegian, Finnish
    r"voordat (?:je|u) (?:verdergaat|verder gaat|doorgaat)(?: naar .{1,40})?|(?:wij|we) (?:geven om|waarderen|respecteren) (?:je|jouw|uw) privacy|(?:je|jouw|uw) privacy(?: is belangrijk.{0,20})?",
    r"innan du fortsätter.{0,40}|vi (?:värnar om|värdesätter|respekterar|bryr oss om) din integritet|(?:før|inden) du (?:fortsetter|fortsætter|går videre).{0,40}",
    r"vi (?:værdsætter|respekterer|passer på) (?:dit privatliv|dine data)|vi (?:setter|bryr oss om|respekterer) personvernet ditt.{0,20}|ennen kuin jatkat.{0,40}|(?:arvostamme|kunnioitamme) yksityisyyttäsi",
    # Polish, Czech, Hungarian, Greek, Turkish
    r"zanim przejdziesz (?:dalej|do .{1,40})|(?:cenimy|szanujemy|dbamy o) (?:twoją|państwa|waszą) prywatność|(?:twoja|państwa) prywatność.{0,30}",
    r"než budete pokračovat.{0,40}|(?:vážíme si|respektujeme) vaše(?:ho)? soukromí|(?:az ön )?adatainak védelme fontos.{0,30}|mielőtt (?:továbblép|folytatná).{0,40}",
    r"πριν (?:να )?συνεχίσετε.{0,40}|σεβόμαστε (?:την ιδιωτικότητά|το απόρρητό) σας|devam etmeden önce.{0,40}|gizliliğinize (?:önem|değer) veriyoruz",
    # Russian, Ukrainian, Japanese, Chinese, Korean
    r"прежде чем (?:продолжить|перейти).{0,40}|мы (?:ценим|уважаем) вашу конфиденциальность|перш ніж (?:продовжити|перейти).{0,40}|ми (?:цінуємо|поважаємо) вашу (?:приватність|конфіденційність)",
    r"(?:続行|続ける)(?:する)?前に|(?:お客様|あなた|皆様)のプライバシー.{0,20}|(?:cookie|クッキー)(?:の(?:使用|利用|設定|同意)|への同意).{0,20}",
    r"(?:在(?:您|你))?(?:继续|繼續)(?:之前|前).{0,20}|(?:我们|我們)(?:重视|重視|尊重)(?:您|你)的(?:隐私|隱私).{0,5}|계속하기 전에.{0,20}|(?:귀하|고객님?|회원님?)의 개인정보.{0,20}",
)
# What a site says there of itself and asks of its reader; who reports on it says "they" and "the company".
_SENTENCES = (
    # English
    r"we and (?:up to )?(?:\d+ of )?(?:our|selected|some).{0,20}(?:partners|vendors|third part(?:y|ies))|our (?:\d+ )?(?:\w+ )?(?:partners|vendors)\b.{0,80}(?:data|cookies|information|consent|device)",
    r"(?:we|this (?:web)?site|our (?:web)?sites?(?: and apps)?)\b.{0,30}\b(?:uses?|using|sets?|places?)\b.{0,40}\b(?:cookies|similar technolog)|store and(?:/or)? access (?:information|personal data)",
    r"(?:click|clicking|tap|press|pressing|choos\w+|select\w*)\b.{0,20}[\"'“‘«]?(?:i )?(?:accept|agree|reject|allow|consent|decline|refuse)\b|(?:accept|reject|allow|decline) all\b",
    r"(?:accept|change|give|manage|customi[sz]e|refuse|review|set|update|withdraw) (?:or (?:manage|change|withdraw) )?(?:your|my|our use of) (?:consent|choices?|preferences|mind|cookies|privacy)|to customi[sz]e your choices",
    r"(?:these|your) (?:choices|preferences) will (?:be|apply|not)|(?:right to )?object where legitimate interest|our (?:privacy|cookie) (?:policy|notice|statement)|manage (?:privacy|cookie) (?:settings|preferences)",
    r"with your (?:permission|consent|agreement)\b.{0,30}\b(?:we|our)\b|use precise geolocation|scan device characteristics|audience research and services development|for these additional purposes",
    r"presented to you on this service|information about (?:you|your activity on this service) can be|stored (?:and|or) (?:combined|read)\b|in support of the purposes",
    # German
    r"(?:ihnen|ihre aktivitäten) auf diesem dienst|auf ihrem gerät gespeichert|(?:gespeichert|ausgelesen) und mit anderen informationen",
    r"(?:wir und|unsere[nr]?) (?:bis zu )?(?:unsere[n]? )?(?:bis zu )?(?:\d+ )?(?:\w+ )?partnern?\b|(?:wir (?:verwenden|nutzen|setzen|verarbeiten)|(?:verwenden|nutzen|setzen|verarbeiten) wir)\b.{0,60}(?:cookies|technologien|daten)",
    r"wie gewohnt mit werbung|mit werbung und (?:\w+ )?tracking|(?:ohne|kein) werbetracking|ohne werbung und (?:ohne )?tracking|mit werbung (?:weiterlesen|lesen|nutzen|weiter)|\bpur[- ]?abo(?:nnent\w*|nnement\w*)?\b",
    r"(?:ihre|deine|diese|meine) (?:einwilligung|zustimmung|auswahl)\b.{0,60}(?:widerruf|erteil|änder|jederzeit)|(?:ihre|deine) (?:einwilligung|zustimmung|cookie-einstellungen)\b",
    r"(?:alle(?:s|n)?|cookies) (?:akzeptieren|ablehnen|zustimmen)|(?:akzeptieren|zustimmen) (?:und|&) (?:weiter|schließen)|informationen auf (?:einem|ihrem|deinem) (?:end)?gerät|unserer (?:datenschutz|cookie)|im privacy[- ]center",
    # French
    r"(?:nous et|avec) nos .{0,20}partenaires|nos (?:\d+ )?partenaires (?:et nous|(?:stock|utilis|traite|accèd)\w+)|nous utilisons .{0,60}(?:cookies|traceurs)|avec votre (?:accord|consentement)|(?:votre|retirer) (?:\w+ )?consentement",
    r"tout (?:accepter|refuser)|accepter (?:et|&) (?:continuer|fermer)|continuer sans accepter|informations sur (?:un|votre) (?:appareil|terminal)|notre politique (?:de|relative aux) (?:confidentialité|cookies)|(?:gérer|modifier) (?:mes|vos) choix",
    # Spanish, Portuguese
    r"(?:nosotros y )?nuestros (?:\d+ )?(?:socios|partners)\b.{0,80}(?:cookies|datos|información)|(?:utilizamos|usamos) .{0,40}cookies|(?:su|tu) consentimiento|aceptar (?:y continuar|todo|todas|cookies)|rechazar (?:y|todo|todas)",
    r"nuestra política de (?:privacidad|cookies)|información en (?:un|su|tu) dispositivo|(?:nós e )?(?:os )?nossos (?:\d+ )?parceiros\b.{0,80}(?:cookies|dados|informaç)|(?:o seu|seu|o teu) consentimento|aceitar (?:e continuar|tudo|todos)|rejeitar (?:tudo|todos)|nossa política de (?:privacidade|cookies)",
    # Italian, Romanian
    r"noi e (?:i nostri|terze parti|alcuni)|(?:i )?nostri (?:\d+ )?(?:partner|fornitori)\b.{0,80}(?:cookie|dati|informazioni)|(?:utilizziamo|usiamo) .{0,40}cookie|(?:il tuo|il suo|il vostro|tuo) consenso|accetta(?:re)? (?:e continua|tutti|tutto)|rifiuta(?:re)? (?:e|tutti|tutto)",
    r"nostra (?:informativa|cookie policy)|informazioni su(?:l tuo| un) dispositivo|noi și (?:cei )?.{0,20}parteneri|(?:folosim|utilizăm) .{0,40}cookie|consimțământul (?:dvs|dumneavoastră|tău)|accept(?:ă|ați|are)? (?:tot|toate)",
    # Dutch, Swedish, Danish, Norwegian, Finnish
    r"(?:wij|we) en onze .{0,20}partners|onze (?:\d+ )?partners\b.{0,80}(?:cookies|gegevens|informatie)|(?:(?:wij|we) (?:gebruiken|plaatsen)|(?:gebruiken|plaatsen) (?:wij|we)) .{0,40}cookies|(?:uw|je|jouw) toestemming|alles (?:accepteren|weigeren)|informatie op (?:een|je|uw) apparaat|ons (?:privacy|cookie)beleid",
    r"vi och våra .{0,25}partne\w+|(?:vi (?:använder|lagrar)|(?:använder|lagrar) vi) .{0,40}(?:cookies|kakor)|ditt samtycke|(?:godkänn|acceptera|neka|avvisa) alla|vi og (?:vores|våre) .{0,25}partnere|(?:vi (?:bruger|anvender|bruker)|(?:bruger|anvender|bruker) vi) .{0,40}(?:cookies|informasjonskapsler)|ditt? samtykke|(?:accepter|tillad|afvis|godta|avslå|avvis) alle",
    r"(?:tietoja|tiedot) laitteel\w+|(?:me ja|sekä) .{0,20}kumppani(?:amme|mme)|käytämme .{0,30}evästeitä|suostumuksesi|hyväksy kaikki|på (?:din|en) en(?:het|hed)\b",
    # Polish, Czech, Hungarian, Greek, Turkish
    r"my i (?:nasi|naszych) .{0,25}partner\w+|nasi .{0,15}partnerzy|(?:używamy|wykorzystujemy|stosujemy) .{0,40}(?:cookie|ciastecz)|(?:twoj[aąe]|swoją|wyrażam|wycofać) zgod\w+|akceptuj\w* (?:wszystk|i przejd)|przejdź do serwisu|naszych zaufanych partner\w+",
    r"my a naši .{0,20}partneři|(?:používáme|využíváme) .{0,40}cookie|(?:váš|svůj) souhlas|přijmout vše|mi és .{0,20}partner\w+|sütiket használunk|(?:az ön|hozzájárulását) (?:hozzájárulás\w*|bármikor)|összes elfogadása",
    r"εμείς και .{0,20}συνεργάτες|χρησιμοποιούμε .{0,40}cookies|(?:τη )?συγκατάθεσή σας|αποδοχή όλων|biz ve .{0,20}orta[kğ]\w*|çerez\w* kullanıyoruz|(?:onayınız|rızanız)\w*|tümünü (?:kabul|reddet)",
    # Russian, Ukrainian, Japanese, Chinese, Korean
    r"мы и наши .{0,20}партн|мы используем .{0,40}(?:cookie|куки)|ваше(?:го)? согласи[ея]|принять вс[её]|ми (?:та|і) наші .{0,20}партн|ми використовуємо .{0,40}(?:cookie|кукі)|вашо?[їу]? згод\w+|прийняти вс[еі]",
    r"(?:当社|弊社|当サイト|私たち)(?:と|および|及び|は).{0,40}(?:パートナー|cookie|クッキー)|(?:cookie|クッキー).{0,12}(?:使用|利用)(?:して(?:い|お)|し?ます)|同意して(?:いただ|続|閉|進|読)|^同意(?:する|しない)$|同意(?:いただ|を撤回)|すべて(?:を)?(?:許可|拒否|受け入れ|同意)|(?:お客様|あなた)の(?:同意|選択|プライバシー)",
    r"我[们們](?:和|及|与|與).{0,15}(?:合作(?:伙|夥)伴)|我[们們].{0,10}使用.{0,10}cookie|(?:您|你)的(?:同意|选择|選擇|隐私|隱私)|(?:全部|接受|拒绝|拒絕)(?:接受|拒绝|所有|全部)|당사(?:와|및| 및).{0,20}파트너|쿠키를.{0,10}사용합니다|(?:귀하|회원님)의 동의|모두 (?:수락|허용|거부)",
)
# What every notice speaks of; to look for these takes a hundredth of reading its sentences.
_SUBJECTS = (
    "cookie", "partn", "partenaire", "socios", "parceiros", "parteneri", "vendors", "werbung", "consent", "zustimmung", "einwilligung", "samtyk",
    "toestemming", "accept", "kakor", "evästei", "kumppan", "ciastecz", "zgod", "sütik", "çerez", "ortak", "ortağ", "συνεργάτ", "партн", "куки", "кукі",
    "クッキー", "パートナー", "同意", "伙伴", "夥伴", "쿠키", "파트너", "동의",
)  # fmt: skip
# A notice asks within its first pages.
_READ = 20_000
_HEADING = re.compile("|".join(_HEADINGS), re.IGNORECASE)
_SENTENCE = re.compile("|".join(_SENTENCES), re.IGNORECASE)
_PARTING = re.compile(r"\s+[-–—|｜•·:»]+\s+|\s*[|｜]\s*")
# A headline of more characters is none of a notice.
_LONGEST_HEADING = 150


def heading(titles: Iterable[str | None]) -> str | None:
    """Give the first of some headlines that is a consent notice's, as a whole or beside the name of its site."""
    for title in titles:
        if title and len(title) <= _LONGEST_HEADING:
            for part in (title, *_PARTING.split(title)):
                if _HEADING.fullmatch(part.strip(" .!?…:\"'“”‘’")):
                    return part
    return None


def spoken(body: str) -> tuple[float, int, str]:
    """Give the share of a body that asks for consent in the site's own voice, from 0 to 1, in how many sentences, and the first words that do."""
    body = body[:_READ]
    folded = body.lower()
    if not any(subject in folded for subject in _SUBJECTS):
        return 0.0, 0, ""
    return of_kind(body, _SENTENCE)
