"""A platform's own small store, each call a unit of work."""

from bot.store import state
from bot.store.work import Workshop


class PlatformState:
    """Implements :class:`bot.chat.port.State` for one platform."""

    def __init__(self, workshop: Workshop, platform: str) -> None:
        self._workshop = workshop
        self._platform = platform

    async def get(self, key: str) -> tuple[bytes, int] | None:
        async with self._workshop.read() as work:
            return await state.get(work, self._platform, key)

    async def put(self, key: str, value: bytes, *, version: int | None) -> bool:
        async with self._workshop.write() as work:
            return await state.put(work, self._platform, key, value, version)

    async def delete(self, key: str) -> None:
        async with self._workshop.write() as work:
            await state.remove(work, self._platform, key)
