"""Short texts of our own, with the topic that anyone would file them under first."""

from __future__ import annotations

__all__ = ["TEXTS"]

TEXTS: tuple[tuple[str, str, str], ...] = (
    (
        "Northlake opens a third data center near Porto",
        "The colocation hall adds 40 megawatts with liquid cooling.",
        "cloud",
    ),
    (
        "Ransomware gang leaks files of a hospital chain",
        "The hackers exploited an unpatched VPN flaw in May.",
        "security",
    ),
    ("New language model writes longer summaries", "The lab says its LLM makes fewer hallucinations.", "ai"),
    ("Foundry starts making 2nm wafers", "The semiconductor maker delivers first processors in spring.", "chips"),
    ("The foldable phone gets a brighter display", "The smartphone has a larger battery and a new camera.", "devices"),
    ("Compiler 4.2 released with faster builds", "Developers can refactor code with the new Python library.", "dev"),
    ("Regulator clears spectrum for 6G trials", "Three mobile carriers and a broadband provider take part.", "telecom"),
    ("Neobank adds payments in stablecoins", "Customers can move bitcoin from a crypto wallet.", "fintech"),
    ("Court rules against the app store in antitrust lawsuit", "The judge found that the law was broken.", "policy"),
    ("Startup raises $12M Series A", "The round was led by two venture capital investors.", "business"),
    ("Video site pays creators more for short clips", "Streaming and social media ads bring the money.", "internet"),
    ("The console's biggest role-playing game is out", "Players of the PlayStation title meet new bosses.", "games"),
    ("Robotaxi service starts in Lyon", "The autonomous electric vehicles drive without a driver.", "mobility"),
    ("Rocket lifts a telescope to orbit", "Astronomers at the space agency wait for first images.", "science"),
)
