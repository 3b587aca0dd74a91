"""Scrapy spiders: from a site to Review items.

Run one with ``scrapy crawl schema_org -a urls=… -O reviews.jsonl``. What happens to a page, in this order:
it is fetched politely (``settings``, ``guard``, ``politeness``), read into nodes (``nodes``,
``lenient_json``), turned into reviews (``structured_data`` with ``normalise``, ``screening`` and
``identity``) and written (``landing``).
"""
