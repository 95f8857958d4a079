"""Whether a site still fits its spider and rules: a look at it, and what it shows."""
