"""What a caller hears when nothing of ours answers fits the catalogue, the carrier and the site."""

import pytest

from hotline.i18n.catalogue import Catalogue
from hotline.simulator.carrier import parser
from hotline.simulator.carrier.dialects import Dialect, DialectName, dialect
from hotline.simulator.carrier.verbs import Dial, Gather, Redirect, Say, Via
from tests.architecture.sources import ROOT

DEPLOY = ROOT / "deploy"


def document(name: str, kind: Dialect) -> parser.Document:
    return parser.parse((DEPLOY / "fallback" / name).read_bytes(), kind)


@pytest.mark.parametrize("name", list(DialectName))
def test_every_carrier_understands_the_fallback(name: DialectName) -> None:
    assert document("voice.xml", dialect(name)).warnings == ()
    assert document("wait.xml", dialect(name)).warnings == ()


def test_the_fallback_speaks_the_catalogue_and_rings_the_duty_telephone() -> None:
    texts = Catalogue.load(ROOT / "hotline" / "locales")
    first, call, last = document("voice.xml", dialect(DialectName.TWILIO)).verbs

    assert isinstance(first, Say)
    assert first.text == texts.t("ru", "ivr-connecting")
    assert isinstance(last, Say)
    assert last.text == texts.t("ru", "ivr-sorry")
    assert isinstance(call, Dial)
    assert [(party.via, party.address) for party in call.parties] == [(Via.NUMBER, "+996000000001")]
    # Otherwise the number of the caller stays in the memory of the duty telephone.
    assert call.caller_id == "+996000000000"


def test_the_fallback_has_the_numbers_of_the_site_file() -> None:
    site = (DEPLOY / "site.toml").read_text(encoding="utf-8")
    assert 'phone = "+996000000001"' in site
    assert 'caller_id = "+996000000000"' in site


def test_waiting_for_a_restart_leads_back_to_the_call() -> None:
    silence, back = document("wait.xml", dialect(DialectName.TWILIO)).verbs
    assert isinstance(silence, Gather)
    assert (silence.prompts, silence.timeout_s) == ((), 8)
    assert isinstance(back, Redirect)
    assert back.url == silence.action == "/voice/bridge?again=1"
    assert back.method == silence.method == "POST"
