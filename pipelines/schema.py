"""The tables as first released, in SQL. The comments stay in the file: ``.schema`` in the sqlite3 shell shows them.

Conventions: times are ISO-8601 text in UTC with ``Z``; to the second where they date our own doing, to the
microsecond where they say what was seen before what (headlines, fetches, pages). What is not known is NULL.
Lists are JSON text. True is 1.
"""

from __future__ import annotations

__all__ = ["NEWS", "PAGES"]

_RUNS = (
    """
CREATE TABLE sites (
    name TEXT PRIMARY KEY,          -- name of the spider, for example maghress
    first_seen TEXT NOT NULL        -- when the database first heard of it
)""",
    """
CREATE TABLE runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,             -- crawl, ingest or reextract
    site TEXT REFERENCES sites(name),
    arguments TEXT,                 -- as they were given
    version TEXT,                   -- of newscrawl
    started_at TEXT NOT NULL,
    ended_at TEXT,
    state TEXT NOT NULL DEFAULT 'running',  -- running, finished, interrupted or failed
    reason TEXT                     -- why it ended
)""",
    "CREATE INDEX runs_site ON runs(site, id)",
)

_URLS = (
    """
CREATE TABLE urls (
    url_key TEXT PRIMARY KEY,       -- identity: no scheme, no www., no trailing slash, no tracking parameters
    url TEXT NOT NULL,              -- the address to fetch
    kind TEXT NOT NULL,             -- article, listing, feed or sitemap
    site TEXT REFERENCES sites(name),
    state TEXT NOT NULL,            -- found (not fetched yet), done (settled) or failed (to be tried again)
    first_seen TEXT NOT NULL,
    last_seen TEXT NOT NULL,        -- last time a page named it or it was fetched
    article_id INTEGER REFERENCES articles(id) ON DELETE SET NULL,  -- the article it leads to
    last_outcome TEXT,              -- docs/outcomes.md lists the words
    last_fetched TEXT
)""",
    "CREATE INDEX urls_site_state ON urls(site, state)",
    "CREATE INDEX urls_last_outcome ON urls(last_outcome)",
    "CREATE INDEX urls_article ON urls(article_id)",
    """
CREATE TABLE headlines (
    id INTEGER PRIMARY KEY,
    url_key TEXT NOT NULL REFERENCES urls(url_key),
    title TEXT NOT NULL,
    aggregator TEXT NOT NULL REFERENCES sites(name),
    seen_in TEXT NOT NULL,          -- feed, listing, sitemap or ticker
    seen_on TEXT,                   -- the page that printed it first
    language TEXT,                  -- ISO 639-1, or und
    publisher TEXT,                 -- as written
    published_raw TEXT,             -- date as written
    summary TEXT,                   -- the feed's description
    first_seen TEXT NOT NULL,       -- to the microsecond
    last_seen TEXT NOT NULL,        -- to the microsecond
    times_seen INTEGER NOT NULL,    -- pages that printed it
    first_run_id INTEGER REFERENCES runs(id),
    UNIQUE (url_key, title, aggregator, seen_in)
)""",
    "CREATE INDEX headlines_seen ON headlines(aggregator, seen_in, first_seen)",
    "CREATE INDEX headlines_language ON headlines(language, first_seen)",
    "CREATE INDEX headlines_publisher ON headlines(publisher, first_seen)",
    """
CREATE TABLE fetches (
    id INTEGER PRIMARY KEY,
    run_id INTEGER REFERENCES runs(id),
    url_key TEXT NOT NULL REFERENCES urls(url_key),
    url TEXT NOT NULL,              -- asked for
    final_url TEXT NOT NULL,        -- answered, after redirects
    status INTEGER NOT NULL,
    bytes INTEGER NOT NULL,         -- size of the body
    page_hash TEXT,                 -- SHA-256 of the body: bodies.hash in the archive
    fetched_at TEXT NOT NULL        -- to the microsecond, as in the archive's pages
)""",
    "CREATE INDEX fetches_url ON fetches(url_key, fetched_at)",
    "CREATE INDEX fetches_run ON fetches(run_id)",
    """
CREATE TABLE outcomes (
    run_id INTEGER NOT NULL REFERENCES runs(id),
    url_key TEXT NOT NULL REFERENCES urls(url_key),
    outcome TEXT NOT NULL,          -- stored, updated, unchanged, not-modified, listed, or a reason
    detail TEXT,                    -- one sentence
    at TEXT NOT NULL,
    PRIMARY KEY (run_id, url_key)   -- one outcome a URL and run: the best it came to
) WITHOUT ROWID""",
    "CREATE INDEX outcomes_url ON outcomes(url_key)",
    "CREATE INDEX outcomes_outcome ON outcomes(run_id, outcome)",
)

