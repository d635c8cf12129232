"""State the book's rules as functions of plain data; each returns its faults, one line each.

A page is a name and notebook cells; a Markdown file is a page with one Markdown cell. Every rule of
``PAGE_RULES`` takes a page and what rules must know of the rest of the book.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from statistics import median
from typing import Any, NamedTuple

from retold.coverage import find_quoted
from retold.text import tokens
from retold_report.tables import MIME

_SIGN = "◆"
Cell = Mapping[str, Any]
Faults = list[str]

ALLOWED: list[tuple[str, str]] = [
    (r"\bone scoop\b", "the book's title"),
    (r"\bfive retellings\b", "the book's title"),
    (r"\b(?:five articles|the five)\b", "the book's own parts: the seeds, which never change"),
    (r"(?<!\d)00[0-4](?!\d)", "the articles' ids"),
    (r"[\w./-]+\.(?:csv|ipynb|json|jsonld|md|pdf|py|txt|xml|ya?ml)\b", "file names"),
    (r"\bGroup of Seven\b", "a proper name"),
    (r"\b(?:STANAG|ICD|ISO)[ -]\d+(?:-\d)?\b", "numbers of standards"),
    (r"\bSHA-256\b|\bUTF-8\b|\bW3C\b|\bPARC 3\.0\b", "proper names of methods and bodies"),
    (r"\bPython 3\.\d+(?:[–-]3\.\d+)?", "versions of Python"),
    (r"\bCC BY 4\.0\b", "the name of a licence"),
    (r"\btwo (?:annotation )?passes\b", "how the book was made: its own parts"),
    (r"\bno one\b|\bone another\b|\bone by one\b|\bone['’]s\b", "“one” as a pronoun"),
    (r"\b(?:the|an? \w+) one (?=(?:that|which|who|whose|with)\b)", "“one” as a pronoun"),
    (r"\b(?:each|every|any|which) one\b(?!-)", "“one” as a pronoun"),
    (r"\b(?:this|that|other|first|second|without) one(?![ -]\w)", "“one” as a pronoun"),
    (r"\b(?:a \w+ without|take) one (?=is not|for another)", "“one” as a pronoun"),
    (r"\b(?:an?|the) (?:earlier|later|following|further|second|bare) one\b", "“one” as a pronoun"),
    (r"\b(?:need not be|is not|beside it) the one (?:the|we)\b", "“one” as a pronoun"),
    (r"\bone and the same\b|\bon the one hand\b", "“one” as an idiom"),
    (rf"(?<={_SIGN} )(?:thousand|million|billion)\b", "the unit of a told value"),
    (r"\bseverity (?:one|two|three)\b", "names of the codebook's levels"),
    (r"\bthree ways to read\b|\btwo minutes\b", "the book's own parts: the reading paths"),
    (r"\bone (?:row|column|line|dot|mark) (?=is|for|per|an?\b|each)", "how a table or figure is laid out"),
]
"""What a page may print although it looks like a typed figure: pattern and reason."""

ALLOWED_ON: list[tuple[str, str, str]] = [
    (r"(?:codebook|methods)\.md$", r"\bone\b", "rules of counting say what makes one of a thing"),
    (r"codebook\.md$", r"\b(?:two|three|four|fifty)\b", "invented examples and rules; none counts the five"),
]
"""The same for some pages alone: pages, pattern and reason."""

NAMES_OF_PARTS: list[tuple[str, str]] = [
    (r"Key judgements|Three ways to read|This edition", "parts of the opening page"),
    (r"Claims|Decisions|Contested gradings|Lines for editors|Outlets|Sources", "registers"),
    (r"(?:Who|How|What) [\w ]+, in full", "parts of the tables behind the chapters"),
    (r"What would change these findings", "a part of the chapter on limits"),
    (r"Sources by kind, side and place", "registers"),
    (r"Variants (?:that a correction would have to mend|in [\w, ]+)", "registers of variants"),
    (r"Kyiv|Moscow|Washington|Qatar|Turkey", "the actors of the register of positions"),
]
"""Headings of notebooks that state no finding, and so need no check: pattern and reason."""

NUMBER = re.compile(
    r"""\d[\d.,]*(?<=\d) | [½⅓⅔¼¾⅛] | \b(?:
    zero | nought | one | two | three | four | five | six | seven | eight | nine | ten | eleven | twelve
    | thirteen | fourteen | fifteen | sixteen | seventeen | eighteen | nineteen | twenty | thirty | forty
    | fifty | sixty | seventy | eighty | ninety | tens | (?:hundred|thousand|million|billion|trillion)s?
    | dozens? | half | halves | halv(?:e|ed|ing) | quarters? | thirds | twice | thrice | doubled | trebled
    | tripled | quadrupled | (?:two|three|four|five|ten|many|hundred)-?fold
    | an?[ ](?:third|fifth|sixth|seventh|eighth|ninth|tenth)(?=[ ]of\b|[ ](?:are|is|was|were)\b|\W*$|[,.;:)])
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
ALLOWED_TAGS = {"hide-input", "remove-input", "hide-output", "remove-output", "remove-cell"}
LIKELIHOOD = re.compile(
    r"\b(?:(?:un)?like(?:ly|lier|liest|lihood)|(?:im)?probab(?:le|ly|ility)|(?:almost|nearly) certain(?:ly)?"
    r"|certainly|chances?|odds|presumably|doubtless|remote(?:ly)? possib\w+)\b",
    re.IGNORECASE,
)
WORDING = re.compile(
    r"\b(?:fabricat\w+|invented|invents|plagiari\w+|(?:the )?(?:FT|Financial Times) (?:said|says))\b",
    re.IGNORECASE,
)
MAKING = {
    "language models made passes and adjudication": r"passes\b[^.]*\badjudication\b[^.]*language models",
    "agreement measures repeatability, not validity": r"agreement\b[^.]*measures repeatability, not validity",
    "no human coder has checked them": r"no human coder has checked",
}
_MACHINE = re.compile(r"(?<![\w.~-])/(?:home|work|tmp|root)/[\w.-]*|(?<!\w)[A-Z]:\\\w*|\b0x[0-9A-Fa-f]{4,}\b")
_FENCE = re.compile(r"^\s*(?P<mark>`{3,}|~{3,}|:{3,})(?:\{(?P<name>[\w:-]+)\})?(?P<rest>.*)$")
_DATA = {
    "",
    "article",
    "downloads",
    "facts",
    "bibliography",
    "toctree",
    "code",
    "code-block",
    "evidence-table",
    "raw",
}
_KEYED = {"judgement", "figure", "image", "div", "grid", "grid-item"}
_OPTION = re.compile(r"^\s*:[\w-]+:(?: .*)?$")
_LABEL = re.compile(r"^\(([^()\s]+)\)=\s*$")
_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*$")
_ITEM = re.compile(r"^\s*\d+[.)]\s+")
_COMMENT = re.compile(r"<!--.*?-->|^%[^\n]*$|\A---\n.*?\n---$", re.DOTALL | re.MULTILINE)
_SPAN = re.compile(
    r"(?:\{(?P<role>[\w:+-]+)\})?(?P<ticks>`+)(?P<body>(?:(?!\n\s*\n).)+?)(?P=ticks)(?!`)", re.DOTALL
)
_UNSEEN = re.compile(r"(?<=\])\([^()\n]*\)|<[^<>\n]+>|https?://\S+|\[\^[^\]\n]+\]:?")
_OWN_TEXT_ROLES = {"abbr", "index", "sub", "sup", "term"}
_SINGLE_MARKS = re.compile(rf"(?<![\w{_SIGN}])[‘'](?=\w)[^‘’'\n]+\s[^‘’'\n]+[’'](?!\w)")
_JUDGEMENT = re.compile(
    r"^:{3,}\{judgement\}[ ]*(?P<key>\S*)\n(?P<options>(?::[\w-]+:[^\n]*\n)*)(?P<body>.*?)^:{3,}[ ]*$",
    re.DOTALL | re.MULTILINE,
)
_IMAGE = re.compile(r"!\[(?P<alt>[^\]]*)\]\([^)]*\)")
_IMAGE_BLOCK = re.compile(r"^(`{3,}|:{3,})\{(?:figure|image)\}.*?^\1\s*$", re.DOTALL | re.MULTILINE)
_SENTENCE = re.compile(rf"[.!?][”\"’)*_]*\s+(?=[“\"‘(*_]*(?:[A-Z]|{_SIGN}))")
_ABBREVIATION = re.compile(r"\b(?:[A-Z]|e\.g|i\.e|cf|vs|al|pp?|No|Mr|Mrs|Ms|Dr|St|sq|km|ca)\.$")


