"""Articles by story, as SQL conditions: the prints of one story, and the first print of each."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["no_earlier_print", "story_condition"]

_STORY = """{table}.id IN (
    WITH RECURSIVE present(id, merged_into) AS (
        SELECT id, merged_into FROM stories WHERE id = ?
        UNION SELECT s.id, s.merged_into FROM stories s JOIN present p ON s.id = p.merged_into
    )
    SELECT article_id FROM article_stories WHERE story_id IN (SELECT id FROM present))"""


def story_condition(table: str, story: int | None) -> tuple[list[str], list[str | int]]:
    """The prints of a story, also under a number that was merged into it; no condition without a number."""
    return ([_STORY.format(table=table)], [story]) if story is not None else ([], [])


def no_earlier_print(table: str, conditions: Sequence[str]) -> str:
    """No print of the same story that meets the conditions (on the table ``earlier``) comes before this one.

    The order is that of :func:`pipelines.store.reading.articles`. An article without a story always passes.
    """
    earlier = f"""(earlier.published_at IS NULL, coalesce(earlier.published_at, ''), earlier.url_key)
        < ({table}.published_at IS NULL, coalesce({table}.published_at, ''), {table}.url_key)"""
    return f"""NOT EXISTS (
        SELECT 1 FROM article_stories AS mine
        JOIN article_stories AS other ON other.story_id = mine.story_id
        JOIN articles AS earlier ON earlier.id = other.article_id
        WHERE mine.article_id = {table}.id AND {" AND ".join([earlier, *conditions])})"""
