"""The overview as a page of its own, and as a file of figures."""

import csv
import io
from base64 import b64encode
from collections.abc import Awaitable, Callable
from datetime import date
from html import escape
from pathlib import Path

from bot.compose.beside import operating
from bot.compose.operations import settings, write_new
from bot.compose.program import TEXTS
from bot.i18n.catalogue import Catalogue, nothing_about
from bot.i18n.text import Text, text
from bot.services import overview, pictures
from bot.services.overview_report import Report, Shape, Subject, Words, worded
from bot.settings import Settings
from bot.store.work import Work

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would run."""
_HOW = (
    text("overview-how-few"),
    text("overview-how-noise"),
    text("overview-how-month"),
    text("overview-how-nobody"),
)


async def page() -> str:
    """The newest published month as one HTML file that needs nothing else."""
    chosen = settings()
    async with operating(chosen) as workshop, workshop.write() as work:
        report = await overview.report(work, chosen.language)
        return await written(work, report, chosen.language, _words(chosen))


async def figures() -> str:
    """Everything that the page's tables hold, and all topics besides, as CSV."""
    chosen = settings()
    async with operating(chosen) as workshop, workshop.write() as work:
        return as_csv(await overview.report(work, chosen.language), _words(chosen))


async def write(file: Path, content: Callable[[], Awaitable[str]]) -> None:
    """Write the page or the figures. Raises :class:`bot.compose.StartError` when the file is there."""
    write_new(file, await content())


def _words(chosen: Settings) -> Words:
    catalogue = Catalogue(TEXTS, chosen.time_zone)

    def words(item: Text) -> str:
        # A page is read in other years too: each day bears its year.
        return catalogue.words(item, chosen.language, nothing_about, today=date.min)

    return words


def as_csv(report: Report, words: Words) -> str:
    """One figure a line. What is hidden says so in words, so that nobody takes it for a zero."""
    file = io.StringIO()
    lines = csv.writer(file, lineterminator="\r\n")
    heads = (
        text("overview-subject"),
        text("overview-column-row"),
        text("overview-column"),
        text("overview-number"),
    )
    lines.writerow([words(head) for head in heads])
    for subject in (*report.subjects(most_topics=None), *report.topics_apart()):
        for row in subject.rows:
            for column, value in zip(subject.columns, row.values, strict=True):
                cells = (subject.title, row.label, column, subject.told(value))
                lines.writerow([_harmless(worded(cell, words)) for cell in cells])
    return file.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


async def written(work: Work, report: Report, language: str, words: Words) -> str:
    """The page in HTML."""
    subjects = report.subjects()
    sections = [await _section(subject, words) for subject in subjects]
    contents = "".join(f'<li><a href="#{one.name}">{escape(words(one.title))}</a></li>' for one in subjects)
    glance = "".join(
        f"<div><dt>{escape(words(label))}</dt><dd>{escape(worded(value, words))}</dd></div>"
        for label, value in report.key_figures()
    )
    how = "".join(f"<li>{escape(words(line))}</li>" for line in _HOW)
    title = escape(words(text("overview-title")))
    data = b64encode(as_csv(report, words).encode("utf-8-sig")).decode()
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light">\n<meta name="robots" content="noindex">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; img-src data:; '
        "style-src 'unsafe-inline'\">\n"
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f'<a class="skip" href="#glance">{escape(words(text("overview-skip")))}</a>\n'
        f"<header><h1>{title}</h1>\n"
        f"<p>{escape(words(text('overview-as-of', day=report.month.day)))}</p></header>\n<main>\n"
        f'<p class="headline">{escape(words(report.headline()))}</p>\n'
        f'<section aria-labelledby="glance"><h2 id="glance" tabindex="-1">'
        f"{escape(words(text('overview-at-a-glance')))}</h2>\n<dl>{glance}</dl></section>\n"
        f'<nav aria-labelledby="contents"><h2 id="contents">{escape(words(text("overview-contents")))}</h2>'
        f"<ul>{contents}</ul></nav>\n{''.join(sections)}"
        f'<section aria-labelledby="how"><h2 id="how">{escape(words(text("overview-how")))}</h2>'
        f"<ul>{how}</ul></section>\n</main>\n<footer>"
        f'<p><a download="koffie-{report.month.day:%Y-%m}.csv" href="data:text/csv;base64,{data}">'
        f"{escape(words(text('overview-download')))}</a></p>"
        f"<p>{escape(words(text('overview-by', operator=work.operator)))}</p></footer>\n</body>\n</html>\n"
    )