_ARTICLES = (
    """
CREATE TABLE articles (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    url_key TEXT NOT NULL UNIQUE REFERENCES urls(url_key),
    canonical_url TEXT NOT NULL,
    site TEXT REFERENCES sites(name),   -- the aggregator it was first found on
    title TEXT NOT NULL,
    body TEXT NOT NULL,             -- paragraphs separated by one blank line
    language TEXT NOT NULL,         -- ISO 639-1, or und
    language_confidence REAL NOT NULL,  -- 0.0 to 1.0
    subtitle TEXT,
    lead TEXT,                      -- the standfirst
    authors TEXT NOT NULL DEFAULT '[]',   -- JSON list
    publisher TEXT,                 -- the paper that wrote it
    section TEXT,
    keywords TEXT NOT NULL DEFAULT '[]',  -- JSON list
    image_url TEXT,
    source_url TEXT,                -- the publisher's own page
    published_raw TEXT,             -- date as written
    published_at TEXT,              -- 2025-07-01T09:30:00Z, 2025-07-01 or 2025-07, as precise as it was written
    published_day TEXT,             -- the calendar day as it was written: an evening in Florida is the next day in UTC
    published_precision TEXT,       -- minute, day or month
    timezone_source TEXT,           -- written, site or assumed; NULL without a time of day
    published_ambiguous INTEGER NOT NULL,  -- 1 when day and month could be swapped
    modified_raw TEXT,
    modified_at TEXT,
    paywalled INTEGER NOT NULL,     -- 1 when only a beginning could be read
    word_count INTEGER NOT NULL,
    page_hash TEXT,                 -- the archived page it was read from
    extractor_version TEXT,         -- the rules that read it
    first_stored_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,       -- when one of its fields last changed
    first_run_id INTEGER REFERENCES runs(id),
    last_run_id INTEGER REFERENCES runs(id)  -- the last run that changed it
)""",
    "CREATE INDEX articles_published ON articles(published_at, url_key)",
    "CREATE INDEX articles_language ON articles(language, published_at, url_key)",
    "CREATE INDEX articles_publisher ON articles(publisher, published_at, url_key)",
    "CREATE INDEX articles_site ON articles(site, published_at, url_key)",
    "CREATE INDEX articles_first_stored ON articles(first_stored_at)",
    "CREATE INDEX articles_page ON articles(page_hash)",
    # Full text without a second copy of the texts; accents and capitals folded.
    """
CREATE VIRTUAL TABLE articles_fts USING fts5(
    title, subtitle, lead, body,
    content="articles", content_rowid="id", tokenize="unicode61 remove_diacritics 2"
)""",
    """
CREATE TRIGGER articles_ai AFTER INSERT ON articles BEGIN
    INSERT INTO articles_fts(rowid, title, subtitle, lead, body)
    VALUES (new.id, new.title, new.subtitle, new.lead, new.body);
END""",
    """
CREATE TRIGGER articles_ad AFTER DELETE ON articles BEGIN
    INSERT INTO articles_fts(articles_fts, rowid, title, subtitle, lead, body)
    VALUES ('delete', old.id, old.title, old.subtitle, old.lead, old.body);
END""",
    """
CREATE TRIGGER articles_au AFTER UPDATE OF title, subtitle, lead, body ON articles BEGIN
    INSERT INTO articles_fts(articles_fts, rowid, title, subtitle, lead, body)
    VALUES ('delete', old.id, old.title, old.subtitle, old.lead, old.body);
    INSERT INTO articles_fts(rowid, title, subtitle, lead, body)
    VALUES (new.id, new.title, new.subtitle, new.lead, new.body);
END""",
)

