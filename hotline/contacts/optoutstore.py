"""SQL of who asked not to be written to automatically."""

from hotline.infra.db import Uow

_STOP = """
insert into caller_opt_out (caller_index, channel) values ($1, $2) on conflict do nothing
"""
_RESUME = "delete from caller_opt_out where caller_index = $1 and channel = $2"
_STOPPED = """
select 1 from caller_opt_out o join caller c on c.index = o.caller_index
where c.id = $1 and o.channel = $2
"""


async def stop(uow: Uow, index: bytes, channel: str) -> bool:
    """Written down; False when it stands there already."""
    return bool(await uow.execute(_STOP, index, channel))


async def resume(uow: Uow, index: bytes, channel: str) -> bool:
    """Taken back; False when it was not there."""
    return bool(await uow.execute(_RESUME, index, channel))


async def stopped(uow: Uow, caller_id: object, channel: str) -> bool:
    """Whether a caller asked for it on this channel."""
    return bool(await uow.fetchval(_STOPPED, caller_id, channel))
