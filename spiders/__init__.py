"""Scrapy spiders: from a site to Review items."""
