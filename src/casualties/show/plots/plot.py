"""A picture that is ready to be shown: as SVG, PNG or a page, with a text that says the same."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Final

from casualties._text import inert
from casualties._writing import as_path, write_file
from casualties.errors import CasualtiesError, MissingExtraError
from casualties.show.plots._sheet import night

__all__ = ["Plot"]


@dataclass(frozen=True)
class Plot:
    """A picture, drawn as SVG; only a PNG of it needs the extra ``plot``.

    The same data give the same bytes.  Nothing in it asks any host for anything.

    Attributes:
        title: What it shows.
        alt: The same in words, for those who do not see it.
        drawing: What is drawn, as one element of SVG without its text.
        dark: Whether it is drawn for a dark screen.

    Examples:
        >>> import casualties as cs
        >>> plot = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary").plot()
        >>> print(plot.title)
        Who says what: killed, Syrian mercenaries, 27 to 30 September 2020
    """

    title: str
    alt: str
    drawing: str = field(repr=False)
    dark: bool = False

    def svg(self) -> str:
        """Draw it as SVG, with its title and its text inside.

        Examples:
            >>> import casualties as cs
            >>> plot = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary").plot()
            >>> plot.svg()[:5]
            '<svg '
        """
        return self._svg

    @cached_property
    def _svg(self) -> str:
        start, rest = self.drawing.split(">", 1)
        name = hashlib.sha256(self.drawing.encode()).hexdigest()[:12]
        texts = (
            f'<title id="t{name}">{escape(inert(self.title))}</title>'
            f'<desc id="d{name}">{escape(inert(self.alt))}</desc>'
        )
        return f'{start} role="img" aria-labelledby="t{name} d{name}">{texts}{rest}'

    def png(self, scale: float = 2) -> bytes:
        """Draw it as PNG.

        Args:
            scale: Pixels of the image for each pixel of its width.

        Raises:
            CasualtiesError: If the scale is not above zero.
            MissingExtraError: If the extra ``plot`` is not installed.

        Examples:
            >>> import casualties as cs
            >>> plot = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary").plot()
            >>> plot.png()[1:4]
            b'PNG'
        """
        if not 0 < scale <= 10:
            raise CasualtiesError(f"scale {scale!r}: not above 0 and up to 10", "bad-scale", "2 suits most screens")
        drawn: bytes = _drawing().svg_to_png(self._svg, scale=scale)
        return drawn

    def html(self) -> str:
        """Set it in a page of its own, which follows the reader's light or dark screen and holds its text.

        Examples:
            >>> import casualties as cs
            >>> plot = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary").plot()
            >>> plot.html()[:15]
            '<!DOCTYPE html>'
        """
        ground = "#14181d" if self.dark else "#ffffff"
        ink = "#f1f1f1" if self.dark else "#1b1b1b"
        dark = (
            "" if self.dark else f"@media screen and (prefers-color-scheme:dark){{body{{{_DARK_BODY}}}{night('svg')}}}"
        )
        style = (
            f"body{{margin:1rem;font-family:sans-serif;background:{ground};color:{ink}}}"
            f"figure{{margin:0}}svg{{max-width:100%;height:auto}}p{{max-width:50rem}}{dark}"
        )
        title, alt = escape(inert(self.title)), escape(inert(self.alt))
        return (
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
            f"<figure>{self._svg}</figure>\n"
            f"<details><summary>The picture in words</summary><p>{alt}</p></details>\n</main>\n</body>\n</html>\n"
        )

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write it to a file, in the form that the file's name says: ``.svg``, ``.png`` or ``.html``.

        Returns:
            The path of the file.

        Raises:
            CasualtiesError: If the name says another form, or none, or the file cannot be written.
            MissingExtraError: If it is a PNG, and the extra ``plot`` is not installed.

        Examples:
            >>> import casualties as cs
            >>> plot = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary").plot()
            >>> plot.save("mercenaries.jpg")
            Traceback (most recent call last):
            ...
            casualties.errors.CasualtiesError: 'mercenaries.jpg': a picture is not written as '.jpg'
            Hint: end the name in .svg, .png or .html
        """
        target = as_path(path)
        suffix = target.suffix.lower()
        if suffix not in (".svg", ".png", ".html"):
            raise CasualtiesError(
                f"{os.fspath(path)!r}: a picture is not written as {target.suffix!r}",
                "unknown-format",
                "end the name in .svg, .png or .html",
            )
        data = self.png() if suffix == ".png" else (self.svg() if suffix == ".svg" else self.html()).encode()
        write_file(target, data)
        return target

    def _repr_html_(self) -> str:
        return f'<figure style="margin:0">{self._svg}</figure>'

    def __str__(self) -> str:
        return self.alt


_DARK_BODY: Final = "background:#14181d;color:#f1f1f1"


def _drawing() -> ModuleType:
    """Load what makes pixels of a drawing, which takes a while and is loaded for no other purpose."""
    try:
        return import_module("vl_convert")
    except ImportError as error:
        raise MissingExtraError("a picture as PNG", "vl-convert-python", "plot") from error
