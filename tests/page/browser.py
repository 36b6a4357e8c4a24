"""A page in headless Chromium, as wide as asked, judged by axe-core and by its own size."""

from __future__ import annotations

import html
import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

AXE = Path(__file__).parent / "node" / "node_modules" / "axe-core" / "axe.min.js"
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_POLICY = '<meta http-equiv="Content-Security-Policy"'
_PATIENCE_SECONDS = 100
# The page stands in a frame, since a window is never as narrow as a phone; the title says what was found.
_JUDGE = """
<script>
addEventListener('load', async () => {
  document.querySelectorAll('details').forEach(one => { one.open = true; });
  const found = await axe.run(document, {runOnly: RULES});
  const stops = [...document.querySelectorAll('a[href],summary,[tabindex="0"]')];
  parent.document.title = JSON.stringify({
    violations: found.violations.map(one => one.id),
    passes: found.passes.map(one => one.id),
    width: document.documentElement.scrollWidth,
    stops: stops.map(one => one.textContent.trim() || one.getAttribute('aria-label')),
    pictures: [...document.images].map(one => one.naturalWidth),
    requests: performance.getEntriesByType('resource').map(one => one.name.slice(0, 5)),
  });
});
</script>
"""


@dataclass(frozen=True)
class Judged:
    """What axe found, how wide the page became, where the Tab key stops, and how wide each picture is."""

    violations: list[str]
    passes: list[str]
    width: int
    stops: list[str]
    pictures: list[int]
    requests: list[str]


def judge(page: str, width: int, folder: Path) -> Judged:
    """Open the page so wide, with all that folds unfolded."""
    script = f"<script>{AXE.read_text('utf-8')}</script>{_JUDGE.replace('RULES', json.dumps(_RULES))}"
    # The page lets no script run; this one is ours.
    allowed = page.replace(_POLICY, "<meta name='policy'").replace("</body>", f"{script}</body>")
    file = folder / f"frame-{width}.html"
    style = f"border:0;width:{width}px;height:1200px"
    file.write_text(
        f"<!doctype html><body style='margin:0'><iframe srcdoc=\"{html.escape(allowed)}\" style='{style}'>",
        encoding="utf-8",
    )
    done = subprocess.run(  # noqa: S603 - our own page
        [
            chromium(), "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
            f"--user-data-dir={folder / 'profile'}", f"--window-size={max(width, 500)},1200",
            "--virtual-time-budget=60000", "--dump-dom", file.as_uri(),
        ],
        check=True, capture_output=True, text=True, timeout=_PATIENCE_SECONDS,
    )  # fmt: skip
    told = done.stdout.partition("<title>")[2].partition("</title>")[0]
    return Judged(**json.loads(html.unescape(told)))


def chromium() -> str:
    found = shutil.which("chromium")
    if found is None:
        raise RuntimeError("Chromium is missing: 'make test' installs it.")
    return found
