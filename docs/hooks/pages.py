"""What the theme leaves out: names of landmarks, and a page for what is absent that needs no other file."""

from __future__ import annotations

from typing import Any, Final

UNNAMED: Final = {
    'data-md-component="search" role="dialog"': 'data-md-component="search" role="dialog" aria-label="Search"',
    '<div class="md-search__inner" role="search">': '<div class="md-search__inner" role="search" aria-label="Words">',
}

ABSENT: Final = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="There is no page at this address.">
<title>No such page - casualties</title>
<style>
body { font: 1rem/1.6 sans-serif; max-width: 38rem; margin: 4rem auto; padding: 0 1rem; }
body { color: CanvasText; background: Canvas; }
a { color: LinkText; }
</style>
</head>
<body>
<main>
<h1>No such page</h1>
<p>There is no page at this address.
It may have moved: pages of the reference have new names now and then.</p>
<p><a href="{start}">Start</a> has the search and the menu.</p>
</main>
</body>
</html>
"""


def on_post_page(output: str, **_given: Any) -> str:  # noqa: ANN401 - as mkdocs calls it
    """Name the landmarks that the theme leaves without a name."""
    for bare, named in UNNAMED.items():
        output = output.replace(bare, named)
    return output


def on_post_template(output: str, template_name: str, config: Any, **_given: Any) -> str:  # noqa: ANN401 - as above
    """Write the page for what is absent, which stands alone, from a disk as from a host."""
    if template_name != "404.html":
        return output
    return ABSENT.replace("{start}", f"{config['site_url'] or ''}index.html")
