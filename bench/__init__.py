"""Measure how long the book and the library take; each module prints a table and asserts no time."""
