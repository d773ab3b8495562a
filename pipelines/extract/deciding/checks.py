"""Checks of visitors by the machinery that runs them: scripts, elements and addresses that stand on no page behind the check."""

from __future__ import annotations

__all__ = ["machinery"]

# Not the scripts that the same firms put on every page of a site: those watch, and let the page through.
_MARKS = (
    ("_cf_chl_opt", "Cloudflare"),
    ("geo.captcha-delivery.com", "DataDome"),
    ("ct.captcha-delivery.com/", "DataDome"),
    ('id="px-captcha"', "HUMAN (PerimeterX)"),
    ("px-captcha-container", "HUMAN (PerimeterX)"),
    ("captcha.px-cdn.net", "HUMAN (PerimeterX)"),
    ("captcha.px-cloud.net", "HUMAN (PerimeterX)"),
    ("errors.edgesuite.net", "Akamai"),
    ("bm-verify=", "Akamai"),
    ("sec-if-cpt-container", "Akamai"),
    ("/.within.website/x/cmd/anubis", "Anubis"),
    ('id="anubis_challenge"', "Anubis"),
    ("window.gokuProps", "AWS WAF"),
    ("AwsWafIntegration.checkForceRefresh", "AWS WAF"),
    ("/_Incapsula_Resource?SWUDNSAI=", "Imperva"),
    ("KPSDK.now=", "Kasada"),
    ("/.well-known/vercel/security/request-challenge", "Vercel"),
    ("/.well-known/sgcaptcha/", "SiteGround"),
    ("sucuri_cloudproxy_js", "Sucuri"),
    ("check.ddos-guard.net", "DDoS-Guard"),
    ("captcha.perfdrive.com", "Radware"),
    ("window.rbzns", "Reblaze"),
    ("/__qrator/", "Qrator"),
    ("acw_sc__v2", "Alibaba Cloud"),
)
# A check is a page of its own, and a small one: the largest, Cloudflare's, has some 40,000 characters.
_READ = 100_000


def machinery(markup: str, body: str) -> str | None:
    """Name whose check of visitors a page is; None where its markup bears no mark of one, or its body speaks of the mark."""
    start = markup[:_READ]
    return next((whose for mark, whose in _MARKS if mark in start and mark not in body), None)