class Page(NamedTuple):
    """Hold a page: its path and its cells."""

    name: str
    cells: Sequence[Cell]

    def place(self, cell: int, line: int = 0) -> str:
        """Return what messages call a cell, or a line of it."""
        if self.name.endswith(".md"):
            return f"{self.name}:{line}" if line else self.name
        return f"{self.name}, cell {cell}" + (f", line {line}" if line else "")

    def texts(self) -> Iterator[tuple[int, str]]:
        """Yield the number and the source of every Markdown cell."""
        markdown = (each for each in enumerate(self.cells) if each[1]["cell_type"] == "markdown")
        yield from ((number, source(cell)) for number, cell in markdown)

    def code(self) -> list[tuple[int, Cell]]:
        """Return every code cell with its number."""
        return [each for each in enumerate(self.cells) if each[1]["cell_type"] == "code"]


class Book(NamedTuple):
    """Hold what rules must know of the rest of the book."""

    findings: Mapping[str, bool] = {}
    labels: Collection[str] = ()
    article_words: Collection[str] = ()
    probable_outlets: Collection[str] = ()


def markdown_page(name: str, text: str) -> Page:
    """Return a Markdown file as a page."""
    return Page(name, [{"cell_type": "markdown", "source": text}])


def source(cell: Cell) -> str:
    """Return a cell's source in one piece."""
    return "".join(cell["source"])


