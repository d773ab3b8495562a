"""The assets that chain the DAGs."""

from __future__ import annotations

from airflow.sdk import Asset

RAW = Asset("copydesk_raw", uri="copydesk://raw/warc", extra={"holds": "WARC files that a crawl has landed"})
ARTICLES = Asset("copydesk_articles", uri="copydesk://tables/articles", extra={"holds": "committed batches"})
