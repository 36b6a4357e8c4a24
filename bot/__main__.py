"""The command line: ``python -m bot``, installed as ``koffie``."""

import asyncio
import gc
import json
import signal
import sys
from collections.abc import Coroutine, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.compose import check as checking
from bot.compose import compose, operations
from bot.compose import overview as overviews
from bot.compose import plan as planning
from bot.compose.failures import in_plain_words
from bot.compose.log import start_log
from bot.compose.operations import Progress
from bot.compose.understanding import understand
from bot.domain.register_file import LARGEST_FILE, RegisterKind
from bot.settings import ENV_FILE

T = TypeVar("T")
_TOOI = "https://identifier.overheid.nl/tooi/id/"
_NARROWEST = 100
"""Columns of a table where the output is no terminal."""


def _plainly(work: Coroutine[Any, Any, T]) -> T:
    """Run to the end; whatever goes wrong is one plain line and an exit code, never a traceback."""
    try:
        return asyncio.run(work)
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)
    except Exception as error:
        raise click.ClickException(in_plain_words(error)) from None


def _console() -> Console:
    return Console(highlight=False, width=None if sys.stdout.isatty() else _NARROWEST)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="koffie")
def main() -> None:
    """Koffie: a chat bot that introduces officials of all layers of Dutch government to each other.

    Start with 'koffie run': without any setting it is a chat in the terminal, on invented officials. Settings
    are environment variables or lines in a file .env; docs/settings.md lists them.
    """
    start_log()


@main.command(short_help="Run the bot on all platforms that are set up.")
def run() -> None:
    """Run the bot on all platforms that are set up; with none, a chat in the terminal.

    It stops cleanly on SIGTERM and Ctrl-C: what it was sending is sent, all else waits for the next start.
    """
    told: list[int] = []

    async def serve() -> None:
        async with compose(env_file=ENV_FILE) as program:

            def stop(number: int) -> None:
                told.append(number)
                program.stop()

            for number in (signal.SIGTERM, signal.SIGINT):
                asyncio.get_running_loop().add_signal_handler(number, stop, number)
            # What was loaded stays for good: looking through it for garbage would stop everything each time.
            gc.freeze()
            await program.run()

    _plainly(serve())
    if signal.SIGINT in told:
        sys.exit(128 + signal.SIGINT)


@main.command(short_help="Tell whether all is well, and how to mend what is not.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for a monitor.")
def check(*, as_json: bool) -> None:
    """Tell for each part whether it is well, what is wrong and how to mend it.

    Looks at the settings, the key, the database, the register, what waits, and each platform. It changes
    nothing, so it can be run beside the bot. Exits with 1 when something needs attention.
    """
    found = _plainly(checking.check())
    if as_json:
        click.echo(json.dumps([asdict(result) for result in found.results], ensure_ascii=False, indent=2))
    else:
        console = _console()
        table = Table(title=found.title, title_justify="left", box=None, pad_edge=False, padding=(0, 2, 0, 0))
        for header in ("", *found.headers):
            table.add_column(header, overflow="fold")
        for result in found.results:
            mark = "[green]✓[/green]" if result.well else "[bold red]✗[/bold red]"
            table.add_row(mark, *map(escape, (result.part, result.what, result.mend)))
        console.print(table)
        console.print(f"\n{escape(found.verdict)}", style="bold green" if found.well else "bold red")
    if not found.well:
        sys.exit(1)


@main.command(short_help="Bring the database to this program's version.")
def migrate() -> None:
    """Bring the database to this program's version; fill an empty register with the shipped one.

    Make a backup first. An SQLite file is migrated by 'run' itself. Stop the bot meanwhile.
    """
    done = _plainly(operations.migrate())
    if done.before == done.after:
        click.echo("The database was up to date.")
    else:
        click.echo(f"The database went from {done.before or 'nothing'} to {done.after}.")
    if done.filled:
        click.echo("The register was filled with the snapshot that is shipped.")


@main.command(name="import", short_help="Refresh one part of the register from a CSV file.")
@click.argument("kind", type=click.Choice([kind.value for kind in RegisterKind]))
@click.argument("file", type=click.File("rb"))
def import_(kind: str, file: BinaryIO) -> None:
    """Refresh one part of the register from a CSV file, also while the bot runs.

    The columns are those of the files in bot/data. A bad row is reported by its line, and then nothing is
    imported; importing a file twice changes nothing. Officials of an organisation that ended go on under its
    successor; with several successors, each of them is asked.
    """
    data = file.read(LARGEST_FILE + 1)
    with _bar(f"Importing {kind}") as progress:
        report = _plainly(operations.import_file(RegisterKind(kind), data, progress))
    counts = report.counts
    click.echo(f"{counts.new} new, {counts.changed} changed, {counts.unchanged} as they were.")
    if report.moved:
        click.echo(f"{report.moved} officials went on under the successor of their organisation.")
    if report.asked:
        click.echo(f"{report.asked} officials are asked which successor is theirs.")
    for orphan in report.orphaned:
        click.echo(
            f"{orphan.organisation} ended without a successor; officials who are still there: "
            f"{orphan.officials}. Add a successor to the file, or ask them.",
            err=True,
        )


