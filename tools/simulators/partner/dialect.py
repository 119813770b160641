"""The XML dialect: an element for each member of the JSON messages."""

from __future__ import annotations

import json
from xml.etree import ElementTree

from shared.message import Answer, Request, error

MEDIA_TYPE = "application/xml"


def read(request: Request) -> dict[str, object]:
    """Returns the members of a request."""
    if request.media_type() != MEDIA_TYPE:
        raise error(415, "xml_wanted")
    try:
        root = ElementTree.fromstring(request.body)
    except (ElementTree.ParseError, ValueError):
        raise error(400, "bad_xml") from None
    return {child.tag: child.text or "" for child in root}


def write(answer: Answer) -> Answer:
    """Writes a JSON answer as XML; one that is no JSON stays as it is."""
    try:
        value = json.loads(answer.body)
    except ValueError:
        return answer
    name = "error" if "error" in value else "command"
    members = value["error"] if name == "error" else value
    root = ElementTree.Element(name)
    for member, text in members.items():
        ElementTree.SubElement(root, member).text = str(text)
    body = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    headers = answer.headers | {"Content-Type": MEDIA_TYPE}
    return Answer(answer.status, body, headers, answer.disconnect)
