// Make tables sortable by their headers, longer ones filterable, and their rows linkable.
// Without this script tables are complete and in the order given.
(() => {
  "use strict";
  const compare = new Intl.Collator("en", { numeric: true, sensitivity: "base" }).compare;

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
          rows.sort((a, b) => sign * compare(a.cells[at].textContent.trim(), b.cells[at].textContent.trim()));
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
    const caption = document.createElement("span");
    caption.className = "visually-hidden";
    caption.textContent = `of ${[...table.caption.querySelectorAll("span")].map((part) => part.textContent).join(" ")} `;
    label.append("Filter rows ", caption, input);
    bar.append(label, " ", count);
    input.addEventListener("input", () => {
      const words = input.value.toLowerCase().split(/\s+/);
      for (const row of rows) row.hidden = !words.every((word) => row.textContent.toLowerCase().includes(word));
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
    if (table.tHead && rows > 2) sortable(table);
    if (rows > 7) filterable(table);
    for (const row of table.querySelectorAll("tbody tr[id]")) linkable(row);
  }
})();
