"""Ready questions, each a page of its own in Datasette; ``:name`` is a field that the reader fills in."""

from __future__ import annotations

__all__ = ["QUESTIONS"]

QUESTIONS: dict[str, dict[str, str]] = {
    "search": {
        "title": "Search with highlighted matches",
        "description": 'All the words; "phrases" in quotes; accents do not matter. Language may stay empty.',
        "sql": """SELECT a.published_at, a.language, a.publisher, highlight(articles_fts, 0, '«', '»') AS title,
    snippet(articles_fts, 3, '«', '»', '…', 30) AS passage, a.canonical_url
FROM articles_fts JOIN articles a ON a.id = articles_fts.rowid
WHERE articles_fts MATCH escape_fts(:words) AND a.language = coalesce(nullif(:language, ''), a.language)
ORDER BY bm25(articles_fts, 10.0, 4.0, 4.0, 1.0) LIMIT 100""",
    },
    "top_stories": {
        "title": "Texts that most papers print",
        "description": "With the earliest print; first_certain is 0 when another one could be as early.",
        "sql": """SELECT s.id AS story, s.articles AS prints, s.publishers, s.first_published, s.first_certain,
    a.publisher AS first_by, s.agency, a.language, a.title, a.canonical_url
FROM stories s JOIN articles a ON a.id = s.first_article_id WHERE s.articles > 1
ORDER BY s.articles DESC, s.first_published LIMIT 200""",
    },
    "prints": {
        "title": "The prints of one story",
        "description": "Who printed it, when, how alike, and which agency each print names.",
        "sql": "SELECT * FROM story_articles WHERE story_id = :story",
    },
    "first_of_agency": {
        "title": "Who prints an agency's texts first",
        "description": "Per publisher: how many of the agency's texts it had before the others, where that is certain.",
        "sql": """SELECT a.publisher, count(*) AS stories, sum(s.articles) AS prints FROM stories s
JOIN articles a ON a.id = s.first_article_id WHERE s.agency = :agency AND s.first_certain AND s.articles > 1
GROUP BY 1 ORDER BY 2 DESC""",
    },
    "articles_a_day": {
        "title": "Articles a day by language and publisher",
        "description": "Dates known to the month alone are left out.",
        "sql": """SELECT day, language, publisher, sum(articles) AS articles, sum(words) AS words FROM articles_by_day
WHERE day BETWEEN coalesce(nullif(:from_day, ''), '0000') AND coalesce(nullif(:to_day, ''), '9999')
GROUP BY 1, 2, 3 ORDER BY 1 DESC, 4 DESC""",
    },
    "ticker_on_a_day": {
        "title": "What ran through the tickers on a day",
        "description": "Headlines with the hours between their first and last page.",
        "sql": """SELECT title, language, aggregator, first_seen, last_seen, hours, times_seen, url FROM ticker
WHERE first_seen < date(:day, '+1 day') AND last_seen >= date(:day) ORDER BY first_seen""",
    },
    "removed_from_a_page": {
        "title": "What was removed from an article's page",
        "description": "Every block with its reason, in the order of the page.",
        "sql": "SELECT position, reason, text FROM segments WHERE article_id = :article_id ORDER BY position",
    },
    "doubtful_fields": {
        "title": "Fields whose candidates disagree",
        "description": "What each field could have been, and what was chosen.",
        "sql": "SELECT * FROM doubts WHERE field = coalesce(nullif(:field, ''), field) LIMIT 500",
    },
    "addresses_without_article": {
        "title": "Addresses that gave no article",
        "description": "Of the latest 20 runs, with the reason.",
        "sql": """SELECT r.site, r.started_at, o.outcome, o.detail, u.url FROM outcomes o JOIN runs r ON r.id = o.run_id
JOIN urls u ON u.url_key = o.url_key WHERE r.id > (SELECT max(id) - 20 FROM runs)
AND o.outcome NOT IN ('stored', 'updated', 'unchanged', 'not-modified', 'listed', 'redirected')
ORDER BY r.id DESC, o.outcome LIMIT 1000""",
    },
}
