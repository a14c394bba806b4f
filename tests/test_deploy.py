"""The files of deploy/ name what is there, and give the server the time and the files that it needs."""

import re
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.conftest import ROOT
from trialog.cli.serve import STOP_SECONDS
from trialog.settings import Settings
from trialog.web.connections import FILES_BESIDE, MOST_CONNECTIONS

DEPLOY = ROOT / "deploy"
SERVICE = (DEPLOY / "trialog.service").read_text(encoding="utf-8")
DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")


@pytest.fixture
def pod() -> dict[str, Any]:
    documents = YAML(typ="safe").load_all((DEPLOY / "kubernetes" / "trialog.yaml").read_text(encoding="utf-8"))
    pod: dict[str, Any] = next(iter(documents))["spec"]["template"]["spec"]
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
