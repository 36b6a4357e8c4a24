"""The layers of government."""

from enum import StrEnum


class Layer(StrEnum):
    """A layer of government; OVERIG is called "uitvoering en samenwerking" to users."""

    RIJK = "rijk"
    PROVINCIE = "provincie"
    GEMEENTE = "gemeente"
    WATERSCHAP = "waterschap"
    OVERIG = "overig"
