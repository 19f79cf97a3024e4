"""A small framework on which everything can be tried out."""

from __future__ import annotations

from typing import Any

from ita_analysis.frameworks import Framework, load_framework

SOURCE = {"th": "ทดสอบ", "en": "test"}
BLOCK = {"basis": "assumed", "source": SOURCE}
COUNTS = {"9.1": 2, "9.2": 1, "10.1": 3}


def small_framework(bands_of: int) -> Framework:
    """Return one indicator each for IIT and EIT, two for OIT, six items; a real year's bands."""
    real = load_framework(bands_of)
    numbers = {1: "IIT", 6: "EIT", 9: "OIT", 10: "OIT"}
    parts: dict[str, Any] = real.model_dump()
    parts["indicators"]["entries"] = [
        {"indicator_no": number, "tool": tool, "title_th": "ก", "title_en": "a"}
        for number, tool in numbers.items()
    ]
    subs = [
        {
            "code": code,
            "indicator_no": int(code.split(".")[0]),
            "title_th": code,
            "title_en": code,
            "n_items": count,
        }
        for code, count in COUNTS.items()
    ]
    parts["sub_indicators"] = {
        **BLOCK,
        "counts_basis": "assumed",
        "counts_source": SOURCE,
        "entries": subs,
    }
    homes = [code for code, count in COUNTS.items() for _ in range(count)]
    parts["items"] = {
        **BLOCK,
        "is_complete": True,
        "entries": [
            {"code": f"o{number}", "sub_indicator": home, "title_th": "ข", "confidence": "high"}
            for number, home in enumerate(homes, 1)
        ],
    }
    parts["rule"]["oit_indicator"] = {**BLOCK, "method": "sub_indicator_means"}
    return Framework.model_validate(parts)


ITEMS = [f"o{number}" for number in range(1, sum(COUNTS.values()) + 1)]
