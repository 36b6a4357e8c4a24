"""Write pictures and the transcript of Koffie on Slack: real blocks of a real story, drawn by our own HTML.

usage: python -m docs.generate_slack_pictures [--html]

It needs Chromium. The pages show what the blocks hold; Slack's own looks differ in details.
"""

from __future__ import annotations

import asyncio
import base64
import html
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from tests.slack.journey import ChannelStory, Story, channel_story, story
from tests.slack.seen import chosen, lines
from tests.slack.world import World, serving, workspace

FOLDER = Path(__file__).parent / "slack"
_WIDTH = 760
_Told = TypeVar("_Told")
_STYLE = """
*{box-sizing:border-box}
body{margin:0;background:#fff;color:#1d1c1d;font:15px/1.47 Lato,"Noto Sans",Arial,sans-serif;
  padding:20px}
.message{display:flex;gap:10px;margin:0 0 18px}
.face{flex:none;width:38px;height:38px;border-radius:8px;background:#4a2c2a;color:#fff;font-size:21px;
  text-align:center;line-height:38px}
.who{font-weight:900}
.app{font-size:10px;background:#e8e8e8;border-radius:2px;padding:1px 3px;margin-left:5px;color:#616061;
  vertical-align:2px}
.only{font-size:12px;color:#616061}
.body{flex:1}
.body>*{margin:3px 0 5px}
h3{font-size:18px;margin:10px 0 4px;font-weight:900}
ul{padding-left:26px;margin:2px 0}
.actions{display:flex;flex-wrap:wrap;gap:8px;margin:7px 0 10px}
button{font:bold 13px Lato,"Noto Sans",Arial;padding:5px 12px;border:1px solid #bbb;border-radius:5px;
  background:#fff;color:#1d1c1d}
button.primary{background:#007a5a;border-color:#007a5a;color:#fff}
button.danger{background:#e01e5a;border-color:#e01e5a;color:#fff}
a{color:#1264a3;text-decoration:none}
p{margin:0;white-space:pre-wrap}
.modal{border:1px solid #ddd;border-radius:9px;box-shadow:0 6px 24px #0003;max-width:520px}
.modal header{display:flex;gap:10px;align-items:center;padding:14px 20px;font-weight:900;font-size:18px;
  border-bottom:1px solid #eee}
.modal main{padding:14px 20px}
.modal footer{padding:12px 20px;border-top:1px solid #eee;text-align:right}
.modal .face{width:28px;height:28px;line-height:28px;font-size:16px;border-radius:6px}
label{display:block;font-weight:700;margin:13px 0 5px}
.hint{font-size:13px;color:#616061;margin:4px 0 0}
.input{border:1px solid #999;border-radius:5px;padding:7px 11px;color:#616061} .filled{color:#1d1c1d}
.choice{margin:4px 0}
.choice:before{content:"○";margin-right:8px;color:#616061}
.chosen:before{content:"●"}
.tick:before{content:"☐"}
.tick.chosen:before{content:"☑"}
.home{max-width:640px}
"""


def page(content: str) -> str:
    return f"<!doctype html><meta charset=utf-8><style>{_STYLE}</style>{content}"


def message(blocks: Sequence[Mapping[str, Any]], *, only_you: bool = False) -> str:
    note = "<div class=only>👁 Alleen zichtbaar voor jou</div>" if only_you else ""
    return (
        f"<div class=message><div class=face>☕</div><div class=body>{note}<div><span class=who>koffie</span>"
        f"<span class=app>APP</span></div>{''.join(map(block, blocks))}</div></div>"
    )


def modal(view: Mapping[str, Any]) -> str:
    return (
        f"<div class=modal><header><div class=face>☕</div>{_text(view['title'])}</header><main>"
        f"{''.join(map(block, view['blocks']))}</main><footer>"
        f"<button class=primary>{_text(view['submit'])}</button></footer></div>"
    )


def block(one: Mapping[str, Any]) -> str:
    match one:
        case {"type": "header", "text": words}:
            return f"<h3>{_text(words)}</h3>"
        case {"type": "section", "text": words}:
            return f"<p style='margin:0 0 8px'>{_text(words)}</p>"
        case {"type": "rich_text", "elements": elements}:
            return "".join(map(_rich, elements))
        case {"type": "actions", "elements": elements}:
            return f"<div class=actions>{''.join(map(_button, elements))}</div>"
        case {"type": "input", "label": label, "element": element}:
            hint = f"<div class=hint>{_text(one['hint'])}</div>" if "hint" in one else ""
            return f"<label>{_text(label)}</label>{_element(element)}{hint}"
        case _:
            raise ValueError(one["type"])


def _text(words: Mapping[str, Any]) -> str:
    return html.escape(str(words["text"]))


def _button(one: Mapping[str, Any]) -> str:
    return f"<button class={one.get('style', 'normal')}>{_text(one['text'])}</button>"


def _rich(one: Mapping[str, Any]) -> str:
    inner = "".join(map(_rich, one.get("elements", ())))
    match one["type"]:
        case "rich_text_section":
            return f"<p>{inner}</p>"
        case "rich_text_list":
            return f"<ul>{''.join(f'<li>{_rich(item)}</li>' for item in one['elements'])}</ul>"
        case "link":
            return f"<a href='#'>{html.escape(str(one.get('text') or one['url']))}</a>"
        case "text":
            words = html.escape(str(one["text"]))
            return f"<b>{words}</b>" if one.get("style", {}).get("bold") else words
        case kind:
            raise ValueError(kind)


