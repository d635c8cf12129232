"""Read a story that several articles retell: who says so, how much, who wants what, and how they differ."""

from __future__ import annotations

from retold.corpus import Article, Corpus, Passage
from retold.loading import CorpusError, load_corpus
from retold.model import Span
from retold.problems import Problem
from retold.validate import find_problems

__all__ = ["Article", "Corpus", "CorpusError", "Passage", "Problem", "Span", "find_problems", "load_corpus"]
