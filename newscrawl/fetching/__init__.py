"""How a request is made and how it ends: manners, refused addresses, conditional requests, failures, a quick end."""
