"""Addresses of reports as links that can do nothing but lead there."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

__all__ = ["web_address"]

_WEB: Final = re.compile(r"https?://[^\s/]")
_SAFE: Final = ":/?#@!$&()*+,;=%~-._"


def web_address(address: str | None) -> str | None:
    """Give the address of a page on the web, with every sign that some notation acts on as its escape; else ``None``.

    Examples:
        >>> web_address("https://example.org/a|b]]'' x"), web_address("javascript:alert(1)")
        ('https://example.org/a%7Cb%5D%5D%27%27%20x', None)
    """
    return quote(address, safe=_SAFE) if address and _WEB.match(address) else None