def _line_ends(match: re.Match[str]) -> str:
    return "\n" * match.group().count("\n")


def blocks(text: str) -> list[str]:
    """Return the lines of a text with code, data, fences, options and comments blanked, labels kept."""
    found: list[str] = []
    fences: list[tuple[str, bool]] = []
    options = False
    for line in _COMMENT.sub(_line_ends, text).split("\n"):
        mark, hidden = fences[-1] if fences else ("", False)
        fence = _FENCE.match(line)
        if mark and line.strip().startswith(mark) and not line.strip().strip(mark[0]):
            fences.pop()
            found.append("")
        elif fence and not hidden:
            name = fence["name"] or ""
            fences.append((fence["mark"], name in _DATA))
            found.append("" if name in _DATA | _KEYED else fence["rest"].strip())
            options = True
        else:
            options = options and bool(_OPTION.match(line))
            found.append("" if hidden or options else line)
    return found


def prose(text: str) -> list[str]:
    """Return the lines of a text without code, labels, link targets and list numbers.

    A role or a stretch of code gives way to one sign; words that are typed in a role stay.
    """
    lines = ("" if _LABEL.match(line) else _ITEM.sub("", line) for line in blocks(text))
    return _UNSEEN.sub(_line_ends, _SPAN.sub(_typed_words, "\n".join(lines))).split("\n")


