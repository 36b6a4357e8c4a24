"""Walk and change trees of values: messages and forms."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from pydantic import BaseModel

TreeT = TypeVar("TreeT", bound=BaseModel)


def nodes(node: object) -> Iterator[BaseModel]:
    """All values of a tree, parameters of texts included."""
    inside: Iterable[object] = ()
    match node:
        case BaseModel():
            yield node
            inside = (value for _, value in node)
        case tuple():
            inside = node
        case dict():
            inside = node.values()
    for value in inside:
        # Most of what is in it are plain values: those need no walk of their own.
        if isinstance(value, BaseModel | tuple | dict):
            yield from nodes(value)


def mapped(tree: TreeT, change: Callable[[BaseModel], BaseModel | None]) -> TreeT:
    """The tree with those nodes replaced for which ``change`` gives another."""
    changed = _mapped(tree, change)
    if not isinstance(changed, type(tree)):
        raise TypeError(f"the root of the tree became a {type(changed).__name__}")
    return changed


def _mapped(node: Any, change: Callable[[BaseModel], BaseModel | None]) -> Any:
    match node:
        case BaseModel():
            other = change(node)
            if other is not None:
                return other
            update = {name: new for name, value in node if (new := _mapped(value, change)) is not value}
            return node.model_copy(update=update) if update else node
        case tuple() if node:
            items = [_mapped(item, change) for item in node]
            same = all(new is old for new, old in zip(items, node, strict=True))
            return node if same else tuple(items)
        case _:
            return node
