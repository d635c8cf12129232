// Show beside what is told what would be told under the contested reading that a reader chooses.
// Without this script, and in print, the tables of suppositions have all of it.
(() => {
  "use strict";
  const changes = [...document.querySelectorAll("[data-reading]")];
  for (const panel of document.querySelectorAll(".contest")) {
    const count = panel.querySelector("[role=status]");
    panel.hidden = false;
    panel.addEventListener("change", (event) => {
      for (const each of changes) each.hidden = each.dataset.reading !== event.target.value;
      count.textContent = panel.querySelector("[data-count]:not([hidden])")?.dataset.count ?? "";
    });
  }
})();
