// Make the marked passages of an annotated article buttons that say their layers, and its key toggles; a link
// leads past all the buttons.
// An annotation has one button, where its words begin. Without this script all layers show.
(() => {
  "use strict";
  const key = document.querySelector(".layer-key");
  const passages = [...document.querySelectorAll(".passage")];
  const layer = new Map([...document.querySelectorAll("[data-layer]")].map((card) => [card.dataset.card, card.dataset.layer]));
  const status = document.createElement("p");
  const off = new Set();
  const hidden = [];

  function update() {
    const seen = new Set();
    for (const passage of passages) {
      const shown = passage.dataset.evidence.split(" ").filter((id) => !off.has(layer.get(id)));
      const isStop = /[\p{L}\p{N}]/u.test(passage.textContent) && shown.some((id) => !seen.has(id));
      if (isStop) for (const id of shown) seen.add(id);
      for (const name of new Set(layer.values())) passage.classList.toggle(`no-layer-${name}`, off.has(name));
      passage.classList.toggle("is-plain", !shown.length);
      button(passage, isStop, [...new Set(shown.map((id) => layer.get(id)))].sort());
    }
    const all = new Set(passages.flatMap((passage) => passage.dataset.evidence.split(" ")));
    const left = [...all].filter((id) => !off.has(layer.get(id))).length;
    status.textContent = hidden.length ? `${hidden.join(", ")} hidden; ${left} of ${all.size} annotations still marked` : "";
  }

  function button(passage, isStop, layers) {
    const marks = { role: "button", tabindex: "0", "aria-haspopup": "dialog", "aria-expanded": "false" };
    marks["aria-description"] = layers.join(", ");
    for (const [name, value] of Object.entries(marks)) {
      if (isStop) passage.setAttribute(name, value);
      else passage.removeAttribute(name);
    }
  }

  const text = document.querySelector("[role=region]:has(.passage)");
  const [past, end] = [document.createElement("a"), document.createElement("span")];
  Object.assign(past, { href: "#after-text", className: "visually-hidden-focusable", textContent: "Skip the marked text" });
  Object.assign(end, { id: "after-text", tabIndex: -1 });
  text?.before(past);
  text?.after(end);
  // The parts of a heading would be heard apart.
  for (const heading of text?.querySelectorAll("[role=heading]") ?? []) heading.setAttribute("aria-label", heading.textContent);

  // The sign before a paragraph's number is for the eye.
  for (const number of document.querySelectorAll(".line-number")) {
    number.replaceChildren(...aloud.parts(number.textContent));
  }

  key.setAttribute("aria-label", "Layers shown");
  status.setAttribute("role", "status");
  status.className = "layer-status";
  key.after(status);
  for (const words of key.querySelectorAll("span")) {
    const toggle = document.createElement("button");
    const name = words.className.replace("layer-", "");
    toggle.type = "button";
    toggle.setAttribute("aria-pressed", "true");
    words.replaceWith(toggle);
    toggle.append(words);
    toggle.addEventListener("click", () => {
      if (!off.delete(name)) off.add(name);
      toggle.setAttribute("aria-pressed", String(!off.has(name)));
      hidden.splice(0, hidden.length, ...[...key.querySelectorAll("[aria-pressed=false]")].map((each) => each.textContent));
      update();
    });
  }
  update();
})();
