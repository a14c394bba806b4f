"""The files of deploy/ name what is there, and give the server the time and the files that it needs."""

import re
from typing import Any

import kubernetes_validate
import pytest
from ruamel.yaml import YAML

from tests.conftest import ROOT
from trialog.assistant.engine import REPLY_SECONDS
from trialog.cli.serve import STOP_SECONDS
from trialog.settings import Settings
from trialog.web.api import MAX_BODY_BYTES
from trialog.web.connections import FILES_BESIDE, MOST_CONNECTIONS

DEPLOY = ROOT / "deploy"
SERVICE = (DEPLOY / "trialog.service").read_text(encoding="utf-8")
DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
COMPOSE = (DEPLOY / "compose.yml").read_text(encoding="utf-8")
PROXY = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")


KUBERNETES = [
    document
    for file in sorted((DEPLOY / "kubernetes").glob("*.yaml"))
    for document in YAML(typ="safe").load_all(file.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("document", KUBERNETES, ids=lambda one: f"{one['kind']} {one['metadata']['name']}")
def test_kubernetes_would_take_it(document: dict[str, Any]) -> None:
    kubernetes_validate.validate(document, "1.28", strict=True)


def test_what_kubernetes_would_not_take_is_found() -> None:
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate({**KUBERNETES[0], "spec": {"replica": 2}}, "1.28", strict=True)


def test_servers_of_kubernetes_find_each_other() -> None:
    named = {(document["kind"], document["metadata"]["name"]) for document in KUBERNETES}
    (pod,) = (one["spec"]["template"] for one in KUBERNETES if one["kind"] == "Deployment")
    (container,) = pod["spec"]["containers"]
    redis = next(variable["value"] for variable in container["env"] if variable["name"] == "TRIALOG_REDIS")
    assert ("Service", redis.removeprefix("redis://").partition(":")[0]) in named
    for document in KUBERNETES:
        spec = document["spec"]
        if chosen := spec.get("selector") or spec.get("podSelector"):
            labels = chosen.get("matchLabels", chosen)
            assert any(one["spec"]["template"]["metadata"]["labels"] == labels for one in KUBERNETES if "template" in one["spec"])


def test_a_new_version_is_ready_before_an_old_one_ends(pod: dict[str, Any]) -> None:
    (spec,) = (one["spec"] for one in KUBERNETES if one["kind"] == "Deployment")
    assert spec["strategy"]["rollingUpdate"]["maxUnavailable"] == 0
    (container,) = pod["containers"]
    program, seconds = container["lifecycle"]["preStop"]["exec"]["command"]
    assert program == "sleep"
    assert pod["terminationGracePeriodSeconds"] > int(seconds) + STOP_SECONDS


@pytest.fixture
def pod() -> dict[str, Any]:
    (pod,) = (document["spec"]["template"]["spec"] for document in KUBERNETES if document["kind"] == "Deployment")
    return pod


def test_kubernetes_asks_what_the_server_answers(pod: dict[str, Any]) -> None:
    (container,) = pod["containers"]
    probes = {name: container[name]["httpGet"]["path"] for name in ("startupProbe", "readinessProbe", "livenessProbe")}
    assert probes == {"startupProbe": "/readyz", "readinessProbe": "/readyz", "livenessProbe": "/healthz"}
    assert pod["terminationGracePeriodSeconds"] > STOP_SECONDS


def test_the_settings_of_kubernetes_are_settings(pod: dict[str, Any]) -> None:
    (container,) = pod["containers"]
    settings = Settings.from_environment({variable["name"]: variable["value"] for variable in container["env"]})
    assert settings.tls == "on"
    assert settings.proxies
    assert {variable["name"] for variable in container["env"]} <= {f"TRIALOG_{name.upper()}" for name in vars(settings)}


def test_nothing_runs_as_root_or_writes_its_own_files(pod: dict[str, Any]) -> None:
    (container,) = pod["containers"]
    assert pod["securityContext"]["runAsNonRoot"]
    assert container["securityContext"]["readOnlyRootFilesystem"]
    assert f"USER {pod['securityContext']['runAsUser']}" in DOCKERFILE
    assert re.search(r"^User=trialog$", SERVICE, re.MULTILINE)


def test_systemd_gives_time_to_stop_and_files_enough() -> None:
    given = dict(re.findall(r"^(\w+)=(.*)$", SERVICE, re.MULTILINE))
    assert int(given["TimeoutStopSec"]) > STOP_SECONDS
    assert int(given["LimitNOFILE"]) >= MOST_CONNECTIONS + FILES_BESIDE


def test_the_image_is_built_by_commands_that_are_there() -> None:
    assert "RUN scripts/setup && .venv/bin/trialog train" in DOCKERFILE
    assert (ROOT / "scripts" / "setup").stat().st_mode & 0o100


@pytest.fixture
def compose() -> dict[str, Any]:
    """As Docker reads it where only the password is set."""
    given = COMPOSE.replace("${TRIALOG_DATABASE_PASSWORD:?choose one and put it into deploy/.env}", "secret")
    compose: dict[str, Any] = YAML(typ="safe").load(re.sub(r"\$\{\w+:-\}", '""', given))
    return compose


def test_the_settings_of_compose_are_settings_that_share_conversations(compose: dict[str, Any]) -> None:
    given = compose["services"]["trialog"]["environment"]
    settings = Settings.from_environment(given)
    assert {name.removeprefix("TRIALOG_").lower() for name in given} <= set(vars(settings))
    assert settings.workers > 1
    assert "//redis:" in settings.redis
    assert settings.database == "postgresql://trialog:secret@postgres/trialog"
    assert [str(network) for network in settings.proxies] == [compose["networks"]["front"]["ipam"]["config"][0]["subnet"]]


def test_all_servers_of_compose_have_one_file_of_switches_that_they_may_write(compose: dict[str, Any]) -> None:
    (path,) = re.findall(r"TRIALOG_SWITCHES=(\S+)/switches\.yml", DOCKERFILE)
    assert compose["services"]["trialog"]["volumes"] == [f"state:{path}"]
    assert f"install -d -o trialog {path}" in DOCKERFILE


def test_only_the_proxy_of_compose_is_reached_from_outside(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]
    assert {name: service["networks"] for name, service in services.items()} == {
        "proxy": ["front"],
        "trialog": ["front", "stores"],
        "redis": ["stores"],
        "postgres": ["stores"],
    }
    assert compose["networks"]["stores"]["internal"]


def test_nothing_of_compose_may_do_more_than_it_needs(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        assert service["read_only"], name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert "mem_limit" in service, name
    assert int(compose["services"]["trialog"]["stop_grace_period"].removesuffix("s")) > STOP_SECONDS
    assert compose["services"]["trialog"]["ulimits"]["nofile"] >= MOST_CONNECTIONS + FILES_BESIDE


def test_no_store_of_compose_drops_a_conversation_or_keeps_its_password_here(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert "--maxmemory-policy noeviction" in services["redis"]["command"]
    assert services["postgres"]["environment"]["POSTGRES_PASSWORD"] == "secret"
    assert {volume.partition(":")[0] for volume in services["proxy"]["volumes"]} == {"./nginx.conf", "./tls"}


def test_the_proxy_lets_through_what_the_server_takes_and_logs_no_paths() -> None:
    given = dict(re.findall(r"^\s*(\w+) (.+);$", PROXY, re.MULTILINE))
    assert int(given["client_max_body_size"].removesuffix("k")) * 1024 > MAX_BODY_BYTES, "its refusal says what to do"
    assert int(given["proxy_read_timeout"].removesuffix("s")) > REPLY_SECONDS
    assert (given["access_log"], given["error_log"]) == ("off", "/dev/stderr crit")
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in PROXY
    assert "location ~ ^/(metrics|healthz|readyz)$ { return 404; }" in PROXY
    a_second = re.search(r"zone=requests:10m rate=(\d+)r/s", PROXY)
    assert a_second
    assert int(a_second[1]) * 60 > int(Settings().rate_limit), "families meet the server's refusal, which names the number"
