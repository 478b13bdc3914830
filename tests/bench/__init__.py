"""Measurements to look at: nothing here is asserted, and no clock fails a test."""
