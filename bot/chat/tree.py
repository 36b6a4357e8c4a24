"""Walk and change trees of values: messages and forms."""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from pydantic import BaseModel

TreeT = TypeVar("TreeT", bound=BaseModel)
_PLAIN = frozenset({str, int, float, bool, type(None)})
"""Most of what is in a tree: asked first, since asking whether a value is a model takes long."""


def nodes(node: object) -> Iterator[BaseModel]:
    """All values of a tree, parameters of texts included; each before what is in it."""
    ahead = [node]
    while ahead:
        match one := ahead.pop():
            case BaseModel():
                yield one
                inside = list(vars(one).values())
            case tuple():
                inside = list(one)
            case dict():
                inside = list(one.values())
            case _:
                continue
        ahead.extend(value for value in reversed(inside) if type(value) not in _PLAIN)


def mapped(tree: TreeT, change: Callable[[BaseModel], BaseModel | None]) -> TreeT:
    """The tree with those nodes replaced for which ``change`` gives another."""
    changed = _mapped(tree, change)
    if not isinstance(changed, type(tree)):
        raise TypeError(f"the root of the tree became a {type(changed).__name__}")
    return changed


def _mapped(node: Any, change: Callable[[BaseModel], BaseModel | None]) -> Any:
    if type(node) in _PLAIN:
        return node
    match node:
        case BaseModel():
            other = change(node)
            if other is not None:
                return other
            update = {
                name: new
                for name, value in vars(node).items()
                if (new := _mapped(value, change)) is not value
            }
            return node.model_copy(update=update) if update else node
        case tuple() if node:
            items = [_mapped(item, change) for item in node]
            same = all(new is old for new, old in zip(items, node, strict=True))
            return node if same else tuple(items)
        case _:
            return node
