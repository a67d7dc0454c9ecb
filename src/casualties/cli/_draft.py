"""The command that drafts the claims of a text, for a person to accept."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import click

from casualties._writing import together, write_file
from casualties.cli._command import DONE, BadInputError, command
from casualties.cli._ledgers import DAY
from casualties.cli._writing import force, may_write
from casualties.drafting import Draft, draft, load_words
from casualties.drafting.citations import read_copy
from casualties.drafting.file import Block, DraftFile, dumps
from casualties.drafting.page import to_html
from casualties.drafting.plain import is_html, plain_text
from casualties.errors import CasualtiesError, DraftError, LedgerFileError
from casualties.files import read
from casualties.model.period import PartialDate
from casualties.model.report import Report
from casualties.wording import lexicons

__all__ = ["run"]

_ASKED = "[a]ccept, [e]dit, [s]kip, [q]uit? "


@command(
    "draft",
    "Propose the claims of a news text, each with its place and what is unsure of it; a person accepts them.",
    "casualties draft seeds/README.md --published 2026-11-20",
)
@click.argument("text", metavar="TEXT", help="a file of plain text or HTML, or - for standard input")
@click.option("--published", type=DAY, metavar="DAY", help="when it was published, from which 'on Sunday' is told")
@click.option("--publisher", metavar="NAME", help="who published it: the source of what nobody else is named for")
@click.option("-o", "--output", metavar="FILE", default="-", help="the draft file to write (standard output)")
@click.option("--review", is_flag=True, help="go through the proposals of the draft file one by one; it resumes")
@click.option("--page", metavar="PAGE", help="write one HTML page too, with the text marked and a card a proposal")
@click.option("--all", "everything", is_flag=True, help="propose what is left out for a doubt too")
@click.option("--words", metavar="FILE", help="a TOML file of your own words, beside those of English")
@click.option("--lexicon", type=click.Choice(lexicons.names()), default="as-worded", help="how counts are read")
@force
def run(
    text: str,
    published: PartialDate | None,
    publisher: str | None,
    output: str,
    page: str | None,
    words: str | None,
    lexicon: str,
    *,
    review: bool,
    everything: bool,
    force: bool,
) -> int:
    """Draft a text."""
    if review and output == "-":
        raise click.UsageError("--review goes through a draft file: name it with -o")
    if review and os.path.exists(output):  # noqa: PTH110 - typed as it stands
        return _review(output)
    body = sys.stdin.read() if text == "-" else read_copy(text)
    html = is_html(body)
    body = plain_text(body) if html else body
    report = Report(publisher=publisher, published=published)
    made = draft(body, report=report, words=load_words(words), lexicon=lexicon, everything=everything)
    name = "text" if text == "-" else Path(text).stem
    saved = "" if text == "-" else os.path.relpath(text, Path(output).parent if output != "-" else None)
    written = dumps(made, name=name, saved=saved.replace(os.sep, "/"))
    may_write(output, force=force, instead="go on with it by --review, name another file, or give --force")
    may_write(*([page] if page else []), force=force)
    with together():
        if page:
            write_file(page, to_html(made, written, title=name).encode())
        if output != "-":
            write_file(output, written.encode())
    if output == "-":
        sys.stdout.write(written)
    else:
        _tell(made)
    return _review(output) if review else DONE


def _tell(made: Draft) -> None:
    """Say how many are proposed, and how many are left out."""
    count, left = len(made), sum(made.left_out.values())
    more = f", {left} left out for a doubt (--all shows them)" if left else ""
    print(f"note: {count} proposal{'' if count == 1 else 's'}{more}", file=sys.stderr)


def _review(path: str) -> int:
    """Go through the open proposals of a draft file, and write it after each decision."""
    try:
        file = DraftFile.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise BadInputError([f"{path}: it cannot be read: {getattr(error, 'strerror', None) or error}"]) from error
    except DraftError as error:
        raise BadInputError([f"{path}: {error}"]) from error
    while (block := file.next_open()) is not None:
        print("\n".join([*(line[2:] for line in block.lines), "", f"  {block.entry}", ""]))
        answer = _asked(_ASKED)
        if answer.startswith(("a", "e")):
            accepted = _accepted(file, block, edit=answer.startswith("e"))
            file = accepted if accepted is not None else file
        elif answer.startswith("s"):
            file = file.decided(block.number, "skipped")
        elif answer.startswith("q"):
            break
        write_file(path, file.dumps().encode())
    counts = {state: sum(block.state == state for block in file.blocks) for state in ("accepted", "skipped", "open")}
    print(", ".join(f"{count} {state}" for state, count in counts.items()))
    return DONE


def _asked(question: str) -> str:
    """Ask on the terminal; the end of input quits."""
    try:
        return input(question).strip().lower() or "?"
    except EOFError:
        return "q"


def _accepted(file: DraftFile, block: Block, *, edit: bool) -> DraftFile | None:
    """Accept an entry as it is or as it is typed anew; say what is wrong with it where it makes no ledger."""
    entry = block.entry
    if edit:
        try:
            entry = input("entry: ").strip() or entry
        except EOFError:
            return None
        entry = entry if entry.startswith("- ") else f"- {entry}"
    made = file.decided(block.number, "accepted", entry)
    try:
        read(io.StringIO(made.dumps()), format="yaml")
    except LedgerFileError as error:
        print(
            "\n".join(
                f"  {problem.message}{f' ({problem.hint})' if problem.hint else ''}" for problem in error.problems
            )
        )
        return None
    except CasualtiesError as error:
        print(f"  {error}")
        return None
    return made
