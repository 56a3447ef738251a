"""Settings that are wrong stop the start and are all named at once."""

import shutil
import tomllib
from pathlib import Path

import pytest

from hotline.kernel.secret import Secret
from hotline.settings import (
    CONFIG_DIR,
    PROFILES,
    Section,
    Settings,
    SettingsProblems,
    load,
)

TOKEN = "t" * 32
REAL = {
    "HOTLINE__PUBLIC_BASE_URL": "https://189.example.kg",
    "HOTLINE__DATABASE__URL": "postgresql://hotline:word@db:5432/hotline",
    "HOTLINE__REDIS__URL": "redis://redis:6379/0",
    "HOTLINE__CARRIER__ACCOUNT_SID": "AC" + "1" * 32,
    "HOTLINE__CARRIER__AUTH_TOKEN": TOKEN,
    "HOTLINE__CARRIER__CALLER_ID": "+996312000189",
    "HOTLINE__CARRIER__SMS_FROM": "+996312000189",
    "HOTLINE__CARRIER__TWIML_APP_SID": "AP" + "1" * 32,
    "HOTLINE__CARRIER__API_KEY_SID": "SK" + "1" * 32,
    "HOTLINE__CARRIER__API_KEY_SECRET": "s" * 32,
    "HOTLINE__TELEGRAM__TOKEN": "1:x",
    "HOTLINE__TELEGRAM__WEBHOOK_SECRET": "w" * 32,
    "HOTLINE__DUTY__PHONE": "+996312000190",
}

SECRETS = {"URL", "AUTH_TOKEN", "API_KEY_SECRET", "TOKEN", "WEBHOOK_SECRET"}
NO_DATABASE = ("nonsense", "mysql://u@h/d", "postgresql://", "postgresql://u@h:port/d")
NO_REDIS = ("nonsense", "http://h", "redis://", "redis://h:port/0", "redis://h:99999/0")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path in CONFIG_DIR.glob("*.toml"):
        shutil.copy(path, tmp_path)
    (tmp_path / "hours.toml").touch()
    default = tmp_path / "default.toml"
    text = default.read_text().split("hours_file", 1)[0] + 'hours_file = "hours.toml"\n'
    rest = default.read_text().split("hours_file", 1)[1].split("\n", 1)[1]
    default.write_text(text + rest)
    return tmp_path


def problems(environ: dict[str, str], folder: Path, profile: str) -> list[str]:
    with pytest.raises(SettingsProblems) as caught:
        load(environ, folder, profile)
    return caught.value.problems


def only(found: list[str], start: str) -> str:
    assert len(found) == 1, found
    assert found[0].startswith(start), found
    return found[0]


@pytest.mark.parametrize("profile", ["development", "demo", "test"])
def test_profiles_for_one_machine_load_without_any_variable(folder: Path, profile: str) -> None:
    settings = load({}, folder, profile)

    assert settings.profile == profile
    assert settings.loopback


def test_production_loads_with_real_keys(folder: Path) -> None:
    settings = load(REAL, folder, "production")

    assert settings.origin == "https://189.example.kg"
    assert settings.phone.modes == ("browser",)


def test_production_without_keys_names_everything_that_is_missing(folder: Path) -> None:
    found = problems({}, folder, "production")

    for key in (
        "carrier.account_sid",
        "carrier.auth_token",
        "carrier.caller_id",
        "carrier.sms_from",
        "carrier.twiml_app_sid",
        "telegram.token",
        "telegram.webhook_secret",
        "duty.phone",
        "database.url",
        "redis.url",
    ):
        assert any(text.startswith(f"{key}:") for text in found), key


def test_problems_of_all_layers_come_at_once(folder: Path) -> None:
    (folder / "demo.toml").write_text("[server]\nprot = 1\n[typo]\nx = 1\n")
    environ = {"HOTLINE__SERVER__PORT": "many", "HOTLINE__NOPE": "1", "HOTLINE_SERVER_PORT": "1"}

    found = problems(environ, folder, "demo")

    for start in (
        "server.prot:",
        "server.port:",
        "typo:",
        "HOTLINE__NOPE:",
        "HOTLINE_SERVER_PORT:",
    ):
        assert any(text.startswith(start) for text in found), (start, found)


