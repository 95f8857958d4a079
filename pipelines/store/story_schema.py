"""The tables of stories, in SQL: which articles are prints of one text, how alike they are, and how that was found."""

from __future__ import annotations

__all__ = ["STORIES"]

STORIES = (
    """
CREATE TABLE stories (              -- texts that several addresses print; none is ever deleted
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    articles INTEGER NOT NULL,      -- prints stored now; 0 when it was merged or its articles were withdrawn
    publishers INTEGER NOT NULL,    -- different ones among them
    sites INTEGER NOT NULL,         -- different ones among them
    first_article_id INTEGER REFERENCES articles(id) ON DELETE SET NULL,  -- the earliest date, then the address
    first_certain INTEGER NOT NULL, -- 0 when another print could be as early: no date, or the same day or minute
    first_published TEXT,           -- as precise as it was written
    last_published TEXT,            -- the latest date
    agency TEXT,                    -- the one that most prints name
    merged_into INTEGER REFERENCES stories(id)  -- the story that it was found to be one with
)""",
    "CREATE INDEX stories_articles ON stories(articles, id)",
    "CREATE INDEX stories_first_published ON stories(first_published)",
    "CREATE INDEX stories_first_article ON stories(first_article_id)",
    "CREATE INDEX stories_agency ON stories(agency, first_published)",
    """
CREATE TABLE article_stories (      -- one row an article
    article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
    story_id INTEGER REFERENCES stories(id),    -- NULL while no other print of it is known
    agency TEXT,                    -- MAP, APS, AFP, Reuters ...
    agency_seen TEXT,               -- dateline, sign-off, author or publisher
    body_id INTEGER NOT NULL,       -- the first 64 bits of the body's BLAKE2b
    prints TEXT NOT NULL,           -- JSON list of the numbers by which the text is found
    method TEXT NOT NULL            -- version of the rules
)""",
    "CREATE INDEX article_stories_story ON article_stories(story_id) WHERE story_id IS NOT NULL",
    "CREATE INDEX article_stories_agency ON article_stories(agency) WHERE agency IS NOT NULL",
    """
CREATE TABLE story_prints (         -- who shares a number is looked at
    print INTEGER NOT NULL,
    article_id INTEGER NOT NULL,
    PRIMARY KEY (print, article_id)
) WITHOUT ROWID""",
    """
CREATE TRIGGER article_stories_ad AFTER DELETE ON article_stories BEGIN
    DELETE FROM story_prints WHERE article_id = old.article_id AND print IN (SELECT value FROM json_each(old.prints));
END""",
    """
CREATE TABLE story_links (          -- pairs of articles that were compared and found to be one text
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,  -- the greater number of the two
    other_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    resemblance REAL NOT NULL,      -- runs of words in both, of those in either; 0.0 to 1.0
    containment REAL NOT NULL,      -- runs of words in both, of those of the shorter text
    PRIMARY KEY (article_id, other_id)
) WITHOUT ROWID""",
    "CREATE INDEX story_links_other ON story_links(other_id)",
    """
CREATE VIEW story_articles AS       -- every print of every story, the first one first
SELECT s.id AS story_id, a.id AS article_id, a.published_at, a.publisher, a.site, a.language, a.title, a.canonical_url,
    a.word_count, m.agency, m.agency_seen, a.id = s.first_article_id AS is_first,
    -- with the print that it is most like
    max(coalesce((SELECT max(resemblance) FROM story_links WHERE article_id = a.id), 0),
        coalesce((SELECT max(resemblance) FROM story_links WHERE other_id = a.id), 0)) AS resemblance,
    max(coalesce((SELECT max(containment) FROM story_links WHERE article_id = a.id), 0),
        coalesce((SELECT max(containment) FROM story_links WHERE other_id = a.id), 0)) AS containment
FROM stories s JOIN article_stories m ON m.story_id = s.id JOIN articles a ON a.id = m.article_id
ORDER BY s.id, a.published_at IS NULL, a.published_at, a.url_key""",
)
"""Appended to data/news.db after its first tables."""