def _typed_words(match: re.Match[str]) -> str:
    role, body = match["role"], match["body"]
    titled = re.match(r"(.*?)\s*<[^<>]+>$", body, re.DOTALL) if role else None
    if not titled:
        return body if role in _OWN_TEXT_ROLES else _SIGN + _line_ends(match)
    return titled[1] + "\n" * (body.count("\n") - titled[1].count("\n"))


def headings(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Yield line, level, words and label of every heading; the label is empty where none stands above."""
    label = ""
    for number, line in enumerate(blocks(text), start=1):
        if heading := _HEADING.match(line):
            yield number, len(heading[1]), heading[2], label
        if line.strip():
            found = _LABEL.match(line)
            label = found[1] if found else ""


def judgements(text: str) -> Iterator[tuple[int, str, str, str]]:
    """Yield line, check, options and body of every key judgement."""
    for match in _JUDGEMENT.finditer(text):
        yield text.count("\n", 0, match.start()) + 1, match["key"], match["options"], match["body"]


def labels(page: Page) -> set[str]:
    """Return every label that a page sets above a heading or gives to a figure."""
    lines = (line for _, text in page.texts() for line in blocks(text))
    found = {match[1] for line in lines if (match := _LABEL.match(line))}
    return found | {str(_mystnb(cell, "figure").get("name", "")) for _, cell in page.code()} - {""}


def _mystnb(cell: Cell, part: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = cell.get("metadata", {}).get("mystnb", {}).get(part, {})
    return found


def _bundles(cell: Cell) -> list[Mapping[str, Any]]:
    return [output["data"] for output in cell.get("outputs", ()) if "data" in output]


def drawn(page: Page) -> list[tuple[int, Cell]]:
    """Return the cells of a page that draw a figure, with their numbers."""
    return [(n, cell) for n, cell in page.code() if any("image/svg+xml" in data for data in _bundles(cell))]


def find_figures(words: str, name: str = "") -> list[str]:
    """Return the numbers that words hold beside what the lists allow on the page called ``name``."""
    patterns = [pattern for pattern, _ in ALLOWED]
    patterns += [pattern for pages, pattern, _ in ALLOWED_ON if re.search(pages, name)]
    for pattern in patterns:
        words = re.sub(pattern, _SIGN, words, flags=re.IGNORECASE)
    return [match.group() for match in NUMBER.finditer(words)]


def typed_figures(page: Page, book: Book) -> Faults:
    """Refuse figures typed in prose; headings and judgements may hold them if they name a check."""
    found = []
    for number, text in page.texts():
        checked = {line for line, _, _, label in headings(text) if label in book.findings}
        for start, key, options, body in judgements(text):
            if key in book.findings:
                checked |= set(range(start, start + (options + body).count("\n") + 1))
        for line, words in enumerate(prose(text), start=1):
            if line not in checked and (figures := find_figures(words, page.name)):
                place = page.place(number, line)
                found.append(f"{place}: typed figure {', '.join(figures)!r} in: {words.strip()}")
    return found


def typed_quotations(page: Page, book: Book) -> Faults:
    """Refuse quotations typed in prose, single quoted words only if an article holds them."""
    found = []
    captions = ((number, str(_mystnb(cell, "figure").get("caption", ""))) for number, cell in page.code())
    for number, text in (*page.texts(), *captions):
        lines = "\n".join(prose(text))
        joined = re.sub(r"\n(?=[^\n])", " ", lines)
        spans = [*find_quoted(joined), *(match.span() for match in _SINGLE_MARKS.finditer(joined))]
        spans += [match.span() for match in re.finditer(r"^\s*>.+$", lines, re.MULTILINE)]
        for start, end in sorted(spans):
            words = tokens(joined[start:end])
            if len(words) > 1 or set(words) & set(book.article_words):
                place = page.place(number, lines.count("\n", 0, start) + 1)
                found.append(f"{place}: typed quotation: {joined[start:end].strip()}")
    return found


def _unchecked(key: str, book: Book) -> str:
    if book.findings.get(key):
        return ""
    return f"rests on {key}.holds, which " + ("is false" if key in book.findings else "no notebook tells")


def unchecked_headings(page: Page, book: Book) -> Faults:
    """Refuse a notebook's heading below its title without a label that names a check which holds."""
    found = []
    for number, text in page.texts() if page.name.endswith(".ipynb") else ():
        for line, level, words, label in headings(text):
            named = any(re.fullmatch(pattern, words) for pattern, _ in NAMES_OF_PARTS)
            fault = ("" if named else _unchecked(label, book)) if label else "has no label directly above"
            if level > 1 and fault:
                found.append(f"{page.place(number, line)}: “{words}” {fault}")
    return found


def unchecked_figures(page: Page, book: Book) -> Faults:
    """Refuse a drawn figure without name, check, caption or alt text."""
    found = []
    for number, cell in drawn(page):
        figure, place = _mystnb(cell, "figure"), page.place(number)
        name = str(figure.get("name", ""))
        if not re.match("fig-.", name):
            found.append(f"{place}: the figure is named {name!r}, not fig-KEY")
        elif fault := _unchecked(name.removeprefix("fig-"), book):
            found.append(f"{place}: figure {name!r} {fault}")
        if not str(figure.get("caption", "")).strip():
            found.append(f"{place}: the figure has no caption")
        found += _alt_faults(place, str(_mystnb(cell, "image").get("alt", "")))
    return found


def _alt_faults(place: str, alt: str) -> Faults:
    if not alt.strip():
        return [f"{place}: the image has no alt text"]
    figures = find_figures(alt)
    return [f"{place}: the alt text types {', '.join(figures)!r}: {alt.strip()}"] if figures else []


def faulty_images(page: Page, book: Book) -> Faults:
    """Refuse an image written in Markdown without alt text or caption, or with figures in its alt text."""
    found = []
    for number, text in page.texts():
        for match in _IMAGE.finditer(shown := "\n".join(blocks(text))):
            place = page.place(number, shown.count("\n", 0, match.start()) + 1)
            found += [*_alt_faults(place, match["alt"]), f"{place}: the image has no caption; use {{figure}}"]
        for match in _IMAGE_BLOCK.finditer(text):
            place = page.place(number, text.count("\n", 0, match.start()) + 1)
            alt = re.search(r"^:alt:(.*)$", match.group(), re.MULTILINE)
            found += _alt_faults(place, alt[1] if alt else "")
            body = match.group().split("\n")[1:-1]
            if all(_OPTION.match(line) or not line.strip() for line in body):
                found.append(f"{place}: the image has no caption")
    return found


def unchecked_tables(page: Page, book: Book) -> Faults:
    """Refuse figures in a table's caption unless the table's name is a check."""
    found = []
    for number, cell in page.code():
        for data in (bundle[MIME] for bundle in _bundles(cell) if MIME in bundle):
            table = data if isinstance(data, Mapping) else json.loads("".join(data))
            keys = {table["name"], table["name"].replace("-", "_")}
            if not keys & set(book.findings) and (figures := find_figures(table["caption"])):
                typed = f"the caption types {', '.join(figures)!r}: {table['caption']}"
                found.append(f"{page.place(number)}: table {table['name']!r} has no check, and {typed}")
    return found


def faulty_judgements(page: Page, book: Book) -> Faults:
    """Refuse a judgement without check, proof or confidence, or with a word of likelihood."""
    found = []
    for number, text in page.texts():
        for line, key, options, body in judgements(text):
            place = f"{page.place(number, line)}: judgement {key!r}"
            proof = re.search(r"^:proof:[ ]*(\S*)[ ]*$", options, re.MULTILINE)
            last = re.split(r"\n\s*\n", body.strip())[-1].replace("*", "")
            if fault := _unchecked(key, book):
                found.append(f"{place} {fault}")
            if not proof or proof[1] not in book.labels:
                found.append(f"{place}: :proof: names {proof[1] if proof else ''!r}, no label of the book")
            if not re.match(r"Confidence:.*\b(?:high|moderate|low)\b", last, re.DOTALL):
                found.append(f"{place} does not end in “Confidence:” and high, moderate or low: {last}")
            likely = LIKELIHOOD.findall("\n".join(prose(body)))
            found += [f"{place} judges likelihood: {word!r}" for word in likely]
    return found


def surplus_judgements(pages: Iterable[Page]) -> Faults:
    """Refuse more than nine key judgements in the book."""
    keys = [key for page in pages for _, text in page.texts() for _, key, _, _ in judgements(text)]
    return [f"{len(keys)} key judgements, at most 9: {', '.join(keys)}"] if len(keys) > 9 else []


def _code_lines(cell: Cell) -> list[str]:
    return [line.rstrip() for line in source(cell).splitlines() if line.strip()]


def faulty_code(page: Page, book: Book) -> Faults:
    """Refuse a long cell, a definition, styling, a trailing semicolon, or a late import."""
    found = []
    for at, (number, cell) in enumerate(page.code()):
        place, lines = page.place(number), _code_lines(cell)
        if len(lines) > 12:
            found.append(f"{place}: {len(lines)} lines of code; at most 12")
        found += [f"{place}: styles a figure: {line}" for line in lines if re.search(r"\bplt\.", line)]
        found += [f"{place}: ends in a semicolon: {line}" for line in lines if line.endswith(";")]
        try:
            nodes = list(ast.walk(ast.parse(source(cell))))
        except SyntaxError as error:
            found.append(f"{place}, line {error.lineno}: not plain Python: {(error.text or '').strip()}")
            continue
        found += [f"{place}, {fault}" for node in nodes for fault in _node_faults(node, at)]
    return found


def _node_faults(node: ast.AST, at: int) -> Iterator[str]:
    line = f"line {getattr(node, 'lineno', 0)}"
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield f"{line}: defines {node.name!r}; put it into the library"
    if isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr) and isinstance(node.value, ast.Lambda):
        yield f"{line}: defines a function by lambda; put it into the library"
    if isinstance(node, ast.Import | ast.ImportFrom) and at:
        yield f"{line}: imports {', '.join(each.name for each in node.names)} after the first code cell"


