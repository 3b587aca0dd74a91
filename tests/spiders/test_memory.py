"""A crawl's memory is its own, whatever the program that started it took up."""

import subprocess
import sys

STARTED = """
import numpy, subprocess, sys
held = numpy.ones(60_000_000)  # 480 MB in the program that starts the crawl
print(subprocess.run([sys.executable, "-c", sys.argv[1]], capture_output=True, text=True, check=True).stdout)
"""
MEASURED = """
from scrapy.utils.test import get_crawler
from minebelief.spiders.memory import ResidentMemory
print(ResidentMemory(get_crawler(settings_dict={"MEMUSAGE_ENABLED": True})).get_virtual_size())
"""


def test_memory_of_the_program_that_started_a_crawl_does_not_count() -> None:
    done = subprocess.run([sys.executable, "-c", STARTED, MEASURED], capture_output=True, text=True, check=True)
    assert 10_000_000 < int(done.stdout) < 400_000_000


def test_crawls_are_watched_by_it() -> None:
    from minebelief.spiders import settings

    assert settings.EXTENSIONS["scrapy.extensions.memusage.MemoryUsage"] is None
    assert settings.EXTENSIONS["minebelief.spiders.memory.ResidentMemory"] == 0
