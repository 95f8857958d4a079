"""The view `doubts` anew: what only looks like a disagreement is none."""

from __future__ import annotations

__all__ = ["DOUBTS"]

_BESIDE = "(' : ', ' - ', ' | ', ' – ', ' — ', ' » ', ' « ', ' · ', ' • ', ' / ')"
"""What stands between a headline and a site's name in a page's title."""

_SAID, _TAKEN = "lower(trim(c.value))", "lower(trim(t.value))"

DOUBTS = (
    "DROP VIEW doubts",
    f"""
CREATE VIEW doubts AS               -- fields whose candidates disagree
WITH compared AS (
    SELECT c.article_id, c.field, c.position, c.origin, c.value, t.value AS taken, CASE
        -- "Site : headline" and "headline - Site" say the same as "headline"
        WHEN c.field = 'title' AND (
            substr({_SAID}, -length(t.value)) = {_TAKEN} AND substr({_SAID}, -length(t.value) - 3, 3) IN {_BESIDE}
            OR substr({_SAID}, 1, length(t.value)) = {_TAKEN} AND substr({_SAID}, length(t.value) + 1, 3) IN {_BESIDE}
        ) THEN {_TAKEN}
        WHEN c.field = 'authors' AND {_SAID} IN ('par ' || {_TAKEN}, 'by ' || {_TAKEN}, 'por ' || {_TAKEN})
            THEN {_TAKEN}
        -- where a site's rules name the newspaper, the page's metadata name the aggregator
        WHEN c.field = 'publisher' AND t.origin = 'site-rule' AND c.origin NOT IN ('site-rule', 'feed') THEN NULL
        -- days are compared; "hier" and "19 - 06 - 2025" cannot be, by SQL
        WHEN c.field IN ('published', 'modified') THEN
            CASE WHEN {_SAID} GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]*' THEN substr({_SAID}, 1, 10) END
        ELSE {_SAID} END AS said
    FROM field_candidates c
    LEFT JOIN field_candidates t ON t.article_id = c.article_id AND t.field = c.field AND t.chosen)
SELECT a.id AS article_id, a.canonical_url, a.site, c.field, count(DISTINCT c.said) AS different,
    max(c.taken) AS chosen,
    json_group_array(json_object('origin', c.origin, 'value', c.value)) AS candidates
FROM compared c JOIN articles a ON a.id = c.article_id
GROUP BY c.article_id, c.field HAVING count(DISTINCT c.said) > 1""",
)
"""Appended to data/news.db after its first views."""
