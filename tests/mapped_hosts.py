"""For tests only: fetches every site from one server on this machine, under the site's own name.

A spider, its robots.txt, its delays and the guard see real addresses; only the connection goes elsewhere. Put it
into a crawl with the settings of :func:`mapped`.
"""

import json
import os
from urllib.parse import urlsplit

from minebelief.spiders.guard import open_hosts
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler


class MappedHosts(HTTP11DownloadHandler):
    """Scrapy's own handler, pointed at 127.0.0.1; the server reads the site's name from ``Host``."""

    def __init__(self, crawler):
        super().__init__(crawler)
        self.port = crawler.settings.getint("MAPPED_PORT")
        open_hosts({"127.0.0.1"})  # for the resolver; no request is addressed to it

    async def download_request(self, request):
        parts = urlsplit(request.url)
        mapped = request.replace(url=parts._replace(scheme="http", netloc=f"127.0.0.1:{self.port}").geturl())
        mapped.headers["Host"] = parts.netloc
        response = await super().download_request(mapped)
        request.meta["download_latency"] = mapped.meta.get("download_latency", 0.0)
        return response.replace(url=request.url, request=request)


def mapped(port, environment):
    """The Scrapy settings under which all sites are this server's; ``environment`` is a monkeypatch."""
    environment.setenv("PYTHONPATH", os.path.dirname(os.path.abspath(__file__)), prepend=os.pathsep)
    handlers = {"http": f"{__name__}.MappedHosts", "https": f"{__name__}.MappedHosts"}
    return {"DOWNLOAD_HANDLERS": json.dumps(handlers), "MAPPED_PORT": port}
