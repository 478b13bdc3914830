"""Documents of every kind as they reach us: good ones, odd ones and those meant to do harm."""
