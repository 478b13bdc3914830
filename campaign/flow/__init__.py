"""What happens: one function for each event, one transaction each, everything it needs as arguments."""
