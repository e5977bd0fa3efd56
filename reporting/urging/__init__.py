"""Letters that urge: what is late at an agency, who is told of it, and who answered."""
