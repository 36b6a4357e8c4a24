"""What a platform can show: asked for, and where it is missing degraded on purpose."""

from bot.i18n.text import Value


class Capabilities(Value):
    """Limits count characters as the platform does; ``None`` is no limit."""

    buttons: bool = False
    edits: bool = False
    only_you: bool = False
    forms: bool = False
    suggestions: bool = False
    files: bool = False
    home: bool = False
    threads: bool = False
    look_back: bool = False
    channels: bool = False
    most_characters: int | None = None
    most_options: int | None = None
