"""Publish a story as a book: roles and directives, article pages, cards, HTML."""

from __future__ import annotations

from retold_run.telling import holds, tell

__all__ = ["holds", "tell"]
