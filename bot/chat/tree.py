"""Walk and change trees of values: messages and forms."""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from pydantic import BaseModel

TreeT = TypeVar("TreeT", bound=BaseModel)


def nodes(node: object) -> Iterator[BaseModel]:
    """All values of a tree, parameters of texts included."""
    match node:
        case BaseModel():
            yield node
            for name in type(node).model_fields:
                yield from nodes(getattr(node, name))
        case tuple():
            for item in node:
                yield from nodes(item)
        case dict():
            for item in node.values():
                yield from nodes(item)


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
            update = {name: _mapped(getattr(node, name), change) for name in type(node).model_fields}
            return node.model_copy(update=update)
        case tuple():
            return tuple(_mapped(item, change) for item in node)
        case _:
            return node