async def _section(subject: Subject, words: Words) -> str:
    picture = table = ""
    says = escape(words(subject.says))
    if not subject.is_empty:
        drawn = await pictures.draw(subject, "svg", words)
        data = b64encode(drawn).decode()
        picture = f'<img alt="{says}" src="data:image/svg+xml;base64,{data}">\n'
        table = _table(subject, words)
    return (
        f'<section aria-labelledby="{subject.name}"><h2 id="{subject.name}" tabindex="-1">'
        f'{escape(words(subject.title))}</h2>\n<p class="says">{says}</p>\n{picture}'
        f'<p class="about">{escape(words(subject.about))}</p>\n{table}</section>\n'
    )


def _table(subject: Subject, words: Words) -> str:
    label = escape(words(text("overview-as-table")))
    title = escape(words(subject.title))
    heads = "".join(f'<th scope="col">{escape(worded(column, words))}</th>' for column in subject.columns)
    rows = "".join(
        f'<tr><th scope="row">{escape(worded(row.label, words))}</th>'
        + "".join(f"<td>{_cell(subject, value, words)}</td>" for value in row.values)
        + "</tr>"
        for row in subject.rows
    )
    return (
        f"<details><summary>{label}</summary>\n"
        f'<div class="wide" role="region" tabindex="0" aria-label="{label}: {title}">'
        f"<table><caption>{title}</caption>"
        f"<thead><tr><td></td>{heads}</tr></thead><tbody>{rows}</tbody></table></div></details>\n"
    )


def _cell(subject: Subject, value: int | None, words: Words) -> str:
    unit = "\N{NO-BREAK SPACE}%" if value is not None and subject.shape is Shape.PERCENT else ""
    return escape(worded(subject.told(value), words)) + unit


_STYLE = """
:root{--ink:#1b1b1b;--quiet:#4a4a4a;--blue:#00336b;--line:#d5d9de;--paper:#fff;--tint:#eef3f8}
*{box-sizing:border-box}
html{scroll-behavior:smooth}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0 auto;max-width:44rem;padding:1rem;background:var(--paper);color:var(--ink);
  font:1.0625rem/1.55 system-ui,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;overflow-wrap:break-word}
.skip{position:absolute;left:-100rem}
.skip:focus{left:1rem;top:1rem;background:var(--paper);padding:.5rem 1rem}
h1{font-size:1.9rem;line-height:1.2;margin:.5rem 0 .25rem}
h2{font-size:1.3rem;line-height:1.3;margin:0 0 .5rem}
header p{margin:0;color:var(--quiet)}
.headline{font-size:1.35rem;line-height:1.4;font-weight:600;background:var(--tint);
  border-left:.4rem solid var(--blue);padding:1rem 1.1rem;margin:1.25rem 0}
section{border-top:1px solid var(--line);padding:1.5rem 0}
dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(7.5rem,1fr));gap:.75rem;margin:0}
dl div{border:1px solid var(--line);border-radius:.5rem;padding:.6rem .8rem;display:flex;
  flex-direction:column-reverse;justify-content:flex-end}
dt{color:var(--quiet);font-size:.95rem}
dd{margin:0;font-size:1.6rem;font-weight:700;color:var(--blue);line-height:1.25}
nav{border-top:1px solid var(--line);padding:1.5rem 0}
nav ul{margin:0;padding-left:1.2rem;columns:18rem}
nav li{padding:.2rem 0;break-inside:avoid}
a{color:var(--blue);display:inline-block;vertical-align:top;padding:.15rem 0}
a:focus-visible,summary:focus-visible,.wide:focus-visible,h2:focus-visible{outline:3px solid var(--blue);
  outline-offset:2px}
.says{font-weight:600;margin:0 0 .75rem}
.about{color:var(--quiet);margin:.5rem 0}
img{display:block;width:100%;max-width:34rem;height:auto}
summary{cursor:pointer;color:var(--blue);padding:.5rem 0;min-height:1.5rem}
.wide{overflow-x:auto}
table{border-collapse:collapse;font-variant-numeric:tabular-nums;width:100%}
caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
th,td{border-bottom:1px solid var(--line);padding:.4rem .6rem;text-align:right;font-weight:400}
th[scope=row],thead td{text-align:left}
thead th{font-weight:600;vertical-align:bottom}
footer{border-top:1px solid var(--line);padding:1rem 0;color:var(--quiet)}
@media print{nav,.skip,footer a{display:none}section{break-inside:avoid}}
"""
