"""The layers of government."""

from enum import StrEnum


class Layer(StrEnum):
    """A layer of government; OVERIG is called "uitvoering en samenwerking" to users."""

    RIJK = "rijk"
    PROVINCIE = "provincie"
    GEMEENTE = "gemeente"
    WATERSCHAP = "waterschap"
    OVERIG = "overig"


EQUALS = tuple(layer for layer in Layer if layer is not Layer.OVERIG)
"""The four layers that are equals: of each of them somebody is wanted."""
