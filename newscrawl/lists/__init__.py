"""Readers of what lists articles: feeds, listings, sitemaps. Bytes in, plain values out."""