_EVIDENCE = (
    # A ticker is removed from every page of its hour: its text is kept once.
    """
CREATE TABLE segment_texts (
    id INTEGER PRIMARY KEY,         -- the first 64 bits of the text's BLAKE2b
    text TEXT NOT NULL
)""",
    """
CREATE TABLE article_segments (
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    reason TEXT NOT NULL,           -- ticker, related, read-also, share ...
    text_id INTEGER NOT NULL REFERENCES segment_texts(id),
    PRIMARY KEY (article_id, position)
) WITHOUT ROWID""",
    "CREATE INDEX article_segments_text ON article_segments(text_id)",
    """
CREATE VIEW segments AS             -- what was removed from an article's page, and why
SELECT article_id, position, reason, text
FROM article_segments JOIN segment_texts ON segment_texts.id = article_segments.text_id""",
    """
CREATE TABLE field_candidates (
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    field TEXT NOT NULL,            -- title, authors, published (a date as written), canonical_url ...
    value TEXT NOT NULL,
    origin TEXT NOT NULL,           -- site-rule, json-ld, opengraph, meta, feed, visible, trafilatura or url
    chosen INTEGER NOT NULL,        -- 1 for the one the article has
    PRIMARY KEY (article_id, field, position)
) WITHOUT ROWID""",
    """
CREATE TABLE revisions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    url_key TEXT NOT NULL REFERENCES urls(url_key),  -- not the article: its revisions outlive it
    kind TEXT NOT NULL,             -- stored, updated or withdrawn
    at TEXT NOT NULL,
    run_id INTEGER REFERENCES runs(id),
    page_hash TEXT,
    extractor_version TEXT
)""",
    "CREATE INDEX revisions_url ON revisions(url_key, id)",
    "CREATE INDEX revisions_run ON revisions(run_id)",
    """
CREATE TABLE revision_changes (
    revision_id INTEGER NOT NULL REFERENCES revisions(id) ON DELETE CASCADE,
    field TEXT NOT NULL,            -- an article's column
    old_value TEXT,                 -- before; all of it, so that every earlier state can be told from the present one
    new_value TEXT,
    PRIMARY KEY (revision_id, field)
)""",
    """
CREATE TABLE noise_models (
    id INTEGER PRIMARY KEY,
    site TEXT NOT NULL REFERENCES sites(name),
    version INTEGER NOT NULL,       -- 1, 2, 3 ... for each site
    learned_at TEXT NOT NULL,
    pages INTEGER NOT NULL,         -- pages it was learned from
    articles INTEGER NOT NULL,      -- different articles among them
    active INTEGER NOT NULL,        -- 1 for the one in use; none is when learning was undone
    UNIQUE (site, version)
)""",
    """
CREATE TABLE noise_blocks (
    model_id INTEGER NOT NULL REFERENCES noise_models(id) ON DELETE CASCADE,
    name TEXT NOT NULL,             -- kind and fingerprint of a text or a place
    sample TEXT,                    -- the text as one page had it, or the place's path
    articles INTEGER,               -- different articles that showed it; NULL when an earlier version learned it
    share REAL,                     -- of the articles looked at
    why TEXT,
    undone INTEGER NOT NULL,        -- 1 when a person called it no noise: the model does not use it
    PRIMARY KEY (model_id, name)
)""",
)

_VIEWS = (
    """
CREATE VIEW articles_by_day AS      -- dates known to the month alone are left out
SELECT published_day AS day, language, site, publisher, count(*) AS articles, sum(word_count) AS words
FROM articles WHERE published_day IS NOT NULL GROUP BY 1, 2, 3, 4""",
    """
CREATE VIEW doubts AS               -- fields whose candidates disagree
SELECT a.id AS article_id, a.canonical_url, a.site, c.field, count(DISTINCT lower(trim(c.value))) AS different,
    max(CASE WHEN c.chosen THEN c.value END) AS chosen,
    json_group_array(json_object('origin', c.origin, 'value', c.value)) AS candidates
FROM field_candidates c JOIN articles a ON a.id = c.article_id
GROUP BY c.article_id, c.field HAVING different > 1""",
    """
CREATE VIEW ticker AS               -- what ran through the tickers, and for how long
SELECT h.aggregator, h.title, h.language, h.first_seen, h.last_seen, h.times_seen,
    round((julianday(h.last_seen) - julianday(h.first_seen)) * 24, 1) AS hours, u.url, u.state, u.article_id
FROM headlines h JOIN urls u ON u.url_key = h.url_key WHERE h.seen_in = 'ticker'""",
    """
CREATE VIEW run_outcomes AS         -- how many URLs of a run came to what
SELECT r.id AS run_id, r.kind, r.site, r.started_at, r.state, o.outcome, count(*) AS urls
FROM runs r JOIN outcomes o ON o.run_id = r.id GROUP BY r.id, o.outcome""",
)

NEWS = _RUNS + _URLS + _ARTICLES + _EVIDENCE + _VIEWS
"""data/news.db"""

PAGES = (
    """
CREATE TABLE bodies (
    hash TEXT PRIMARY KEY,          -- SHA-256 of the body, hexadecimal
    raw_size INTEGER NOT NULL,      -- bytes before compression
    body BLOB NOT NULL              -- zstd
)""",
    """
CREATE TABLE pages (
    id INTEGER PRIMARY KEY,
    url_key TEXT NOT NULL,          -- identity, as in news.db
    url TEXT NOT NULL,              -- asked for
    final_url TEXT NOT NULL,        -- answered, after redirects
    status INTEGER NOT NULL,
    headers TEXT NOT NULL,          -- JSON list of [name, value], in order
    body_hash TEXT NOT NULL REFERENCES bodies(hash),
    fetched_at TEXT NOT NULL,       -- to the microsecond
    site TEXT,                      -- the spider that asked for it
    UNIQUE (url_key, fetched_at, body_hash)
)""",
    "CREATE INDEX pages_fetched ON pages(fetched_at, id)",
    "CREATE INDEX pages_site ON pages(site, fetched_at, id)",
    "CREATE INDEX pages_body ON pages(body_hash)",
)
"""data/pages.db"""
