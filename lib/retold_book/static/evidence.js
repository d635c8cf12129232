// Show the evidence card of told words on hover, focus or tap; Escape dismisses it (WCAG 2.2, 1.4.13).
// Without this script every link still leads to the passage in its article.
(() => {
  "use strict";
  const store = document.getElementById("evidence-cards");
  if (!store) return;
  const cards = new Map([...store.children].map((card) => [card.dataset.card, card]));
  const panel = document.createElement("div");
  panel.className = "evidence-panel";
  panel.id = "evidence-panel";
  panel.setAttribute("role", "dialog");
  panel.setAttribute("aria-label", "Evidence");
  panel.hidden = true;
  document.body.append(panel);
  let owner = null;
  let timer = 0;

  function fill(ids) {
    panel.replaceChildren();
    if (ids.length > 3) {
      const count = document.createElement("p");
      count.className = "card-note";
      count.textContent = `${ids.length} passages`;
      panel.append(count);
    }
    for (const id of ids) {
      const card = cards.get(id);
      if (card) panel.append(card.cloneNode(true));
    }
    panel.classList.toggle("is-list", ids.length > 3);
  }

  // Below the words if there is room, else above them: the card never covers what it explains.
  function place(link) {
    const box = link.getClientRects()[0] || link.getBoundingClientRect();
    const last = [...link.getClientRects()].pop() || box;
    const width = Math.min(420, document.documentElement.clientWidth - 16);
    panel.style.width = `${width}px`;
    const left = Math.max(8, Math.min(box.left, document.documentElement.clientWidth - width - 8));
    const below = window.innerHeight - last.bottom;
    const room = Math.max(below, box.top) - 16;
    panel.style.maxHeight = `${Math.max(120, room)}px`;
    const top = below >= box.top || below > panel.offsetHeight + 12
      ? last.bottom + 6
      : box.top - panel.offsetHeight - 6;
    panel.style.left = `${left + window.scrollX}px`;
    panel.style.top = `${top + window.scrollY}px`;
  }

  function show(link) {
    clearTimeout(timer);
    if (owner === link) return;
    hide();
    owner = link;
    fill(link.dataset.evidence.split(" "));
    panel.hidden = false;
    link.setAttribute("aria-describedby", panel.id);
    place(link);
  }

  function hide() {
    clearTimeout(timer);
    if (owner) owner.removeAttribute("aria-describedby");
    owner = null;
    panel.hidden = true;
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(hide, 300);
  }

  for (const link of document.querySelectorAll("[data-evidence]")) {
    link.addEventListener("mouseenter", () => show(link));
    link.addEventListener("mouseleave", later);
    link.addEventListener("focus", () => show(link));
    link.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      if (link.tagName === "A") event.preventDefault();
      show(link);
    });
    link.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" && owner === link) {
        const first = panel.querySelector("a");
        if (first) {
          event.preventDefault();
          first.focus();
        }
      }
    });
  }
  panel.addEventListener("mouseenter", () => clearTimeout(timer));
  panel.addEventListener("mouseleave", later);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !owner) return;
    const back = panel.contains(document.activeElement) ? owner : null;
    hide();
    if (back) {
      back.focus();
      hide();
    }
  });
  document.addEventListener("click", (event) => {
    if (owner && !panel.contains(event.target) && !event.target.closest("[data-evidence]")) hide();
  });
})();
