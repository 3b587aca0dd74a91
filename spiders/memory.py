"""The memory that a crawl takes up now, by which it is stopped when it grows without bound."""

from pathlib import Path

from scrapy.extensions.memusage import MemoryUsage

__all__ = ["ResidentMemory"]

STATUS = Path("/proc/self/status")


class ResidentMemory(MemoryUsage):
    """Scrapy's watch over memory, measuring what the process holds now.

    Scrapy asks for the peak, which on Linux a process inherits from the one that started it: a crawl that is started by
    a program which has mined before would be stopped at once.
    """

    def get_virtual_size(self) -> int:
        """Resident memory in bytes; Scrapy's own measure where the system does not tell it."""
        try:
            lines = STATUS.read_text(encoding="ascii").splitlines()
        except OSError:
            return super().get_virtual_size()
        kibibytes = [int(line.split()[1]) for line in lines if line.startswith("VmRSS:")]
        return kibibytes[0] * 1024 if kibibytes else super().get_virtual_size()
