// Show the card of told words, of a marked passage or of a glossary term on hover, focus or tap; Enter moves
// into it, and Escape, or Tab past its ends, returns. It never covers what it explains (WCAG 2.2, 1.4.13).
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
  const [WHOLE, LISTED] = [3, 8]; // up to how many cards are shown whole, and rows are listed unfolded
  const panel = made("div", "evidence-panel");
  const gist = made("p");
  panel.id = "evidence-panel";
  panel.tabIndex = -1;
  panel.setAttribute("role", "dialog");
  gist.id = "evidence-gist";
  panel.hidden = gist.hidden = true;
  document.body.append(panel, gist);
  const isPhone = matchMedia("(max-width: 600px)");
  let owner = null;
  let timer = 0;

  function made(name, className = "", words = "") {
    const element = document.createElement(name);
    if (className) element.className = className;
    element.append(words);
    return element;
  }

  function quotation(card) {
    const marked = [...card.querySelectorAll("mark")].map((mark) => mark.textContent);
    return marked.length ? `“${marked.join(" … ")}”` : card.querySelector("p:not([class])")?.textContent ?? "";
  }

  const place = (card) => card.querySelector(".card-place");

  function row(card) {
    const item = made("li");
    item.append(place(card).cloneNode(true), made("p", "", quotation(card)));
    return item;
  }

  // Few cards whole; of more a list of the words alone, the end of a long one folded.
  function fill(found) {
    if (found.length <= WHOLE) return panel.replaceChildren(...found.map((card) => card.cloneNode(true)));
    const list = made("ul", "card-rows");
    list.append(...found.slice(0, LISTED).map(row));
    panel.replaceChildren(made("p", "card-note", `${found.length} passages`), list);
    if (found.length <= LISTED) return;
    const [rest, fold] = [made("ul", "card-rows"), made("details")];
    rest.append(...found.slice(LISTED).map(row));
    fold.append(made("summary", "", `${found.length - LISTED} more`), rest);
    panel.append(fold);
  }

  // What is heard of a link or passage, without the signs for the eye.
  function heard(link) {
    const copy = link.cloneNode(true);
    for (const sign of copy.querySelectorAll("[aria-hidden]")) sign.remove();
    return copy.textContent.trim();
  }

  // What is heard of the evidence before the card is entered; of a marked passage its layers first.
  function describe(link, found) {
    const [isPassage, number] = [link.tagName !== "A", found.length];
    const layers = isPassage ? `${link.getAttribute("aria-description") ?? ""}. ` : "";
    const more = number > 1 ? ` And ${number - 1} more.` : "";
    const words = quotation(found[0]).replace(/\.$/, "");
    const name = number > 1 ? `${number} ${isPassage ? "annotations" : "passages"} for “${heard(link)}”` : place(found[0]).textContent;
    gist.textContent = aloud.said(`${layers}${place(found[0]).textContent}: ${words}.${more} Press Enter to read.`);
    panel.setAttribute("aria-label", aloud.said(name));
    link.setAttribute("aria-describedby", gist.id);
  }

  // On a phone a sheet at the bottom, from under which the words are scrolled; else below them, or above.
  function position(link) {
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
    if (owner === link) return;
    const isShown = (card) => card && !link.classList.contains(`no-layer-${card.dataset.layer}`);
    const found = link.dataset.evidence.split(" ").map((id) => cards.get(id)).filter(isShown);
    if (!found.length) return;
    hide();
    owner = link;
    fill(found);
    panel.hidden = false;
    panel.scrollTop = 0;
    describe(link, found);
    link.classList.add("is-open");
    position(link);
  }

  function hide() {
    clearTimeout(timer);
    if (owner) {
      owner.removeAttribute("aria-describedby");
      expand(owner, false);
      owner.classList.remove("is-open");
    }
    owner = null;
    panel.hidden = true;
  }

  // A card that is shown in passing is not yet one that was asked for.
  function expand(link, isExpanded) {
    if (link.hasAttribute("aria-expanded")) link.setAttribute("aria-expanded", String(isExpanded));
  }

  function ask(link) {
    show(link);
    if (owner === link) expand(link, true);
  }

  function enter(link) {
    ask(link);
    if (owner === link) panel.focus();
  }

  function leave(to) {
    to.focus();
    hide();
  }

  function later() {
    clearTimeout(timer);
    if (document.activeElement !== owner && !panel.contains(document.activeElement)) timer = setTimeout(hide, 300);
  }

  for (const link of document.querySelectorAll("[data-evidence]")) {
    if (link.tagName === "A") {
      const found = link.dataset.evidence.split(" ").map((id) => cards.get(id)).filter(Boolean);
      const first = found.length ? place(found[0]).textContent : "";
      const more = found.length > 1 ? ` and ${found.length - 1} more` : "";
      link.setAttribute("aria-haspopup", "dialog");
      link.setAttribute("aria-expanded", "false");
      // In a list of links a bare number or word is told apart by where it leads.
      if (first && !first.startsWith(link.textContent)) link.setAttribute("aria-description", aloud.said(first + more));
    }
    link.addEventListener("mouseenter", () => {
      clearTimeout(timer);
      timer = setTimeout(() => show(link), 80);
    });
    link.addEventListener("mouseleave", later);
    link.addEventListener("focus", () => show(link));
    link.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      if (link.tagName === "A") event.preventDefault();
      if (event.detail) ask(link);
      else enter(link); // pressed on the keyboard, or by what reads the page aloud
    });
    link.addEventListener("keydown", (event) => {
      const isPressed = link.tagName !== "A" && ["Enter", " "].includes(event.key);
      if (owner !== link || (event.key !== "ArrowDown" && !isPressed)) return;
      event.preventDefault();
      enter(link);
    });
  }
  panel.addEventListener("mouseenter", () => clearTimeout(timer));
  panel.addEventListener("mouseleave", later);
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Tab") return;
    const stops = [...panel.querySelectorAll("a, summary")].filter((stop) => stop.getClientRects().length);
    const [first, last] = event.shiftKey ? [panel, stops[0]] : [stops.length ? null : panel, stops.at(-1)];
    if (![first, last].includes(document.activeElement)) return;
    event.preventDefault();
    leave(owner);
  });
  panel.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const passage = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!passage) return;
    if (!passage.hasAttribute("tabindex")) passage.tabIndex = -1;
    setTimeout(() => leave(passage)); // once the page has gone there
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !owner) return;
    if (panel.contains(document.activeElement)) owner.focus();
    hide();
  });
  for (const type of ["click", "focusin"]) {
    document.addEventListener(type, (event) => {
      if (owner && !panel.contains(event.target) && !owner.contains(event.target)) hide();
    });
  }
})();
