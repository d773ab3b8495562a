"""The Scrapy side: one spider and the middlewares that fetch politely and archive faithfully."""