def faulty_rhythm(page: Page, book: Book) -> Faults:
    """Refuse code that does not follow prose, stands three in a row, runs long, or ran out of order."""
    code, kinds = page.code(), [cell["cell_type"] for cell in page.cells]
    if not code:
        return []
    found = []
    if (middle := median(len(_code_lines(cell)) for _, cell in code)) > 4:
        found.append(f"{page.name}: the median code cell has {middle:g} lines; at most 4")
    alone = [number for number, _ in code if not number or kinds[number - 1] != "markdown"]
    if 10 * len(alone) > len(code):
        found.append(f"{page.name}: code cells {alone} of {len(code)} follow no prose; at most one in ten")
    for number in range(2, len(kinds)):
        if kinds[number - 2 : number + 1] == ["code"] * 3:
            found.append(f"{page.place(number)}: the third code cell in a row")
    counts = [cell.get("execution_count") for _, cell in code]
    if counts != list(range(1, len(code) + 1)):
        found.append(f"{page.name}: execution counts are {counts}; run every cell once, in order")
    return found


def faulty_outputs(page: Page, book: Book) -> Faults:
    """Refuse a cell without outputs, a stored error or stderr, a bitmap, a machine's path or address."""
    found = []
    for at, (number, cell) in enumerate(page.code()):
        place, outputs = page.place(number), cell.get("outputs", ())
        if not outputs and (at or not re.search(r"^(?:from|import)\b", source(cell), re.MULTILINE)):
            found.append(f"{place}: has no outputs")
        for output in outputs:
            if output["output_type"] == "error":
                found.append(f"{place}: stores an error: {output['ename']}: {output['evalue']}")
            if output.get("name") == "stderr":
                found.append(f"{place}: stores stderr: {''.join(output['text']).strip()}")
            bitmaps = {"image/png", "image/jpeg"} & set(output.get("data", ()))
            found += [f"{place}: stores {kind}" for kind in sorted(bitmaps)]
    for number, cell in enumerate(page.cells):
        for text in strings([cell["source"], cell.get("outputs", [])]):
            found += [f"{page.place(number)}: holds {words!r}" for words in _MACHINE.findall(text)]
    return found