def _element(one: Mapping[str, Any]) -> str:
    picked = chosen(one)
    if "options" in one:
        kind = "choice tick" if one["type"] == "checkboxes" else "choice"
        return "".join(
            f"<div class='{kind}{' chosen' if option in picked else ''}'>{_text(option['text'])}</div>"
            for option in one["options"]
        )
    words = ", ".join(_text(option["text"]) for option in picked)
    filled = words or html.escape(one.get("initial_value", ""))
    searches = "Typ om te zoeken …" if one["type"].endswith("select") else ""
    return f"<div class='input{' filled' if filled else ''}'>{filled or searches or '&nbsp;'}</div>"


def pictures(told: Story) -> dict[str, str]:
    """A page for each picture, by its name."""
    return {
        "aanmelden-1": page(modal(told.first)),
        "aanmelden-2": page(modal(told.consent)),
        "profiel": page(modal(told.profile)),
        "wie-ken-ik": page(message(told.found.blocks, only_you=True)),
        "vraag": page(message(told.asked.blocks) + message(told.settled.blocks)),
        "allebei-ja": page(message(told.together.blocks)),
        "moment": page(message(told.times.blocks)),
        "thuis": page(f"<div class=home>{''.join(map(block, told.home.blocks))}</div>"),
    }


def channel_pictures(told: ChannelStory) -> dict[str, str]:
    """Those of a topic's channel, from one line to its first member."""
    lead, letter = told.invitation
    scan = base64.b64encode(told.picture).decode()
    return {
        "kanaal": page(message(told.made.blocks) + message(told.welcome.blocks)),
        "kanaal-meedoen": page(modal(told.window)),
        "kanaal-uitnodiging": page(
            message(lead.blocks)
            + f"<img alt='' width=180 src='data:image/png;base64,{scan}'>"
            + message(letter.blocks)
        ),
    }


def transcript(told: Story) -> str:
    """The same story in words."""
    steps = [
        ("Anna types `/aanmelden`; a modal opens", _words(told.first)),
        ("She chooses, and the next page of the modal comes in the exchange", _words(told.consent)),
        ("Bram joins too. Anna types `/wie-ken-ik stikstof gemeente`; only she sees", told.found.words),
        ("She presses *Vraag om koffie*; both get the same question in their talk", told.asked.words),
        ("She opens the home tab", told.home.words),
        ("She presses *Graag*; the question becomes its answer", told.settled.words),
        ("Bram presses *Graag*; both read, in a talk of their own with the bot", told.together.words),
        ("Then each gets the same three times", told.times.words),
        ("Anna types `/koffie profiel werkdagen`; a modal opens", _words(told.profile)),
    ]
    body = "\n".join(f"**{what}:**\n\n```\n{words}\n```\n" for what, words in steps)
    head = (
        "# A story on Slack\n\n*Made by `python -m docs.generate_slack_pictures`, through the emulator.*\n\n"
    )
    return head + body


def _words(view: Mapping[str, Any]) -> str:
    return "\n".join(line for one in view["blocks"] for line in lines(one))


async def _told(tell: Callable[[World], Awaitable[_Told]]) -> _Told:
    async with workspace() as world:
        with tempfile.TemporaryDirectory() as folder:
            async with serving(world, f"sqlite:///{folder}/koffie.db"):
                return await tell(world)


def shot(chromium: str, source: Path, target: Path) -> None:
    """A picture as high as the page: drawn once to measure it."""
    common = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
    measured = page_height(common, source)
    subprocess.run(  # noqa: S603
        [*common, f"--window-size={_WIDTH},{measured}", f"--screenshot={target}", source.as_uri()],
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip


def page_height(common: Sequence[str], source: Path) -> int:
    """The height of a page in pixels, as the page itself tells it."""
    probe = source.with_suffix(".probe.html")
    script = "<script>document.title=String(document.documentElement.scrollHeight)</script>"
    probe.write_text(source.read_text("utf-8") + script, encoding="utf-8")
    told = subprocess.run(  # noqa: S603
        [*common, f"--window-size={_WIDTH},100", "--dump-dom", probe.as_uri()],
        check=True, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    return int(told.stdout.partition("<title>")[2].partition("</title>")[0])


def main(arguments: Sequence[str]) -> None:
    """Tell the story and draw it."""
    told = asyncio.run(_told(story))
    (FOLDER / "story.md").write_text(transcript(told), encoding="utf-8")
    pages = pictures(told) | channel_pictures(asyncio.run(_told(channel_story)))
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("Chromium is needed to draw the pictures.")
    with tempfile.TemporaryDirectory() as folder:
        for name, source in pages.items():
            file = Path(folder) / f"{name}.html"
            file.write_text(source, encoding="utf-8")
            if "--html" in arguments:
                shutil.copy(file, FOLDER)
            shot(chromium, file, FOLDER / f"{name}.png")


if __name__ == "__main__":
    main(sys.argv[1:])
