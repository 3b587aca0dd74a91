import pytest

from minebelief.demo import generate


@pytest.fixture(scope="session")
def demo():
    """The made-up industry as `minebelief demo` shows it."""
    return generate()