def strings(value: Any) -> Iterator[str]:
    """Yield every string in nested data, a list of lines in one piece."""
    if isinstance(value, Mapping):
        yield from strings(list(value.values()))
    elif isinstance(value, list) and not all(isinstance(each, str) for each in value):
        for each in value:
            yield from strings(each)
    elif isinstance(value, str | list):
        yield "".join(value)


def unknown_tags(page: Page, book: Book) -> Faults:
    """Refuse a cell tag that the book does not use."""
    found = []
    for number, cell in enumerate(page.cells):
        unknown = set(cell.get("metadata", {}).get("tags", ())) - ALLOWED_TAGS
        found += [f"{page.place(number)}: unknown tag {tag!r}" for tag in sorted(unknown)]
    return found


def several_sentences(page: Page, book: Book) -> Faults:
    """Refuse a line of a paragraph that goes on after a sentence ends; lists and tables are free."""
    found = []
    for number, text in page.texts():
        for line, (words, written) in enumerate(zip(prose(text), blocks(text), strict=True), start=1):
            if re.match(r"\s*(?:[-*+:>]|#+)\s|\|", words) or _ITEM.match(written):
                continue
            for end in (match.end() for match in _SENTENCE.finditer(words)):
                if not _ABBREVIATION.search(words[:end].rstrip()):
                    found.append(f"{page.place(number, line)}: a second sentence: {words[end:].strip()}")
    return found


