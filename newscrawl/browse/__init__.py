"""The database in a browser: Datasette with facets, full-text search, descriptions of columns and ready questions."""
