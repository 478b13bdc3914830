"""What we remember: the only place with SQL."""