def test_default_file_has_every_key_and_no_other() -> None:
    page = tomllib.loads((CONFIG_DIR / "default.toml").read_text())

    for name, field in Settings.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, Section):
            assert page.pop(name).keys() == field.annotation.model_fields.keys(), name
    assert page.keys() == {"public_base_url", "data_dir"}


def test_a_missing_setting_is_named(folder: Path) -> None:
    (folder / "default.toml").write_text('public_base_url = "http://127.0.0.1:1"\n')

    found = problems({}, folder, "demo")

    assert {"data_dir: is missing", "server: is missing", "telegram.mode: is missing"} <= set(found)


def test_later_layers_win(folder: Path, tmp_path: Path) -> None:
    extra = tmp_path / "site.toml"
    extra.write_text("[server]\nport = 1111\n[routing]\noffer_s = 30\n")

    settings = load({"HOTLINE_CONFIG": str(extra), "HOTLINE__SERVER__PORT": "2222"}, folder, "demo")

    assert (settings.server.port, settings.routing.offer_s) == (2222, 30)


def test_secret_comes_from_a_file(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "token"
    path.write_text(TOKEN + "\n")

    settings = load({"HOTLINE__CARRIER__AUTH_TOKEN_FILE": str(path)}, folder, "demo")

    assert settings.carrier.auth_token == Secret(TOKEN)


def test_secret_file_that_cannot_be_read_is_fatal(folder: Path, tmp_path: Path) -> None:
    found = problems({"HOTLINE__DATABASE__URL_FILE": str(tmp_path / "no")}, folder, "demo")

    assert any(text.startswith("HOTLINE__DATABASE__URL_FILE:") for text in found)


def test_a_secret_given_twice_is_refused(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "token"
    path.write_text(TOKEN)
    environ = {
        "HOTLINE__CARRIER__AUTH_TOKEN_FILE": str(path),
        "HOTLINE__CARRIER__AUTH_TOKEN": TOKEN,
    }

    only(problems(environ, folder, "demo"), "HOTLINE__CARRIER__AUTH_TOKEN_FILE: is given together")


def test_what_is_not_secret_has_no_file_variable(folder: Path, tmp_path: Path) -> None:
    environ = {"HOTLINE__SERVER__PORT_FILE": str(tmp_path)}

    only(problems(environ, folder, "demo"), "HOTLINE__SERVER__PORT_FILE: there is no such setting")


@pytest.mark.parametrize(
    ("change", "start"),
    [
        ({"HOTLINE__CARRIER__AUTH_TOKEN": "short"}, "carrier.auth_token: needs at least 32"),
        ({"HOTLINE__CARRIER__AUTH_TOKEN": ""}, "carrier.auth_token: is missing"),
        ({"HOTLINE__CARRIER__AUTH_TOKEN_SECONDARY": "short"}, "carrier.auth_token_secondary:"),
        ({"HOTLINE__CARRIER__AUTH_TOKEN": "insecure" * 4}, "carrier.auth_token: is the key"),
        ({"HOTLINE__TELEGRAM__WEBHOOK_SECRET": ""}, "telegram.webhook_secret:"),
        ({"HOTLINE__TELEGRAM__WEBHOOK_SECRET": "ы" * 40}, "telegram.webhook_secret:"),
        ({"HOTLINE__CARRIER__BYOC_TRUNK_SID": "BY1"}, "carrier.byoc_trunk_sid: must be BY"),
        ({"HOTLINE__PUBLIC_BASE_URL": "http://189.example.kg"}, "public_base_url: must start"),
        ({"HOTLINE__CARRIER__API_BASE_URL": "http://api.example"}, "carrier.api_base_url:"),
        ({"HOTLINE__TELEGRAM__API_BASE_URL": "http://api.example"}, "telegram.api_base_url:"),
        ({"HOTLINE__PHONE__MODES": "fake,browser"}, "phone.modes: fake is for training"),
        ({"HOTLINE__PHONE__MODES": "sim,browser"}, "phone.modes: sim is for training"),
        (
            {"HOTLINE__PHONE__OWN_PREFIXES": "+996,0"},
            "phone.own_prefixes: '0' must be + and digits",
        ),
        ({"HOTLINE__DUTY__PHONE": ""}, "duty.phone: is missing"),
        ({"HOTLINE__DUTY__PHONE": "112"}, "duty.phone: must be a full number"),
        ({"HOTLINE__HOTLINE__TIMEZONE": "Moon/Base"}, "hotline.timezone:"),
        ({"HOTLINE__HOTLINE__HOURS_FILE": "no.toml"}, "hotline.hours_file:"),
        ({"HOTLINE__ROUTING__OFFER_S": "0"}, "routing.offer_s:"),
        ({"HOTLINE__CHATS__RED_S": "60"}, "chats.red_s: must be more than chats.amber_s"),
        ({"HOTLINE__CHATS__UNATTENDED_S": "180"}, "chats.unattended_s: must be more"),
        ({"HOTLINE__DATABASE__URL": ""}, "database.url: is missing"),
        ({"HOTLINE__REDIS__URL": ""}, "redis.url: is missing"),
        *(({"HOTLINE__DATABASE__URL": wrong}, "database.url: must be") for wrong in NO_DATABASE),
        *(({"HOTLINE__REDIS__URL": wrong}, "redis.url: must be") for wrong in NO_REDIS),
    ],
)
def test_a_setting_that_leaves_a_door_open_stops_the_start(
    folder: Path, change: dict[str, str], start: str
) -> None:
    only(problems(REAL | change, folder, "production"), start)


def test_polling_needs_no_webhook_secret(folder: Path) -> None:
    change = {"HOTLINE__TELEGRAM__WEBHOOK_SECRET": "", "HOTLINE__TELEGRAM__MODE": "polling"}

    assert load(REAL | change, folder, "production").telegram.mode == "polling"


def test_simulator_keys_are_refused_where_others_can_reach_the_service(folder: Path) -> None:
    found = problems({"HOTLINE__PUBLIC_BASE_URL": "https://189.example.kg"}, folder, "demo")

    assert any(text.startswith("carrier.auth_token: is the key of a simulator") for text in found)
    assert any(text.startswith("phone.modes: fake") for text in found)


@pytest.mark.parametrize("profile", ["demo", "development"])
def test_simulator_keys_are_refused_where_the_network_can_reach_the_service(
    folder: Path, profile: str
) -> None:
    found = problems({"HOTLINE__SERVER__HOST": "0.0.0.0"}, folder, profile)  # noqa: S104 - refused

    assert any(text.startswith("carrier.auth_token: is the key of a simulator") for text in found)


def test_the_demo_stays_on_this_machine_whatever_its_keys(folder: Path) -> None:
    environ = REAL | {"HOTLINE__SERVER__HOST": "0.0.0.0", "HOTLINE__PHONE__MODES": "browser"}  # noqa: S104 - refused

    only(problems(environ, folder, "demo"), "server.host: the logins of the demo")


def test_what_the_examples_show_is_refused_in_production(folder: Path) -> None:
    site = CONFIG_DIR.parent / "deploy" / "site.toml"
    kept = {k: REAL[k] for k in REAL if k.rsplit("__", 1)[-1] in SECRETS}

    found = problems(kept | {"HOTLINE_CONFIG": str(site)}, folder, "production")

    assert [text.split(":")[0] for text in found] == [
        "public_base_url",
        "carrier.account_sid",
        "carrier.caller_id",
        "carrier.sms_from",
        "carrier.twiml_app_sid",
        "carrier.api_key_sid",
        "duty.phone",
    ]


def test_no_problem_repeats_a_secret(folder: Path) -> None:
    environ = REAL | {
        "HOTLINE__CARRIER__AUTH_TOKEN": "hunter2",
        "HOTLINE__DATABASE__URL": "mysql://hotline:hunter2@h/d",
        "HOTLINE__SERVER__PORT": "x",
    }

    assert "hunter2" not in "".join(problems(environ, folder, "production"))


def test_a_dump_of_the_settings_shows_no_secret(folder: Path) -> None:
    settings = load(REAL, folder, "production")

    assert TOKEN not in repr(settings)
    assert TOKEN not in str(settings.model_dump())


def test_unknown_profile_names_the_known_ones(folder: Path) -> None:
    found = problems({}, folder, "staging")

    assert all(profile in found[0] for profile in PROFILES)


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://A.example:443", "https://a.example"),
        ("https://a.example:8443", "https://a.example:8443"),
        ("http://127.0.0.1:8189", "http://127.0.0.1:8189"),
        ("http://[::1]:80", "http://[::1]"),
    ],
)
def test_origin_is_what_browsers_send(folder: Path, url: str, origin: str) -> None:
    settings = load(REAL | {"HOTLINE__PUBLIC_BASE_URL": url}, folder, "production")

    assert settings.origin == origin