@main.group()
def find() -> None:
    """Show what the bot would understand of a name, best first.

    By the database's register, or by the shipped one where there is no database yet. Changes nothing.
    """


@find.command()
@click.argument("text", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def organisation(text: Sequence[str], *, as_json: bool) -> None:
    """What TEXT means as an organisation: 'bzk', 'hhnk', 'gem. Utregt', 'Brielle'."""
    _find("organisation", " ".join(text), as_json=as_json)


@find.command()
@click.argument("text", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def topic(text: Sequence[str], *, as_json: bool) -> None:
    """What TEXT means as a topic (opgave): 'stikstofdossier', 'pfas', 'woningbouw'."""
    _find("topic", " ".join(text), as_json=as_json)


def _find(kind: str, words: str, *, as_json: bool) -> None:
    found = _plainly(understand(operations.settings(), kind, words))
    if as_json:
        click.echo(json.dumps({"text": words, **asdict(found)}, ensure_ascii=False, indent=2))
        return
    console = _console()
    if found.candidates:
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
        for header in ("score", "name", "layer", "found by", "key"):
            table.add_column(header, justify="right" if header == "score" else "left", overflow="fold")
        for one in found.candidates:
            by = f"{one.reason}: {one.matched}"
            table.add_row(
                f"{one.score:.0f}", *map(escape, (one.name, one.layer, by, one.key.removeprefix(_TOOI)))
            )
        console.print(table)
    console.print(f"By the register of {found.register}, the bot {found.does}.")


@main.command(short_help="Make a plan of who has koffie with whom, for the people in a JSON file.")
@click.argument("file", type=click.File("rb"))
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with the reasons of each.")
def plan(file: BinaryIO, *, as_json: bool) -> None:
    """Run the engine of the rounds alone on FILE, with nothing kept: to try settings, or to check a plan.

    What stands in FILE, and what the certificate means, is in docs/matching.md. The same input gives the same
    plan and SHA-256, in any order. '-' reads from standard input.
    """

    async def planned() -> Mapping[str, Any]:
        return planning.plan_of(file.read(planning.LARGEST_FILE + 1), operations.settings())

    made = _plainly(planned())
    if as_json:
        click.echo(json.dumps(made, ensure_ascii=False, indent=2))
        return
    console = _console()
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for header in ("koffie", "why"):
        table.add_column(header, overflow="fold")
    for group in made["groups"]:
        words = {
            word: None for one in group for tie in made["why"].get(one, {}).values() for word in tie["words"]
        }
        table.add_row(escape(", ".join(group)), escape(" ".join(words)))
    console.print(table)
    proof = made["certificate"]
    console.print(f"\nLeft out: {escape(', '.join(made['left_out']) or 'nobody')}.")
    console.print(
        f"Worth {proof['weight']} of at most {proof['bound']}, "
        f"{proof['pairs']} pairs of at most {proof['max_pairs']}. SHA-256 {made['sha256']}"
    )


@main.command()
@click.option("--officials", type=click.IntRange(1, 1_000_000), default=1_000, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed, the same officials.")
def seed(officials: int, seed: int) -> None:
    """Fill a database with invented officials, for demos and benches.

    They work at real organisations on real topics, in realistic shares, with ties. The database is marked
    as a demo from then on: a real platform refuses it. A database that holds real officials is left alone.
    """
    with _bar("Inventing officials") as progress:
        ties = _plainly(operations.invent(officials, seed, progress))
    click.echo(f"{officials} officials were invented, with {ties} ties.")


@main.command(short_help="Write the network in numbers to a file; never persons.")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--reports", is_flag=True, help="Add the reports that were not exported before (see above).")
def export(file: Path, *, reports: bool) -> None:
    """Write the network in numbers to a new JSON FILE that only you can read.

    In it: the figures of every month as the overview published them (officials, ties, koffies and how they
    felt), and the remarks on the bot itself. Never in it: persons, who knows whom, who declined, or a number
    under five. There is no export of persons, by principle; everybody can get their own data with
    'mijn-gegevens' in the chat.

    With --reports also what officials reported, with who reports and about whom: for the eyes of who handles
    reports, as they were told. Each report is exported once; 'koffie erase NUMBER' erases an official.
    """
    _plainly(operations.export(file, reports=reports))
    click.echo(f"Written to {file}.")


@main.command(short_help="Write the overview of the network: a page, its figures, or both.")
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="The page, to a new FILE.")
@click.option("--csv", type=click.Path(dir_okay=False, path_type=Path), help="The figures, to a new FILE.")
def overview(html: Path | None, csv: Path | None) -> None:
    """Write what was published of the network this month, in the language of KOFFIE_LANGUAGE.

    The page is one file that needs nothing else: it can be mailed or put on a site. The figures are counted
    on the first of each month and shifted a little, so that nobody can be worked out; see docs/overview.md.
    """
    if html is None and csv is None:
        raise click.UsageError("Say --html FILE, --csv FILE, or both.")
    for file, content in ((html, overviews.page), (csv, overviews.figures)):
        if file is not None:
            _plainly(overviews.write(file, content))
            click.echo(f"Written to {file}.")


@main.command(short_help="Erase an official who asked for it.")
@click.argument("who", metavar="NUMBER|ACCOUNT")
@click.option("--yes", is_flag=True, help="Do not ask whether you are sure.")
def erase(who: str, *, yes: bool) -> None:
    """Erase an official who asked for it, as 'wis-mij' in the chat does; also while the bot runs.

    NUMBER is the official's number; ACCOUNT is PLATFORM:TENANT:USER. What stays is a tombstone in the history
    of others, with nothing of the person in it, and a line in the audit. Backups still hold the person: see
    docs/operating.md.
    """
    if not yes:
        click.confirm(f"Erase {who} for good?", abort=True)
    _plainly(operations.erase(who))
    click.echo("Erased.")


@main.group()
def admin() -> None:
    """Say who may set up topic channels and their rounds, besides those whom KOFFIE_ADMINS names."""


@admin.command(short_help="Let an official set up topic channels.")
@click.argument("who", metavar="NUMBER|ACCOUNT")
def add(who: str) -> None:
    """Let a registered official set up topic channels and their rounds; also while the bot runs.

    NUMBER is the official's number; ACCOUNT is PLATFORM:TENANT:USER. It is noted in the audit. An admin sees
    numbers, never who said what, and forces no match.
    """
    new = _plainly(operations.add_admin(who))
    click.echo(f"{who} may set up channels." if new else f"{who} could set up channels already.")


@admin.command(short_help="Take back what 'admin add' did.")
@click.argument("who", metavar="NUMBER|ACCOUNT")
def remove(who: str) -> None:
    """Take back what 'admin add' did; also while the bot runs. It holds from their next act on.

    NUMBER is the official's number; ACCOUNT is PLATFORM:TENANT:USER. It is noted in the audit. Channels of
    which they are a steward stay theirs to set.
    """
    done = _plainly(operations.remove_admin(who))
    click.echo(f"{who} is no admin any more." if done.was else f"{who} was not added as an admin.")
    if done.named:
        click.echo(f"KOFFIE_ADMINS still names {', '.join(done.named)}: take that out too.", err=True)


@admin.command(name="list", short_help="Tell who may set up all channels.")
def list_() -> None:
    """Tell who may set up all channels, by number and account; never by name.

    First those of 'admin add', then the accounts that KOFFIE_ADMINS names. Stewards of one channel are told
    in the chat, by 'koffie-beheer kanaal toon'.
    """
    added, named = _plainly(operations.list_admins())
    for number, known in added.items():
        where = ", ".join(f"{one.platform}:{one.tenant}:{one.user}" for one in known)
        click.echo(f"{number}: {where or 'no account is active'}")
    for account in named:
        click.echo(f"KOFFIE_ADMINS: {account}")
    if not added and not named:
        click.echo("There is no admin.")


@main.command(short_help="Do something that a platform offers.")
@click.argument("name")
@click.argument("verb", required=False)
@click.argument("arguments", nargs=-1)
def platform(name: str, verb: str | None, arguments: Sequence[str]) -> None:
    """Do something that the platform NAME offers, such as printing a manifest.

    Without VERB it lists what there is.
    """

    async def offered() -> Sequence[str]:
        if verb is not None:
            return await operations.do_verb(name, verb, arguments)
        verbs = operations.verbs(name)
        return [f"{known}: {does}" for known, does in verbs.items()] or [
            f"{name} offers nothing to do from here; its settings are in docs/settings.md."
        ]

    for line in _plainly(offered()):
        click.echo(line)


@contextmanager
def _bar(label: str) -> Iterator[Progress]:
    """A progress bar on standard error, from the first step on; nothing where nobody looks."""
    with click.progressbar(length=1, label=label, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:

        def progress(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield progress


if __name__ == "__main__":
    main()