def _own_words(page: Page) -> Iterator[tuple[str, str]]:
    """Yield the place and words of everything a page says itself: prose, code, captions, alt texts."""
    for number, text in page.texts():
        yield from ((page.place(number, line), words) for line, words in enumerate(prose(text), start=1))
    for number, cell in page.code():
        said = [source(cell), dict(_mystnb(cell, "figure")), dict(_mystnb(cell, "image"))]
        yield from ((page.place(number), words) for each in said for words in strings(each))


def refused_wording(page: Page, book: Book) -> Faults:
    """Refuse words that accuse, and claims of what the original, which was not read, says."""
    found = []
    for place, words in _own_words(page):
        for match in WORDING.finditer(words):
            before = words[: match.start()]
            examples = page.name.endswith("codebook.md") and before.lower().endswith("examples are ")
            if not examples and not re.search(r"\bsays (?:that )?$", before):
                found.append(f"{place}: do not write {match.group()!r} in: {words.strip()}")
    return found


def named_outlets(page: Page, book: Book) -> Faults:
    """Refuse the name of an outlet that is only probable, anywhere but on the page of sources."""
    if re.search(r"(?:^|/)sources\.\w+$", page.name):
        return []
    found = []
    for number, cell in enumerate(page.cells):
        held = "\n".join(strings([cell["source"], cell.get("outputs", []), cell.get("metadata", {})]))
        for name in book.probable_outlets:
            if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", held):
                found.append(f"{page.place(number)}: names {name!r}, which is only probable")
    return found


def unsaid_making(page: Page) -> Faults:
    """Refuse a page that does not say how the book was made."""
    said = " ".join(" ".join(line for _, text in page.texts() for line in prose(text)).split())
    missing = MAKING.items() - {each for each in MAKING.items() if re.search(each[1], said, re.IGNORECASE)}
    return [f"{page.name}: does not say that {words}" for words, _ in sorted(missing)]


