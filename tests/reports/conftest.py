"""Small executed notebooks made of the report's own blocks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from ita_analysis.reports import Block, ReportInfo, title_block

INFO = ReportInfo(
    notebook="timeliness",
    lang="th",
    title="ทันกำหนดหรือไม่",
    agency_id="example",
    agency_name="องค์การบริหารส่วนตำบลตัวอย่าง",
    agency_place="จังหวัดตัวอย่าง",
    fiscal_year_be=2566,
    round_months=12,
    as_of=date(2023, 9, 30),
    data_kind="synthetic",
    source="measures.csv",
)


@pytest.fixture
def info() -> Callable[..., ReportInfo]:
    return lambda **changes: replace(INFO, **changes)


@pytest.fixture
def code_cell() -> Callable[..., dict[str, Any]]:
    def make(*blocks: Block, outputs: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
        shown = [
            {"output_type": "display_data", "data": bundle, "metadata": {}}
            for block in blocks
            for bundle in block.outputs
        ]
        source = "secret_code()"
        return {
            "cell_type": "code",
            "source": source,
            "metadata": {},
            "execution_count": 1,
            "outputs": [*shown, *outputs],
        }

    return make


@pytest.fixture
def prose() -> Callable[..., dict[str, Any]]:
    return lambda text, *tags: {
        "cell_type": "markdown",
        "source": text,
        "metadata": {"tags": list(tags)},
    }


@pytest.fixture
def notebook(code_cell: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    def make(*cells: dict[str, Any], info: ReportInfo = INFO) -> dict[str, Any]:
        return {
            "cells": [code_cell(title_block(info)), *cells],
            "metadata": {},
            "nbformat": 4,
            "nbformat_minor": 5,
        }

    return make
