"""Rules of messages and enums: what was written stays readable, on the wire and in JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from compatibility.facts import Facts, of_kind
from compatibility.finding import Finding

RULES = {
    "MESSAGE_NO_DELETE": "a message type stays: Any values and reflection name it",
    "MESSAGE_SAME_WIRE_FORMAT": "a message stays, or stays not, of the message set format",
    "MESSAGE_SAME_REQUIRED_FIELDS": "no required field comes or goes",
    "MESSAGE_RESERVED_NO_DELETE": "a reserved number or name stays reserved",
    "FIELD_NO_DELETE_UNLESS_NUMBER_RESERVED": "the number of a field that goes is reserved",
    "FIELD_NO_DELETE_UNLESS_NAME_RESERVED": "the name of a field that goes is reserved",
    "FIELD_SAME_NAME": "a field keeps its name",
    "FIELD_SAME_JSON_NAME": "a field keeps its name in JSON",
    "FIELD_COMPATIBLE_TYPE": "a field keeps its type, or has one that reads the same in both forms",
    "FIELD_COMPATIBLE_CARDINALITY": "a field stays single, repeated, a map or required",
    "FIELD_SAME_ONEOF": "a field stays in its oneof, or out of one",
    "FIELD_SAME_DEFAULT": "a field keeps its default value",
    "FIELD_RULES_TIGHTENED": "note: a value that was taken may be refused",
    "EXTENSION_NO_DELETE": "an extension stays",
    "ENUM_NO_DELETE": "an enum stays",
    "ENUM_SAME_TYPE": "an enum stays open or closed",
    "ENUM_RESERVED_NO_DELETE": "a reserved number or name of an enum stays reserved",
    "ENUM_VALUE_NO_DELETE_UNLESS_NUMBER_RESERVED": "the number of a value that goes is reserved",
    "ENUM_VALUE_NO_DELETE_UNLESS_NAME_RESERVED": "the name of a value that goes is reserved",
    "ENUM_VALUE_SAME_NAME": "a value keeps its names",
}

# Types that read each other's values, on the wire and in JSON.
_LIKE = {
    "int32": "32", "uint32": "32", "int64": "64", "uint64": "64", "fixed32": "f32",
    "sfixed32": "f32", "fixed64": "f64", "sfixed64": "f64",
}
# How a rule of a field is compared: whether a value is stricter than the one before.
_STRICTER: dict[str, Any] = {
    "min_length": lambda old, new: new > (old or 0),
    "max_length": lambda old, new: old is None or new < old,
    "minimum": lambda old, new: old is None or int(new) > int(old),
    "maximum": lambda old, new: old is None or int(new) < int(old),
    "max_items": lambda old, new: old is None or new < old,
}


def compare(old: Facts, new: Facts) -> Iterator[Finding]:
    """What of messages and enums breaks."""
    messages, enums = of_kind(new, "message"), of_kind(new, "enum")
    for name, was in of_kind(old, "message").items():
        if name not in messages:
            yield Finding(name, "MESSAGE_NO_DELETE", "the message is gone")
            continue
        yield from _reserved(name, "MESSAGE", was, messages[name])
        if was.get("message_set") != messages[name].get("message_set"):
            yield Finding(name, "MESSAGE_SAME_WIRE_FORMAT", "its wire format is another")
    for name, was in of_kind(old, "enum").items():
        if name not in enums:
            yield Finding(name, "ENUM_NO_DELETE", "the enum is gone")
            continue
        yield from _reserved(name, "ENUM", was, enums[name])
        if was.get("closed") != enums[name].get("closed"):
            yield Finding(name, "ENUM_SAME_TYPE", "it is open and was closed, or the other way")
    yield from _fields(old, new)
    yield from _extensions(old, new)
    yield from _values(old, new)


def _reserved(
    name: str, kind: str, was: dict[str, Any], now: dict[str, Any],
) -> Iterator[Finding]:
    for first, last in was.get("reserved", []):
        if not _covers(now, first, last):
            yield Finding(
                name, f"{kind}_RESERVED_NO_DELETE", f"{first} to {last} is not reserved any more")
    for word in was.get("names", []):
        if word not in now.get("names", []):
            yield Finding(name, f"{kind}_RESERVED_NO_DELETE", f"{word} is not reserved any more")


def _covers(fact: dict[str, Any], first: int, last: int) -> bool:
    """Whether every number of a range is reserved, maybe by several ranges."""
    for start, end in sorted(fact.get("reserved", [])):
        if start <= first <= end:
            first = end + 1
        if first > last:
            return True
    return False


def _fields(old: Facts, new: Facts) -> Iterator[Finding]:
    messages, fields = of_kind(new, "message"), of_kind(new, "field")
    known = of_kind(old, "field")
    for key, was in known.items():
        name, _, number = key.rpartition(" ")
        if name not in messages:
            continue  # Said of the message.
        subject = f"{name}.{was['name']}"
        if key in fields:
            yield from _field(subject, was, fields[key], old, new)
            continue
        if not _covers(messages[name], int(number), int(number)):
            yield Finding(
                subject, "FIELD_NO_DELETE_UNLESS_NUMBER_RESERVED",
                f"the field is gone, and {number} is not reserved")
        if was["name"] not in messages[name].get("names", []):
            yield Finding(
                subject, "FIELD_NO_DELETE_UNLESS_NAME_RESERVED",
                f"the field is gone, and {was['name']} is not reserved")
        if was.get("cardinality") == "required":
            yield Finding(subject, "MESSAGE_SAME_REQUIRED_FIELDS", "a required field is gone")
    for key, now in fields.items():
        name = key.rpartition(" ")[0]
        if key in known or name not in of_kind(old, "message"):
            continue
        subject = f"{name}.{now['name']}"
        if now.get("cardinality") == "required":
            yield Finding(subject, "MESSAGE_SAME_REQUIRED_FIELDS", "the new field is required")
        if now.get("rules", {}).get("required"):
            yield Finding(
                subject, "FIELD_RULES_TIGHTENED", "the new field must have a value", breaks=False)


def _field(
    subject: str, was: dict[str, Any], now: dict[str, Any], old: Facts, new: Facts,
) -> Iterator[Finding]:
    if was["name"] != now["name"]:
        yield Finding(subject, "FIELD_SAME_NAME", f"the field is now called {now['name']}")
    if was["json"] != now["json"]:
        yield Finding(
            subject, "FIELD_SAME_JSON_NAME", f"{was['json']} is now {now['json']} in JSON")
    if was.get("cardinality") != now.get("cardinality"):
        yield Finding(
            subject, "FIELD_COMPATIBLE_CARDINALITY",
            f"it is {now.get('cardinality', 'single')} and was {was.get('cardinality', 'single')}")
    elif not _same_type(was, now, old, new):
        yield Finding(
            subject, "FIELD_COMPATIBLE_TYPE", f"the type is {_type(now)} and was {_type(was)}")
    if was.get("oneof") != now.get("oneof"):
        yield Finding(
            subject, "FIELD_SAME_ONEOF",
            f"the oneof is {now.get('oneof', 'none')} and was {was.get('oneof', 'none')}")
    if was.get("default") != now.get("default"):
        yield Finding(subject, "FIELD_SAME_DEFAULT", "the default value is another")
    yield from _rules(subject, was.get("rules", {}), now.get("rules", {}))


def _type(field: dict[str, Any]) -> str:
    return field.get("of") or field["type"]


def _same_type(was: dict[str, Any], now: dict[str, Any], old: Facts, new: Facts) -> bool:
    if was.get("of") == now.get("of") and was["type"] == now["type"]:
        return True
    if was["type"] == now["type"] == "enum":
        # Every value that may have been written has its name in the other enum.
        before, after = (_numbers(facts, one["of"]) for facts, one in ((old, was), (new, now)))
        return all(set(names) <= set(after.get(number, [])) for number, names in before.items())
    like = _LIKE.get(was["type"])
    return like is not None and like == _LIKE.get(now["type"])


def _numbers(facts: Facts, enum: str) -> dict[str, list[str]]:
    return {
        key.rpartition(" ")[2]: value["names"] for key, value in of_kind(facts, "value").items()
        if key.rpartition(" ")[0] == enum}


def _rules(subject: str, was: dict[str, Any], now: dict[str, Any]) -> Iterator[Finding]:
    for name, value in now.items():
        stricter = _STRICTER.get(name, lambda old, new: old != new)
        if stricter(was.get(name), value):
            yield Finding(
                subject, "FIELD_RULES_TIGHTENED",
                f"the rule {name} is {value} and was {was.get(name, 'not there')}", breaks=False)


def _extensions(old: Facts, new: Facts) -> Iterator[Finding]:
    extensions = of_kind(new, "extension")
    for key, was in of_kind(old, "extension").items():
        if key in extensions:
            yield from _field(was["name"], was, extensions[key], old, new)
        else:
            yield Finding(was["name"], "EXTENSION_NO_DELETE", "the extension is gone")


def _values(old: Facts, new: Facts) -> Iterator[Finding]:
    enums, values = of_kind(new, "enum"), of_kind(new, "value")
    for key, was in of_kind(old, "value").items():
        name, _, number = key.rpartition(" ")
        if name not in enums:
            continue  # Said of the enum.
        now = values.get(key)
        if now is None and not _covers(enums[name], int(number), int(number)):
            yield Finding(
                name, "ENUM_VALUE_NO_DELETE_UNLESS_NUMBER_RESERVED",
                f"the value {number} is gone, and not reserved")
        for word in was["names"]:
            if now is None:
                if word not in enums[name].get("names", []):
                    yield Finding(
                        name, "ENUM_VALUE_NO_DELETE_UNLESS_NAME_RESERVED",
                        f"the value {word} is gone, and its name not reserved")
            elif word not in now["names"]:
                yield Finding(
                    name, "ENUM_VALUE_SAME_NAME",
                    f"the value {number} is {', '.join(now['names'])} and was {word}")
