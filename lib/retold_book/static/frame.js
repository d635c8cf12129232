// Give the theme's parts the names, states and focus that it leaves out.
(() => {
  "use strict";
  const frame = [
    [".primary-toggle", "pst-primary-sidebar", "Chapters and appendices"],
    [".secondary-toggle", "pst-secondary-sidebar", "On this page"],
    [".search-button__button", "pst-search-dialog", "Search"],
  ];
  for (const [opener, opened, name] of frame) {
    const beside = document.getElementById(opened);
    const dialog = document.getElementById(`${opened}-modal`) || beside;
    if (!dialog) continue;
    let used = null;
    dialog.setAttribute("aria-label", name);
    for (const button of document.querySelectorAll(opener)) {
      const isSeen = () => dialog.open || beside.checkVisibility({ visibilityProperty: true });
      const state = () => button.setAttribute("aria-expanded", String(isSeen()));
      button.setAttribute("aria-label", name);
      button.addEventListener("click", () => (used = button), { capture: true });
      for (const each of [beside, dialog]) new MutationObserver(state).observe(each, { attributeFilter: ["open", "class"] });
      addEventListener("resize", state);
      beside.addEventListener("transitionend", state);
      state();
    }
    // After the theme has put back what it had moved into the dialog.
    dialog.addEventListener("close", () => setTimeout(() => used?.focus()));
  }

  // The theme takes the focus from these once they are pressed.
  for (const button of document.querySelectorAll(".primary-toggle, .secondary-toggle, .theme-switch-button")) {
    const giveBack = () => document.activeElement === document.body && button.focus({ preventScroll: true });
    button.addEventListener("click", () => setTimeout(giveBack), { capture: true });
  }

  const modes = { light: "light", dark: "dark", auto: "as the system has it" };
  for (const button of document.querySelectorAll(".theme-switch-button")) {
    const name = () => button.setAttribute("aria-label", `Colour mode: ${modes[document.documentElement.dataset.mode]}`);
    new MutationObserver(name).observe(document.documentElement, { attributeFilter: ["data-mode"] });
    name();
  }

  // A fold of code says of what it is: of the table or figure, else of what its section's heading says.
  for (const fold of document.querySelectorAll("div.cell details.hide > summary")) {
    const number = fold.closest("div.cell").querySelector(".caption-number");
    const heading = fold.closest("section")?.querySelector("h1, h2, h3, h4");
    const title = [...(heading?.childNodes ?? [])].filter((part) => !part.matches?.(".headerlink, .supposed"));
    const words = number ? `of ${number.textContent}` : `behind section ${title.map((part) => part.textContent).join("")}`;
    if (number || title.length) fold.append(aloud.heard(`\u00a0${words}`));
  }

  // Code that would stand between judgements stands at the end of the page, in one fold.
  const article = document.querySelector(".bd-article");
  const code = article?.querySelector(".judgements") ? [...article.querySelectorAll("div.cell > details.hide")] : [];
  if (code.length) {
    const [all, words] = [document.createElement("details"), document.createElement("summary")];
    all.className = "page-code d-print-none";
    words.textContent = "Show the code of this page";
    all.append(words, ...code.flatMap((fold) => [...fold.children].filter((part) => part.localName !== "summary")));
    for (const fold of code) fold.remove();
    article.append(all);
  }

  // What is too wide for its frame shows that more is to come; a table is scrolled by the keyboard as well, and
  // its frame says what it is.
  const isMore = ({ scrollLeft, clientWidth, scrollWidth }) => scrollLeft + clientWidth < scrollWidth - 2;
  const frames = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const words = [...target.querySelectorAll("caption > span")].map((part) => part.textContent);
      const isWide = target.scrollWidth > target.clientWidth;
      target.classList.toggle("is-wide", isWide && target.localName !== "pre");
      target.classList.toggle("has-more", isMore(target));
      // The theme looks once, which may be before the last letters are in place.
      if (!target.matches(".figure-frame")) target.tabIndex = isWide ? 0 : -1;
      if (target.localName !== "div") continue;
      for (const [key, value] of [["role", "region"], ["aria-label", aloud.said(words.join(" ")) || "Table"]]) {
        if (isWide) target.setAttribute(key, value);
        else target.removeAttribute(key);
      }
    }
  });
  for (const frame of document.querySelectorAll(".pst-scrollable-table-container, .figure-frame, .bd-article pre")) {
    frames.observe(frame);
    frame.addEventListener("scroll", () => frame.classList.toggle("has-more", isMore(frame)), { passive: true });
  }

  if (typeof Search === "object") {
    // What may be told, and what only leads elsewhere, is not what the page tells.
    const unread = ".headerlink, details.hide, .contest, .supposed, .visually-hidden, #evidence-cards, script, style";
    Search.htmlToText = (text, anchor) => {
      const page = new DOMParser().parseFromString(text, "text/html");
      for (const each of page.querySelectorAll(unread)) each.remove();
      for (const each of page.querySelectorAll("td, th, li, p, dt, h1, h2, h3")) each.append(" ");
      const main = page.querySelector("[role=main]");
      return ((anchor && main.querySelector(anchor)) || main).textContent;
    };
  }
})();
