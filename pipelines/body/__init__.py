"""The article's text: found, cleaned of what is not the author's, in paragraphs."""
