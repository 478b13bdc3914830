"""The way out: letters as bytes, and what mail servers make of them."""
