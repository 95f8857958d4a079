"""What a page says of itself, and which of it becomes the article's fields."""
