"""``minebelief report``."""

from pathlib import Path

import pytest


def test_a_page_is_written(call, published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = call("--workspace", str(published), "report")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("pet-insurance.html is written (0.")
    page = (tmp_path / "pet-insurance.html").read_text(encoding="utf-8")
    assert "It takes weeks until a claim is paid." in page
    assert "Made up for demonstration" in page
    assert "<script> " not in page


def test_it_is_opened_in_the_browser(call, published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    addresses: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda address: bool(addresses.append(address)))
    path = tmp_path / "report.html"
    done = call("--workspace", str(published), "report", "--company", "Figo", "-o", str(path), "--open")
    assert done.code == 0
    assert addresses == [path.as_uri()]
    assert "no browser could be opened here" in done.err


def test_an_unknown_company_is_named(call, published: Path) -> None:
    done = call("--workspace", str(published), "report", "--company", "fygo")
    assert done.code == 2
    assert "no company 'fygo'" in done.err
    assert "figo" in done.err
