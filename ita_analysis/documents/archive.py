"""Archives (.docx, .xlsx) before anything is unpacked: no bombs, no macros, no XML entities."""

from __future__ import annotations

import io
import re
import zipfile

from ita_analysis.documents.limits import MAX_RATIO, MAX_UNPACKED, RATIO_FROM
from ita_analysis.errors import DataError, Place
from ita_analysis.texts import fault

_CHUNK = 1 << 20
_DECLARED = [word.encode(code) for word in ("<!DOCTYPE", "<!ENTITY") for code in
             ("utf-8", "utf-16-le", "utf-16-be")]  # fmt: skip
_MACROS = re.compile(r"(?:^|/)(?:vbaProject\.bin|vbaData\.xml|xlmacrosheets/|macrosheets/)", re.I)


def open_archive(data: bytes, name: str, what: str) -> zipfile.ZipFile:
    """Open an archive after it has passed the checks.

    Sizes are checked as the archive states them; Python's reader never unpacks more than stated.
    The word processor's own files declare no entities: one that does is made to do harm, and
    readers that pass over entities would lose words.

    Args:
        data: The file's bytes.
        name: The file's name, for messages.
        what: ``workbook`` or ``document``.

    Raises:
        DataError: It is damaged or protected, unpacks to too much, holds macros or entities.
    """
    place = Place(name)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise DataError(fault(f"{what}_damaged", place, reason=str(error))) from None
    if any(member.flag_bits & 1 for member in members):
        raise DataError(fault(f"{what}_protected", place))
    if any(_MACROS.search(member.filename) for member in members):
        raise DataError(fault("file_with_macros", place))
    _check_sizes(members, place)
    for member in members:
        if not member.filename.endswith((".xml", ".rels")):
            continue
        try:
            declares = _declares_entities(archive, member)
        except Exception as error:  # zlib and zipfile raise many kinds for damaged members
            raise DataError(fault(f"{what}_damaged", place, reason=str(error))) from None
        if declares:
            raise DataError(fault("xml_entities", place, member.filename))
    return archive


def _check_sizes(members: list[zipfile.ZipInfo], place: Place) -> None:
    packed_well = [
        member
        for member in members
        if member.file_size > RATIO_FROM
        and member.file_size > MAX_RATIO * max(member.compress_size, 1)
    ]
    unpacked = sum(member.file_size for member in members)
    if packed_well or unpacked > MAX_UNPACKED:
        raise DataError(
            fault("zip_bomb", place, f"{unpacked:,} B", allowed=MAX_UNPACKED // 1_000_000)
        )


def _declares_entities(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    before = b""
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            if any(word in before + chunk for word in _DECLARED):
                return True
            before = chunk[-32:]
    return False
