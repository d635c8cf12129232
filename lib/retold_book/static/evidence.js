// Show the card of told words, of a marked passage or of a glossary term on hover, focus or tap.
// Escape dismisses it, the pointer may rest on it, and it never covers what it explains (WCAG 2.2, 1.4.13).
// Without this script every link still leads to the passage in its article or to the glossary.
(() => {
  "use strict";
  const store = document.getElementById("evidence-cards");
  if (!store) return;
  const cards = new Map([...store.children].map((card) => [card.dataset.card, card]));
  for (const term of document.querySelectorAll("a > .std-term")) {
    const link = term.parentElement;
    if (cards.has(link.hash.slice(1))) link.dataset.evidence = link.hash.slice(1);
  }
  const panel = document.createElement("div");
  panel.className = "evidence-panel";
  panel.id = "evidence-panel";
  panel.setAttribute("role", "dialog");
  panel.setAttribute("aria-label", "Evidence");
  panel.hidden = true;
  document.body.append(panel);
  const isPhone = matchMedia("(max-width: 600px)");
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
  }

  // On a phone a sheet at the bottom, from under which the words are scrolled; else below them, or above.
  function place(link) {
    panel.removeAttribute("style");
    const boxes = link.getClientRects();
    const first = boxes[0] || link.getBoundingClientRect();
    const last = boxes[boxes.length - 1] || first;
    if (isPhone.matches) {
      const hidden = last.bottom + 12 - (window.innerHeight - panel.offsetHeight);
      if (hidden > 0) window.scrollBy({ top: Math.min(hidden, first.top - 8), behavior: "instant" });
      return;
    }
    const wide = document.documentElement.clientWidth;
    const width = Math.min(440, wide - 16);
    const below = window.innerHeight - last.bottom - 16;
    const above = first.top - 16;
    panel.style.width = `${width}px`;
    const isBelow = below >= panel.scrollHeight || below >= above;
    panel.style.maxHeight = `${Math.max(80, isBelow ? below : above)}px`;
    const top = isBelow ? last.bottom + 6 : first.top - panel.offsetHeight - 6;
    const left = Math.max(8, Math.min((isBelow ? last : first).left, wide - width - 8));
    panel.style.left = `${left + window.scrollX}px`;
    panel.style.top = `${top + window.scrollY}px`;
  }

  function show(link) {
    clearTimeout(timer);
    if (owner === link || link.classList.contains("is-plain")) return;
    hide();
    owner = link;
    fill(link.dataset.evidence.split(" "));
    panel.hidden = false;
    panel.scrollTop = 0;
    link.setAttribute("aria-describedby", panel.id);
    link.classList.add("is-open");
    place(link);
  }

  function hide() {
    clearTimeout(timer);
    if (owner) {
      owner.removeAttribute("aria-describedby");
      owner.classList.remove("is-open");
    }
    owner = null;
    panel.hidden = true;
  }

  function later() {
    clearTimeout(timer);
    if (document.activeElement !== owner && !panel.contains(document.activeElement)) timer = setTimeout(hide, 300);
  }

  for (const link of document.querySelectorAll("[data-evidence]")) {
    link.addEventListener("mouseenter", () => {
      clearTimeout(timer);
      timer = setTimeout(() => show(link), 80);
    });
    link.addEventListener("mouseleave", later);
    link.addEventListener("focus", () => show(link));
    link.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      if (link.tagName === "A") event.preventDefault();
      show(link);
    });
    link.addEventListener("keydown", (event) => {
      const first = panel.querySelector("a, summary");
      if (event.key === "ArrowDown" && owner === link && first) {
        event.preventDefault();
        first.focus();
      }
    });
  }
  panel.addEventListener("mouseenter", () => clearTimeout(timer));
  panel.addEventListener("mouseleave", later);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !owner) return;
    const back = panel.contains(document.activeElement) ? owner : null;
    if (back) back.focus();
    hide();
  });
  for (const type of ["click", "focusin"]) {
    document.addEventListener(type, (event) => {
      if (owner && !panel.contains(event.target) && !owner.contains(event.target)) hide();
    });
  }
})();
