"""The user's word on what a table's columns hold: ``ita import --columns MAPPING.yml``.

Where the headings leave a doubt nothing is guessed: a mapping file is drafted with what was
recognised, the user fills in the rest.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import yaml

from ita_analysis.documents.opening import read_whole
from ita_analysis.documents.yaml_text import load_yaml
from ita_analysis.errors import Fault, Place, UsageError
from ita_analysis.register.columns import Header, Role, heading_key
from ita_analysis.texts import fault, load_texts


def load_mapping(path: Path) -> dict[str, Role]:
    """Return the role of each heading.

    Raises:
        DataError: There is no such file.
        UsageError: It is no mapping, or names roles that there are none of; all are named.
    """
    data = read_whole(path)
    place = Place(path.name)
    allowed = ", ".join(Role)
    try:
        entries = load_yaml(data.decode("utf-8-sig"))["columns"]
        pairs = [(str(entry["heading"]), str(entry["role"])) for entry in entries]
    except (yaml.YAMLError, UnicodeDecodeError, TypeError, KeyError) as error:
        reason = " ".join(str(error).split())[:100]
        raise UsageError(fault("mapping_unreadable", place, reason=reason)) from None
    roles = {role.value: role for role in Role}
    faults: list[Fault] = [
        fault("mapping_role_unknown", Place(path.name, column=heading), role, allowed=allowed)
        for heading, role in pairs
        if role not in roles
    ]
    if faults:
        raise UsageError(faults)
    return {heading_key(heading): roles[role] for heading, role in pairs}


def draft_mapping(headers: Iterable[Header]) -> str:
    """Return the text of a mapping file with what was recognised of these headers."""
    say = load_texts()
    lines = [f"# {line}" for line in say("mapping.head").splitlines()]
    lines += [f"#   {role.value}: {say(f'roles.{role.value}')}" for role in Role]
    lines.append("columns:")
    seen: set[str] = set()
    for header in headers:
        for text, role, reason in zip(header.row.texts, header.roles, header.reasons, strict=True):
            if not text or heading_key(text) in seen:
                continue
            seen.add(heading_key(text))
            entry = yaml.safe_dump({"heading": text, "role": role.value}, allow_unicode=True,
                                   sort_keys=False, width=1000).splitlines()  # fmt: skip
            why = f"  # {say('mapping.recognised', words=reason)}" if reason else ""
            lines += [f"  - {entry[0]}", f"    {entry[1]}{why}"]
    return "\n".join(lines) + "\n"
