import pytest

from trialog.settings import Settings, SettingsError


def test_defaults_need_no_environment() -> None:
    assert Settings.from_environment({}) == Settings()


def test_values_come_from_the_environment() -> None:
    settings = Settings.from_environment({"TRIALOG_PORT": "9000", "TRIALOG_COUNTRY": "NL", "TRIALOG_MODELS": "elsewhere"})
    assert (settings.port, settings.country, settings.models.name) == (9000, "NL", "elsewhere")


@pytest.mark.parametrize("name", ["PORT", "IDLE_MINUTES", "RATE_LIMIT"])
@pytest.mark.parametrize("value", ["many", "0", "-1", "1.5", "²", "tcp"])
def test_a_wrong_number_names_the_variable(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"TRIALOG_{name} must be a whole number above 0"):
        Settings.from_environment({f"TRIALOG_{name}": value})


@pytest.mark.parametrize(("text", "number"), [("off", None), ("60", 60)])
def test_rate_limit(text: str, number: int | None) -> None:
    assert Settings.from_environment({"TRIALOG_RATE_LIMIT": text}).requests_a_minute == number


@pytest.mark.parametrize("value", ["", "  ", "tcp://10.0.0.5:8080"])
def test_what_nobody_has_set_counts_as_unset(value: str) -> None:
    """Kubernetes sets TRIALOG_PORT for a service called "trialog"."""
    assert Settings.from_environment({"TRIALOG_PORT": value, "TRIALOG_COUNTRY": value}) == Settings()


@pytest.mark.parametrize("name", ["WORKERS", "DATABASE"])
def test_several_processes_need_a_store_that_they_share(name: str) -> None:
    value = {"WORKERS": "2", "DATABASE": "postgresql://localhost/trialog"}[name]
    with pytest.raises(SettingsError, match=rf"TRIALOG_{name}\)? needs TRIALOG_REDIS, such as redis://localhost:6379/0"):
        Settings.from_environment({f"TRIALOG_{name}": value})
    assert Settings.from_environment({f"TRIALOG_{name}": value, "TRIALOG_REDIS": "redis://localhost:6379/0"}).redis


@pytest.mark.parametrize(("name", "schemes"), [("REDIS", "redis:// or rediss:// or unix://"), ("DATABASE", "postgresql://")])
def test_an_address_of_a_store_that_cannot_be_used_is_not_repeated(name: str, schemes: str) -> None:
    with pytest.raises(SettingsError, match=f"TRIALOG_{name} must begin with {schemes}$") as raised:
        Settings.from_environment({"TRIALOG_REDIS": "redis://localhost", f"TRIALOG_{name}": "http://user:password@host"})
    assert "password" not in str(raised.value)
