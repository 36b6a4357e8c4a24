"""Small stores: a platform's own state (encrypted, compare-and-set) and facts about the database."""

from sqlalchemy import bindparam, delete, select, update

from bot.store.dialect import insert_into
from bot.store.tables import AdapterState, Meta
from bot.store.work import Work

_KEY_MARK = "key"


async def get(work: Work, platform: str, key: str) -> tuple[bytes, int] | None:
    row = (
        await work.session.execute(
            select(AdapterState.sealed, AdapterState.version).where(
                AdapterState.platform == platform, AdapterState.key == key
            )
        )
    ).one_or_none()
    if row is None:
        return None
    return work.vault.open(row.sealed, "adapter_state", platform, key), row.version


async def put(work: Work, platform: str, key: str, value: bytes, version: int | None) -> bool:
    """Store if the stored version is still ``version`` (``None``: nothing stored yet)."""
    sealed = work.vault.seal(value, "adapter_state", platform, key)
    if version is None:
        statement = (
            insert_into(work, AdapterState)
            .values(platform=platform, key=key, version=1, sealed=sealed)
            .on_conflict_do_nothing(index_elements=["platform", "key"])
            .returning(AdapterState.version)
        )
        return (await work.session.execute(statement)).scalar_one_or_none() is not None
    changed = await work.session.execute(
        update(AdapterState)
        .where(AdapterState.platform == platform, AdapterState.key == key, AdapterState.version == version)
        .values(version=version + 1, sealed=sealed)
        .returning(AdapterState.version)
    )
    return changed.scalar_one_or_none() is not None


async def remove(work: Work, platform: str, key: str) -> None:
    await work.session.execute(
        delete(AdapterState).where(AdapterState.platform == platform, AdapterState.key == key)
    )


_META = select(Meta.value).where(Meta.key == bindparam("key"))


async def meta(work: Work, key: str) -> str | None:
    """A fact about the database; read once in a unit of work."""
    if key not in work.metas:
        work.metas[key] = (await work.session.execute(_META, {"key": key})).scalar_one_or_none()
    return work.metas[key]


async def set_meta(work: Work, key: str, value: str) -> None:
    work.metas.pop(key, None)
    statement = insert_into(work, Meta).values(key=key, value=value)
    await work.session.execute(
        statement.on_conflict_do_update(index_elements=["key"], set_={"value": statement.excluded.value})
    )


async def fits_key(work: Work) -> bool | None:
    """Whether the secret key is the one that this database was made with; ``None`` before it is noted."""
    noted = await meta(work, _KEY_MARK)
    return None if noted is None else noted == work.vault.hash(_KEY_MARK)


async def note_key(work: Work) -> None:
    """Leave a mark of the secret key, from which nobody can tell the key."""
    await set_meta(work, _KEY_MARK, work.vault.hash(_KEY_MARK))
