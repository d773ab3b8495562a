"""Pages that a site keeps about itself: policies, terms, imprint, contact, sign-in; told by headlines that are nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["own_page"]

# Whole headlines that head nothing else.
_POLICIES = (
    # English
    r"(?:our |the |website |your )?(?:privacy|cookies?|data protection|privacy (?:and|&) cookies?)(?: policy| notice| statement)|cookie declaration|your (?:california |us )?privacy (?:rights|choices)",
    r"(?:website |general )?terms(?: (?:and|&) conditions| of (?:use|service|sale))(?: of use)?|legal (?:notice|information|disclaimer)|accessibility statement|copyright (?:notice|policy)",
    r"(?:editorial|corrections?|comments?|community|ethics|fact[- ]checking|affiliate|advertising|refund|returns?|shipping) (?:policy|guidelines|standards|disclosure)|code of ethics",
    r"(?:log|sign) ?in(?: to your account| or (?:register|create an account))?|create (?:an|your) account|forgot(?:ten)? (?:your )?password\??|reset (?:your )?password",
    # German, French, Spanish, Italian, Portuguese
    r"datenschutz(?:erklärung|hinweise|bestimmungen|richtlinie)?|impressum|(?:allgemeine )?(?:geschäfts|nutzungs)bedingungen|agb|cookie[- ]richtlinie|widerrufsbelehrung|erklärung zur barrierefreiheit|barrierefreiheitserklärung",
    r"(?:politique|charte) (?:de confidentialité|(?:de gestion )?des cookies|relative aux cookies|de protection des données(?: personnelles)?)|mentions légales|conditions générales(?: d'utilisation| de vente)?|cgu|cgv",
    r"(?:política|aviso) de (?:privacidad|cookies|privacidade)|aviso legal|términos y condiciones(?: de uso)?|condiciones (?:generales|de uso)|termos (?:de (?:uso|serviço)|e condições)|condições (?:gerais|de uso)",
    r"(?:informativa|privacy|cookie)(?: sulla)? (?:privacy|policy)|informativa (?:estesa )?(?:sui|sull'uso dei) cookie|termini (?:e condizioni|di (?:utilizzo|servizio))|note legali|condizioni (?:generali|d'uso)",
    # Dutch, Swedish, Danish, Norwegian, Polish, Czech, Turkish
    r"(?:privacy|cookie)(?:beleid|verklaring|statement)|algemene voorwaarden|gebruiksvoorwaarden|integritetspolicy|användarvillkor|privatlivspolitik|personvern(?:erklæring)?|(?:cookie|personuppgifts)policy",
    r"polityka (?:prywatności|cookies|plików cookies)|regulamin(?: serwisu)?|zásady ochrany osobních údajů|gizlilik (?:politikası|sözleşmesi|bildirimi)|kullanım (?:koşulları|şartları)|çerez politikası|kvkk aydınlatma metni",
    # Russian, Ukrainian, Arabic, Japanese, Chinese, Korean
    r"политика (?:конфиденциальности|обработки персональных данных)|пользовательское соглашение|політика конфіденційності|سياسة الخصوصية|(?:شروط|أحكام) (?:الاستخدام|الخدمة)|الشروط والأحكام",
    r"プライバシー(?:・)?ポリシー|個人情報(?:の取り?扱い(?:について)?|保護方針)|(?:ご)?利用規約|特定商取引法に基づく表[記示]|(?:隐私|隱私)(?:政策|权政策|權政策|声明)|(?:服务|服務|使用)(?:条款|條款|协议)|개인정보 ?(?:처리방침|취급방침)|이용약관",
)
# Those that a film or a book may have as well; here the address has to say the same.
_GENERAL = re.compile(
    r"about(?: us)?|contact(?: us)?|advertise(?: with us)?|careers|disclaimer|accessibility|subscribe|newsletters?|our team|masthead|faq|über uns|kontakt|mediadaten|"
    r"à propos|(?:nous )?contact(?:er|ez-nous)?|qui sommes-nous\s?\??|quiénes somos|contacto|chi siamo|contatti|quem somos|contato|contacto|sobre(?: nós)?|over ons|om oss|om os|o nas|hakkımızda|iletişim|"
    r"о нас|контакты|会社概要|運営会社|お問い合わせ|关于我们|關於我們|联系我们|聯絡我們|회사소개|문의하기",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"(?:/[a-z]{2}(?:[-_][a-z]{2})?)?(?:/(?:company|info|pages?|site))?/(?:about|contact|careers|disclaimer|accessibility|subscribe|subscription|newsletters?|masthead|faq|advertis(?:e|ing)|(?:our|the)-team|"
    r"(?:about|contact)-(?:us|me)|advertise-with-us|ueber-uns|uber-uns|kontakt|mediadaten|a-propos|qui-sommes-nous|nous-contacter|quienes-somos|contacto|chi-siamo|contatti|quem-somos|contato|sobre(?:-nos)?|"
    r"over-ons|om-oss|om-os|o-nas|hakkimizda|iletisim|company|inquiry)(?:/|\.\w{3,5})?",
    re.IGNORECASE,
)
_POLICY = re.compile("|".join(_POLICIES), re.IGNORECASE)
# A headline of more characters is none of these.
_LONGEST = 60


def own_page(titles: Iterable[str | None], url: str) -> str | None:
    """Give the first of some headlines that names a page of the site about itself, as a whole; None where none does."""
    for title in titles:
        if title and len(title) <= _LONGEST:
            folded = title.replace("’", "'").strip(" .!:")
            if _POLICY.fullmatch(folded) or (_GENERAL.fullmatch(folded) and _ADDRESS.fullmatch(urlsplit(url).path)):
                return title
    return None
