"""The check that the built site asks no other host for anything can itself fail."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

PATH = Path(__file__).parents[2] / ".ci" / "own_host.py"
spec = importlib.util.spec_from_file_location("own_host", PATH)
if spec is None or spec.loader is None:
    raise ImportError(PATH)
own_host = importlib.util.module_from_spec(spec)
spec.loader.exec_module(own_host)


@pytest.mark.parametrize(
    "page",
    [
        '<script src="https://example.org/a.js"></script>',
        '<script src="//example.org/a.js"></script>',
        '<link rel="stylesheet" href="https://example.org/a.css">',
        '<link rel="preconnect" href="https://example.org">',
        '<img src="HTTP://example.org/a.png">',
        '<img srcset="a.png 1x, https://example.org/a.png 2x">',
        '<p style="background: url(https://example.org/a.png)">',
        '<style>@import "https://example.org/a.css";</style>',
        '<svg><image href="https://example.org/a.png"/></svg>',
        '<object data="https://example.org/a"></object>',
    ],
)
def test_load_from_elsewhere_is_found(page: str) -> None:
    """Whatever a browser would ask for by itself is a finding."""
    assert len(own_host.in_page(page)) == 1


@pytest.mark.parametrize(
    "page",
    [
        '<a href="https://example.org/">a link that a reader may follow</a>',
        '<link rel="canonical" href="https://example.org/a">',
        '<script src="assets/a.js"></script><img src="data:image/png;base64,AA==">',
        "<style>p { background: url(a.png) }</style><p>@import https://example.org</p>",
    ],
)
def test_own_things_and_links_are_left_alone(page: str) -> None:
    """What lies in the site, and what is only a link, is no finding."""
    assert own_host.in_page(page) == []


def test_site_fails_with_a_load_and_without_pages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An empty site and a style sheet that loads a font both end in exit status 1."""
    assert own_host.main(tmp_path) == 1
    (tmp_path / "a.html").write_text("<p>a</p>", encoding="utf-8")
    assert own_host.main(tmp_path) == 0
    (tmp_path / "a.css").write_text("@font-face { src: url('https://example.org/a.woff2') }", encoding="utf-8")
    assert own_host.main(tmp_path) == 1
    assert "a.css: https://example.org/a.woff2" in capsys.readouterr().out
