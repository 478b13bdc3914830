"""What is true: facts and rules, with neither clock nor files nor randomness."""