def test_the_shipped_files_load() -> None:
    assert load({}, CONFIG_DIR, "demo").profile == "demo"


def test_a_list_in_the_environment_may_be_empty(folder: Path) -> None:
    environ = {"HOTLINE__CALLBACKS__PAUSES_MIN": "", "HOTLINE__CALLBACKS__PREFIXES": "+996,+7"}
    callbacks = load(environ, folder, "demo").callbacks
    assert (callbacks.pauses_min, callbacks.prefixes) == ((), ("+996", "+7"))
    assert problems({"HOTLINE__CALLBACKS__PAUSES_MIN": "1,,2"}, folder, "demo")


def test_a_local_sms_provider_that_is_half_described_is_named_line_by_line(folder: Path) -> None:
    chosen = {
        "HOTLINE__SMS__TRANSPORT": "aggregator",
        "HOTLINE__AGGREGATOR__LOOKUP_URL": "http://sms.example/ask",
        "HOTLINE__AGGREGATOR__SEND_FIELDS": "to=to,txt=text,ref=m,from=m.from",
        "HOTLINE__AGGREGATOR__STATUS_FIELDS": "id=id,status=status",
        "HOTLINE__AGGREGATOR__STATUS_WORDS": "ok=delivered,odd=lost",
        "HOTLINE__AGGREGATOR__ERROR_WORDS": "9=nonsense",
    }
    found = problems(REAL | chosen, folder, "production")

    assert [text.split(":")[0] for text in found] == [
        "aggregator.send_url",
        "aggregator.lookup_url",
        "aggregator.auth_secret",
        "aggregator.callback_secret",
        "aggregator.send_fields",
        "aggregator.send_fields",
        "aggregator.send_fields",
        "aggregator.sender",
        "aggregator.send_fields",
        "aggregator.status_words",
        "aggregator.error_words",
        "aggregator.status_words",
    ]
    twice = {"HOTLINE__AGGREGATOR__REPLY_FIELDS": "id=a,id=b"}
    only(problems(REAL | twice, folder, "production"), "aggregator.reply_fields: names something")
    toys = {
        "HOTLINE__SMS__TRANSPORT": "aggregator",
        "HOTLINE__AGGREGATOR__SEND_URL": "https://sms.example/send",
        "HOTLINE__AGGREGATOR__SENDER": "189",
        "HOTLINE__AGGREGATOR__AUTH_SECRET": "insecure" * 4,
        "HOTLINE__AGGREGATOR__CALLBACK_SECRET": "c" * 32,
    }
    only(problems(REAL | toys, folder, "production"), "aggregator.auth_secret: is the key of a sim")