def listed_files(contents: Any) -> list[str]:
    """Return the files that a table of contents, or a part of it, names, in order."""
    if isinstance(contents, list):
        return [file for each in contents for file in listed_files(each)]
    if not isinstance(contents, Mapping):
        return []
    own = [str(contents[key]) for key in ("root", "file") if key in contents]
    return own + [file for each in contents.values() for file in listed_files(each)]


def faulty_contents(contents: Any, files: Collection[str]) -> Faults:
    """Refuse a page that the contents do not list, and a listed page that is not there."""
    listed, there = set(listed_files(contents)), {re.sub(r"\.(?:md|ipynb)$", "", file) for file in files}
    missing = [f"_toc.yml: {name} is listed, but there is no such file" for name in sorted(listed - there)]
    return missing + [f"{name}: is not in _toc.yml" for name in sorted(there - listed)]


def word_count(page: Page) -> int:
    """Return the number of words of a page's prose; a role or a stretch of code is one word."""
    lines = (line for _, text in page.texts() for line in prose(text))
    return sum(len(re.findall(rf"\w[\w'’-]*|{_SIGN}", line)) for line in lines)


def too_long(opening: Page, chapters: Sequence[Page]) -> Faults:
    """Refuse a long chapter, a chapter with many figures, and a long main text."""
    found, total = [], word_count(opening)
    for page in chapters:
        total += (words := word_count(page))
        if words > 1800:
            found.append(f"{page.name}: {words} words; at most 1800")
        if (figures := len(drawn(page))) > 5:
            found.append(f"{page.name}: {figures} figures; at most 5")
    return found + ([f"the main text has {total} words; at most 9000"] if total > 9000 else [])


def faulty_layout(modules: Mapping[str, str], *, limit: int) -> Faults:
    """Refuse a package, a module or a function that has too many lines.

    A package's blank lines, comments and docstrings are free, so that none is saved at their cost.
    """
    counts = {name: len(text.splitlines()) for name, text in modules.items()}
    total = sum(map(_code_length, modules.values()))
    folder = next(iter(modules), "").rpartition("/")[0]
    found = [f"{folder}: {total} lines; at most {limit}"] if total > limit else []
    found += [f"{name}: {count} lines; at most 250" for name, count in counts.items() if count > 250]
    for name, text in modules.items():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (length := _length(node)) > 30:
                found.append(f"{name}:{node.lineno}: {node.name} has {length} lines; at most 30")
    return found


def unlayered(modules: Iterable[str], layers: Iterable[str]) -> Faults:
    """Refuse a module that no layer names, neither by itself nor by its package."""
    named = {each for layer in layers for each in layer.split(" | ")}
    dotted = (path.removesuffix(".py").replace("/", ".") for path in modules if "__init__" not in path)
    return [f"{each}: stands in no layer" for each in dotted if not named & {each, each.split(".")[0]}]


def _code_length(text: str) -> int:
    told: set[int] = set()
    for node in ast.walk(ast.parse(text)):
        kinds = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
        if isinstance(node, kinds) and ast.get_docstring(node) is not None:
            told |= set(range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1))
    lines = enumerate(text.splitlines(), start=1)
    return sum(
        bool(line.strip()) and not line.lstrip().startswith("#") and at not in told for at, line in lines
    )


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = node.body[0]
    told = first if ast.get_docstring(node) is not None else None
    free = (told.end_lineno or 0) - told.lineno + 1 if told else 0
    return (node.end_lineno or 0) - node.lineno + 1 - free


PAGE_RULES: list[Callable[[Page, Book], Faults]] = [
    typed_figures,
    typed_quotations,
    unchecked_headings,
    unchecked_figures,
    unchecked_tables,
    faulty_images,
    faulty_judgements,
    faulty_code,
    faulty_rhythm,
    faulty_outputs,
    unknown_tags,
    several_sentences,
    refused_wording,
    named_outlets,
]
