"""What a page or a deed may cost in statements, and how PostgreSQL goes about it."""
