"""Scrapy's settings for every spider: polite, honest about who asks, and bounded in every direction.

What a user may change goes through ``-s`` or, for the contact address, ``MINEBELIEF_CONTACT`` in the
environment.
"""

import os
from importlib.metadata import PackageNotFoundError, version

from scrapy.settings import default_settings as _defaults

BOT_NAME = "minebelief"
SPIDER_MODULES = [
    f"minebelief.spiders.{_name}"
    for _name in ("app_store", "cfpb", "discourse", "mozilla_addons", "pages", "probe", "schema_org", "steam")
]
NEWSPIDER_MODULE = "minebelief.spiders"

# --- who we are -----------------------------------------------------------------------------------

try:
    _VERSION = version("minebelief")
except PackageNotFoundError:  # a checkout that is not installed
    _VERSION = "0"

#: An address at which the owner of a crawled site reaches whoever runs the crawl. ``contact`` puts it into
#: the user agent.
MINEBELIEF_CONTACT = os.environ.get("MINEBELIEF_CONTACT", "")
MINEBELIEF_USER_AGENT = f"minebelief/{_VERSION} (customer review research; {{contact}})"
ADDONS = {"minebelief.spiders.contact.ContactAddon": 100}
ROBOTSTXT_USER_AGENT = "minebelief"
ROBOTSTXT_OBEY = True
COOKIES_ENABLED = False
REFERRER_POLICY = "same-origin"
DEFAULT_REQUEST_HEADERS = {"Accept": "text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.8"}

# --- how fast -------------------------------------------------------------------------------------

CONCURRENT_REQUESTS = 4
CONCURRENT_REQUESTS_PER_DOMAIN = 1
CONCURRENT_ITEMS = 4  # the pipelines do not wait for anything, and Scrapy makes so many tasks for every page
DOWNLOAD_DELAY = 1.0
if hasattr(_defaults, "DOWNLOAD_DELAY_JITTER"):  # a delay that a site asked for is never undercut by chance
    DOWNLOAD_DELAY_JITTER = 0.0
else:  # before Scrapy 2.19
    RANDOMIZE_DOWNLOAD_DELAY = False
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = DOWNLOAD_DELAY
AUTOTHROTTLE_MAX_DELAY = 60.0
AUTOTHROTTLE_TARGET_CONCURRENCY = 1.0
MINEBELIEF_MAX_WAIT = 300.0

# --- how far and how much -------------------------------------------------------------------------

DOWNLOAD_TIMEOUT = 30
DOWNLOAD_MAXSIZE = 16 * 1024 * 1024  # also the bound of what compression may unfold to
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_VERIFY_CERTIFICATES = True
DEPTH_LIMIT = 10_000
REDIRECT_MAX_TIMES = 5
METAREFRESH_ENABLED = False
RETRY_TIMES = 3
DNS_TIMEOUT = 20
MEMUSAGE_LIMIT_MB = 2048
MEMUSAGE_CHECK_INTERVAL_SECONDS = 10.0
DOWNLOAD_HANDLERS = {"data": None, "file": None, "ftp": None, "s3": None}
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False

# --- parts ----------------------------------------------------------------------------------------

if hasattr(_defaults, "TWISTED_DNS_RESOLVER"):
    TWISTED_DNS_RESOLVER = "minebelief.spiders.guard.GuardedResolver"
else:  # before Scrapy 2.15
    DNS_RESOLVER = "minebelief.spiders.guard.GuardedResolver"
SCHEDULER = "minebelief.spiders.frontier.Frontier"
SPIDER_MIDDLEWARES = {
    "minebelief.spiders.landing.Landing": 1,  # next to the engine: sees what all others let through
    "minebelief.spiders.rehearsal.Rehearsal": 2,
}
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    "minebelief.spiders.guard.GuardMiddleware": 50,
    "minebelief.spiders.politeness.RobotsOutOfReach": 60,
}
# Switched off is not enough: that which is listed is loaded, which took a quarter of a crawl's start.
EXTENSIONS = {
    "scrapy.extensions.memdebug.MemoryDebugger": None,
    "scrapy.extensions.remote_control.RemoteControl": None,
    "scrapy.extensions.telnet.TelnetConsole": None,
    "scrapy.extensions.memusage.MemoryUsage": None,
    "minebelief.spiders.memory.ResidentMemory": 0,
    "minebelief.spiders.politeness.Politeness": 900,
    "minebelief.spiders.report.StatsReport": 910,
    "minebelief.spiders.sample.Sample": 920,
}
WARN_ON_GENERATOR_RETURN_VALUE = False  # a check of the spiders' source that takes a fifth of a second
FEED_EXPORT_ENCODING = "utf-8"
LOG_LEVEL = "INFO"
LOG_FORMATTER = "minebelief.spiders.report.QuietItems"
STATS_DUMP = True
