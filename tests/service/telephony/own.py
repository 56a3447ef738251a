"""An operator with a telephone of their own."""

from hotline.access.model import Actor
from hotline.infra.crypto import Vault
from hotline.staff.directory import sealed_identity
from tests.service.telephony.exchange import Exchange

MOBILE = "+996700246810"


async def own_phone(exchange: Exchange, vault: Vault, actor: Actor, login: str) -> None:
    """Somebody of staff, rung at `MOBILE`."""
    async with exchange.db.uow() as uow:
        await uow.execute(
            """
            insert into staff (id, login_index, identity, roles, languages, skills, max_chats,
                               phone_mode, lang, password_hash)
            values ($1, $2, $3, '{operator}', '{ky}', '{}', 2, 'own', 'ky', '')
            """,
            actor.staff_id,
            vault.index("login", login),
            sealed_identity(vault, actor.staff_id, {"login": login, "name": login.title()}),
        )
    await exchange.phones.assign(None, actor.staff_id, MOBILE)
