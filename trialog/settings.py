"""Every setting, read once from the environment (``TRIALOG_...``). docs/operator.md lists them."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any

Network = IPv4Network | IPv6Network

# Scheme, host and port, as browsers send it; nothing that could end a header or a policy.
_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?")

# What Kubernetes puts into TRIALOG_PORT when a service is called "trialog": nobody has set that.
_OF_KUBERNETES = re.compile(r"(?:tcp|udp|sctp)://")


class SettingsError(Exception):
    """A setting has a value that cannot be used; the message names the variable and the mend."""


@dataclass(frozen=True)
class Settings:
    """The settings and their defaults; the comment above each is its documentation."""

    # Where the server listens.
    host: str = "127.0.0.1"
    port: int = 8080
    # Processes that answer together on that port; more than one needs Redis.
    workers: int = 1
    # Redis that keeps conversations, limits and retries for several processes (redis://host:6379/0); empty keeps them in memory.
    redis: str = ""
    # PostgreSQL that keeps the dialogues of these conversations in its place (postgresql://user:password@host/name).
    database: str = ""
    # The study a conversation is about unless it names one; empty takes that of content/trials/default.yml, or the only one.
    trial: str = ""
    # ISO code of the country whose emergency and crisis numbers are given; empty gives 112.
    country: str = ""
    # Telephone number of the hospital itself, told beside the emergency number; empty tells to call the treating team.
    hospital_line: str = ""
    # Who of the hospital can be reached, how, and when: shown in the menu, in danger, when a person is asked for, and with a result.
    contact_name: str = ""
    contact_phone: str = ""
    contact_hours: str = ""
    contact_text: str = ""
    contact_page: str = ""
    # Address that is told by a POST, without words or identity, when a family asks for a person (https://...); empty tells nobody.
    handoff_webhook: str = ""
    # Folders, relative to where the command runs.
    content: Path = Path("content")
    models: Path = Path("models")
    # File that says what is switched off, and notices to families; written by `trialog switch`, read while the server runs.
    switches: Path = Path("switches.yml")
    # "on" keeps from families what nobody has approved as it is (`trialog script --approve`).
    approved_only: str = "off"
    # File in which is counted, by the day and without a word, what families ask; empty counts for the metrics only and writes nothing.
    counts: str = ""
    # Folder with model.onnx and tokenizer.json of another sentence encoder; empty takes the bundled one.
    encoder: str = ""
    # Minutes after which an idle conversation is deleted; at a kiosk, where the next person is waiting, sooner.
    idle_minutes: int = 30
    kiosk_idle_minutes: int = 5
    # Conversations that may live at the same time (12 kB each); one network has half of them at most.
    max_conversations: int = 5_000
    # Requests a minute from one address (a hospital stands behind one), or "off", which switches off all other limits and shares, too.
    rate_limit: str = "1200"
    # Conversations a minute that one network may begin (the first 24 bits of an address of IPv4, the first 64 of IPv6).
    openings_rate_limit: int = 60
    # Messages a minute in one conversation.
    conversation_rate_limit: int = 30
    # Addresses or networks of proxies whose X-Forwarded-For is believed, separated by commas.
    trusted_proxies: str = ""
    # Origins of the pages that may embed the chat (https://hospital.example), separated by commas.
    allowed_origins: str = ""
    # "on" when families reach this server by TLS only: browsers are told to insist on it.
    tls: str = "off"
    # The least that is logged: debug, info, warning or error.
    log_level: str = "info"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Read ``TRIALOG_<NAME>`` for every field; an empty one counts as unset. Raises SettingsError for a value of the wrong kind."""
        given = {f.name: environment.get(f"TRIALOG_{f.name.upper()}", "").strip() for f in fields(cls)}
        settings = cls(**{name: _convert(name, text) for name, text in given.items() if text and not _OF_KUBERNETES.match(text)})
        settings.check()
        return settings

    def check(self) -> None:
        """Raises SettingsError for a value that cannot be used."""
        if self.rate_limit != "off":
            _convert("port", self.rate_limit, "rate_limit")
        _convert("workers", str(self.workers))
        _address("redis", self.redis, ("redis", "rediss", "unix"))
        _address("database", self.database, ("postgresql",))
        _address("handoff_webhook", self.handoff_webhook, ("https", "http"))
        if (self.workers > 1 or self.database) and not self.redis:
            needing = "TRIALOG_DATABASE" if self.database else "more than one worker (TRIALOG_WORKERS)"
            raise SettingsError(
                f"{needing} needs TRIALOG_REDIS, such as redis://localhost:6379/0: what all workers must know is kept there"
            )
        _choice("tls", self.tls, ("on", "off"))
        _choice("approved_only", self.approved_only, ("on", "off"))
        _choice("log_level", self.log_level, ("debug", "info", "warning", "error"))
        for origin in self.origins:
            if not _ORIGIN.fullmatch(origin):
                raise SettingsError(f"TRIALOG_ALLOWED_ORIGINS must be like 'https://hospital.example', not '{origin}'")
        try:
            _ = self.proxies
        except ValueError:
            raise SettingsError(f"TRIALOG_TRUSTED_PROXIES must be addresses or networks, not '{self.trusted_proxies}'") from None

    @property
    def contact(self) -> dict[str, str]:
        """How the hospital itself can be reached; only what is known."""
        known = {name: getattr(self, f"contact_{name}") for name in ("name", "phone", "hours", "text", "page")}
        return {name: value for name, value in known.items() if value}

    @property
    def origins(self) -> tuple[str, ...]:
        """The origins that may embed the chat."""
        return tuple(_parts(self.allowed_origins))

    @property
    def proxies(self) -> tuple[Network, ...]:
        """The networks of the trusted proxies."""
        return tuple(ip_network(part) for part in _parts(self.trusted_proxies))

    @property
    def requests_a_minute(self) -> int | None:
        """The rate limit as a number, None when it is off."""
        return None if self.rate_limit == "off" else int(self.rate_limit)


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _choice(name: str, value: str, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise SettingsError(f"TRIALOG_{name.upper()} must be one of {', '.join(choices)}, not '{value}'")


def _address(name: str, value: str, schemes: tuple[str, ...]) -> None:
    if value and value.partition("://")[0] not in schemes:
        # The address itself may hold a password.
        raise SettingsError(f"TRIALOG_{name.upper()} must begin with {' or '.join(f'{scheme}://' for scheme in schemes)}")


def _convert(name: str, text: str, shown_as: str | None = None) -> Any:
    kind = type(getattr(Settings, name))
    if kind is not int:
        return kind(text)
    if not (text.isascii() and text.isdigit()) or int(text) < 1:
        raise SettingsError(f"TRIALOG_{(shown_as or name).upper()} must be a whole number above 0, not '{text}'")
    return int(text)
