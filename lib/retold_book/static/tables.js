// Make tables sortable by their headers, longer ones filterable, and their rows linkable, and tell the ear what
// signs tell the eye. Without this script tables are complete and in the order given.
(() => {
  "use strict";
  const compare = new Intl.Collator("en", { numeric: true, sensitivity: "base" }).compare;

  // What cells say to the eye, before anything is added for the ear.
  const seen = new Map();
  const isWord = (words) => /\p{L}/u.test(words);

  function read(cell) {
    const copy = cell.cloneNode(true);
    for (const each of copy.querySelectorAll(".visually-hidden, .supposed")) each.remove();
    seen.set(cell, copy.textContent.trim().replace(/\s+/g, " "));
  }

  // Signs stay for the eye, and words for them are heard, for a dash or nothing as well.
  function speak(cell) {
    const words = seen.get(cell);
    const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    const found = [];
    while (texts.nextNode()) found.push(texts.currentNode);
    for (const text of found) {
      if (text.parentElement.closest("[aria-label], [aria-hidden], .visually-hidden")) continue;
      const isNothing = /^[–—-]$/.test(words) && text.data.trim() === words;
      text.replaceWith(...(isNothing ? aloud.instead(text.data, "not given") : aloud.parts(text.data)));
    }
    if (!words) (cell.querySelector("p") || cell).append(aloud.heard("not given"));
  }

  // A row is told by its first cell that says something: words of a column that tells rows apart, or more than
  // the bare kind that other rows have as well.
  function rowName(row, heads, tellsApart) {
    const all = [...row.cells].map((cell, at) => ({ words: seen.get(cell), at }));
    const telling = all.filter(({ words }) => isWord(words));
    const isLong = (words) => words.split(" ").length > 2 && !words.includes(" > ");
    const own = telling.find(({ words, at }) => tellsApart[at] || isLong(words)) ?? telling[0];
    const name = aloud.said(own ? own.words.replace(/\.$/, "") : `${heads[0]} ${all[0].words}`);
    return name.length > 60 ? `${name.slice(0, 59).replace(/\s+\S*$/, "")}…` : name;
  }

  // A link of signs alone, a place or a number, says in a list of links what it is about.
  function nameLinks(table) {
    const rows = [...table.tBodies[0].rows];
    const heads = [...table.tHead.rows[0].cells].map((head) => seen.get(head));
    const tellsApart = heads.map((_, at) => new Set(rows.map((row) => seen.get(row.cells[at]))).size === rows.length);
    for (const row of rows) {
      const name = rowName(row, heads, tellsApart);
      for (const link of row.querySelectorAll("a.evidence")) {
        const words = link.textContent.trim();
        const sense = words.includes("¶") ? name : `${heads[link.closest("th, td").cellIndex]}, ${name}`;
        if (!isWord(words)) link.setAttribute("aria-label", `${words}: ${sense}`);
      }
    }
  }

  function sortable(table) {
    const body = table.tBodies[0];
    const given = [...body.rows];
    [...table.tHead.rows[0].cells].forEach((head, at) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const was = head.getAttribute("aria-sort");
        for (const each of table.tHead.rows[0].cells) each.removeAttribute("aria-sort");
        const rows = [...given];
        if (was !== "descending") {
          const sign = was === "ascending" ? -1 : 1;
          head.setAttribute("aria-sort", sign === 1 ? "ascending" : "descending");
          rows.sort((a, b) => sign * compare(seen.get(a.cells[at]), seen.get(b.cells[at])));
        }
        body.append(...rows);
      });
    });
  }

  function filterable(table) {
    const rows = [...table.tBodies[0].rows];
    const bar = document.createElement("p");
    bar.className = "table-filter d-print-none";
    const label = document.createElement("label");
    const input = document.createElement("input");
    const count = document.createElement("span");
    input.type = "search";
    count.setAttribute("role", "status");
    const caption = [...table.caption.querySelectorAll("span")].map((part) => part.textContent).join(" ");
    label.append("Filter rows ", aloud.heard(`of ${aloud.said(caption)} `), input);
    bar.append(label, " ", count);
    input.addEventListener("input", () => {
      const words = input.value.toLowerCase().split(/\s+/);
      for (const row of rows) {
        const told = [...row.cells].map((cell) => seen.get(cell)).join(" ").toLowerCase();
        row.hidden = !words.every((word) => told.includes(word));
      }
      const left = rows.filter((row) => !row.hidden).length;
      count.textContent = input.value ? `${left} of ${rows.length} rows` : "";
    });
    (table.closest(".pst-scrollable-table-container") || table).before(bar);
  }

  // For the pointer alone: a stop in every row would be in the keyboard's way, and in every header's name.
  function linkable(row) {
    const link = document.createElement("a");
    link.className = "row-link";
    link.href = `#${row.id}`;
    link.title = "Link to this row";
    link.tabIndex = -1;
    link.setAttribute("aria-hidden", "true");
    link.textContent = "#";
    const cell = row.cells[0];
    (cell.querySelector("p") || cell).append(" ", link);
  }

  for (const table of document.querySelectorAll("table.evidence-table")) {
    const rows = table.tBodies[0].rows.length;
    for (const cell of table.querySelectorAll("th, td")) read(cell);
    if (table.tHead) nameLinks(table);
    for (const cell of table.querySelectorAll("tbody :is(th, td)")) speak(cell);
    if (table.tHead && rows > 2) sortable(table);
    if (rows > 7) filterable(table);
    for (const row of table.querySelectorAll("tbody tr[id]")) linkable(row);
  }
})();
