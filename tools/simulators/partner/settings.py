"""The settings of the partner simulator."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from partner.address import Address
from shared.control import ControlSettings
from shared.server import Listening, read_tls
from shared.settings import Section, SettingsError

FORMATS = ("json", "xml")
DEVICE_STATES = ("online", "offline", "jammed")


@dataclass(frozen=True)
class Client:
    """A client of the partner's interface: a tenant of the platform."""

    identifier: str
    secret_hash: bytes
    scopes: tuple[str, ...]


@dataclass(frozen=True)
class Reporting:
    """How the partner calls the platform back."""

    address: Address
    token_address: Address
    client_id: str
    client_secret: str
    scope: str
    ca_file: Path | None
    attempts: int
    first_delay: float
    last_delay: float


@dataclass(frozen=True)
class Partner:
    """One partner: its name at the platform, its clients, its devices."""

    name: str
    clients: tuple[Client, ...]
    devices: dict[str, str]
    delays: dict[str, float]
    reporting: Reporting | None
    format: str = "json"


@dataclass(frozen=True)
class Settings:
    """Everything."""

    listening: Listening
    control: ControlSettings | None
    store: Path
    token_lifetime: int
    partners: dict[str, Partner]


def read_settings(section: Section) -> Settings:
    """Reads the whole file."""
    tls = read_tls(section.section("tls"))
    if tls is None:
        raise section.error("tls", "is missing")
    listening = Listening.read(section.section("listen"), tls)
    control = ControlSettings.read(section.section("control"))
    store = section.file("store")
    token_lifetime = section.integer("token_lifetime_seconds", 600, 1, 86_400)
    delay = section.number("open_delay_seconds", 0.3, 0, 3600)
    partners = [_read_partner(each, delay) for each in section.sections("partners")]
    section.finish()
    names = [partner.name for partner in partners]
    if len(set(names)) < len(names):
        raise SettingsError("partners: a name came twice")
    clients = [client.identifier for partner in partners for client in partner.clients]
    if len(set(clients)) < len(clients):
        raise SettingsError("partners: a client came twice")
    named = {partner.name: partner for partner in partners}
    return Settings(listening, control, store, token_lifetime, named)


def _read_partner(section: Section, delay: float) -> Partner:
    name = section.text("name")
    clients = tuple(_read_client(each) for each in section.sections("clients"))
    devices: dict[str, str] = {}
    delays: dict[str, float] = {}
    for each in section.sections("devices"):
        device = each.text("id")
        if device in devices:
            raise each.error("id", "came twice")
        devices[device] = each.text("state", "online", DEVICE_STATES)
        delays[device] = each.number("open_delay_seconds", delay, 0, 3600)
        each.finish()
    format = section.text("format", "json", FORMATS)
    report = section.section("report")
    reporting = _read_reporting(report) if report is not None else None
    section.finish()
    return Partner(name, clients, devices, delays, reporting, format)


def _read_client(section: Section) -> Client:
    identifier = section.text("id")
    secret_hash = hashlib.sha256(section.secret("secret").encode()).digest()
    scopes = tuple(section.texts("scopes", ["devices:open"]))
    section.finish()
    return Client(identifier, secret_hash, scopes)


def _read_reporting(section: Section) -> Reporting:
    base = section.text("base_uri").rstrip("/")
    try:
        address = Address.parse(base)
        token_address = Address.parse(section.text("token_uri", f"{base}/oauth2/token"))
    except ValueError as problem:
        raise section.error("base_uri", str(problem)) from None
    reporting = Reporting(
        address=address,
        token_address=token_address,
        client_id=section.text("client_id"),
        client_secret=section.secret("client_secret"),
        scope=section.text("scope", "residential.commands:report"),
        ca_file=section.file("ca_file") if section.has("ca_file") else None,
        attempts=section.integer("attempts", 30, 1, 10_000),
        first_delay=section.number("first_delay_seconds", 0.2, 0.01, 60),
        last_delay=section.number("last_delay_seconds", 5, 0.01, 3600),
    )
    section.finish()
    return reporting
