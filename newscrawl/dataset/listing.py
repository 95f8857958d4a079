"""A bundle's dictionary of columns, and where its articles come from, for programs to read."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict

from newscrawl.dataset.facts import Facts

__all__ = ["dictionary", "provenance"]


def dictionary(facts: Facts) -> str:
    """A line a column: name, what it holds, how many articles have a value, what it means, its name at schema.org."""
    text = io.StringIO()
    output = csv.writer(text, lineterminator="\r\n")
    output.writerow(["column", "kind", "filled", "description", "schema_org"])
    for own in facts.columns:
        schema_org = f"https://schema.org/{own.schema_org}" if own.schema_org else ""
        output.writerow([own.name, own.kind, facts.filled[own.name], own.description, schema_org])
    return text.getvalue()


def provenance(facts: Facts) -> str:
    """The query, the runs, the versions and the counts, as JSON."""
    cover = asdict(facts.coverage)
    return json.dumps(
        {
            "title": facts.title,
            "identity": facts.identity,
            "newscrawl": facts.version,
            "query": facts.query,
            "rights": facts.rights,
            "texts": facts.kept,
            "as_of": cover.pop("as_of"),
            "changes_since": {"run": cover.pop("complete_to_run")},
            "runs": cover.pop("runs"),
            "files": [asdict(file) for file in facts.files],
            "coverage": {name: _listed(value) for name, value in cover.items()},
        },
        ensure_ascii=False,
        indent=2,
    )


def _listed(value: object) -> object:
    """A tally as pairs: JSON has no name for what has none."""
    return [[name, count] for name, count in value.items()] if isinstance(value, dict) else value
