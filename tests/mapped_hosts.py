"""For tests only: fetches every site from one server on this machine, under the site's own name.

A spider, its robots.txt, its delays and the guard see real addresses; only the connection goes elsewhere. Put it
into a crawl with the settings of :func:`mapped`, and its folder on ``PYTHONPATH``.
"""

import json
import os
from urllib.parse import urlsplit

from minebelief.spiders import guard
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler

PORT = "MINEBELIEF_TEST_PORT"


class MappedHosts(HTTP11DownloadHandler):
    """Scrapy's own handler, pointed at 127.0.0.1; the server reads the site's name from ``Host``."""

    async def download_request(self, request):
        guard._open.add("127.0.0.1")
        parts = urlsplit(request.url)
        mapped = request.replace(url=parts._replace(scheme="http", netloc=f"127.0.0.1:{os.environ[PORT]}").geturl())
        mapped.headers["Host"] = parts.netloc
        response = await super().download_request(mapped)
        request.meta["download_latency"] = mapped.meta.get("download_latency", 0.0)
        return response.replace(url=request.url)


def mapped(port, environment):
    """The Scrapy settings under which all sites are this server's; ``environment`` is set (a monkeypatch)."""
    environment.setenv(PORT, str(port))
    environment.setenv("PYTHONPATH", os.path.dirname(os.path.abspath(__file__)), prepend=os.pathsep)
    handlers = {"http": f"{__name__}.MappedHosts", "https": f"{__name__}.MappedHosts"}
    return {"DOWNLOAD_HANDLERS": json.dumps(handlers)}
