// Let a reader pick articles, a kind and severity of difference, or words; marks follow the articles picked.
// Without this script all readings of all claims are shown, and what some article lacks is marked.
(() => {
  "use strict";
  const blocks = [...document.querySelectorAll(".comparison")];
  const named = (element, prefix) =>
    [...element.classList].filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
  const distinct = (selector, prefix) =>
    [...new Set([...document.querySelectorAll(selector)].flatMap((each) => named(each, prefix)))].sort();
  const articles = distinct(".reading", "article-");
  const form = document.createElement("form");
  form.className = "compare-controls d-print-none";
  form.setAttribute("aria-label", "Choose what is compared");

  function labelled(words, control) {
    const label = document.createElement("label");
    label.append(...(control.type === "checkbox" ? [control, ` ${words}`] : [`${words} `, control]));
    return label;
  }

  function input(type, value = "") {
    const control = document.createElement("input");
    Object.assign(control, { type, value });
    return control;
  }

  function select(options) {
    const control = document.createElement("select");
    for (const [value, words] of options) control.append(new Option(words, value));
    return control;
  }

  // What a card says beside the place of a reading is the outlet, where it is known for certain.
  const outlet = (article) => {
    const [reading] = document.querySelectorAll(`.article-${article} [data-evidence]`);
    const card = reading && document.querySelector(`[data-card="${reading.dataset.evidence}"] .card-place`);
    return card?.textContent.split(" · ")[1];
  };
  const boxes = articles.map((article) => input("checkbox", article));
  for (const box of boxes) box.checked = true;
  const group = document.createElement("fieldset");
  const legend = document.createElement("legend");
  legend.textContent = "Articles";
  const names = boxes.map((box) => [box.value, outlet(box.value)].filter(Boolean).join(", "));
  group.append(legend, ...boxes.map((box, at) => labelled(names[at], box)));
  const kind = select([["", "any"], ...distinct(".variants li", "kind-").map((each) => [each, each])]);
  const severity = select([["0", "any"], ["2", "2 or 3"], ["3", "3: another number, side, year or speaker"]]);
  const words = input("search");
  const count = document.createElement("output");
  const marks = document.createElement("p");
  marks.className = "compare-key";
  marks.innerHTML =
    '<mark class="differs own">On a ground</mark>: in no other article shown. ' +
    '<span class="differs">Dotted</span>: lacking in some of those shown.';
  form.append(group, labelled("Kind of difference", kind), labelled("Severity", severity), labelled("Find words", words), count, marks);

  function showReadings(block, shown) {
    for (const reading of block.querySelectorAll(".reading")) reading.hidden = !shown.has(named(reading, "article-")[0]);
    const carriers = [...block.querySelectorAll(".reading:not([hidden]):has([data-evidence])")];
    for (const mark of block.querySelectorAll(".reading .differs")) {
      const lacking = named(mark, "not-in-").filter((article) => shown.has(article)).length;
      mark.classList.toggle("is-shared", lacking === 0);
      mark.classList.toggle("own", lacking > 0 && lacking === carriers.length - 1);
      retag(mark, mark.classList.contains("own") ? "mark" : "span");
    }
    for (const reading of carriers) sayMarks(reading);
  }

  function retag(mark, tag) {
    if (mark.localName === tag) return;
    const other = document.createElement(tag);
    other.className = mark.className;
    other.append(...mark.childNodes);
    mark.replaceWith(other);
  }

  // What the marks show to the eye, in words.
  function sayMarks(reading) {
    const found = (selector) => [...reading.querySelectorAll(selector)].map((mark) => mark.textContent.trim()).filter(Boolean);
    const kinds = [["only here", found(".own")], ["not in all", found(".differs:not(.own, .is-shared)")]];
    const said = kinds.filter(([, marked]) => marked.length).map(([words, marked]) => ` (${words}: ${marked.join(", ")})`);
    const line = reading.querySelector(".visually-hidden") || document.createElement("span");
    line.className = "visually-hidden";
    line.textContent = said.join("");
    reading.querySelector("p").append(line);
  }

  function matches(variant) {
    const isKind = !kind.value || variant.classList.contains(`kind-${kind.value}`);
    return isKind && Number(named(variant, "severity-")[0]) >= Number(severity.value);
  }

  function update() {
    const shown = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    for (const block of blocks) {
      showReadings(block, shown);
      const variants = [...block.querySelectorAll(".variants li")];
      for (const variant of variants) variant.hidden = !matches(variant);
      const carried = block.querySelectorAll(".reading:not([hidden]) [data-evidence]").length;
      const isWanted = (!kind.value && severity.value === "0") || variants.some((variant) => !variant.hidden);
      const isFound = block.textContent.toLowerCase().includes(words.value.trim().toLowerCase());
      block.hidden = carried < 2 || !isWanted || !isFound;
      block.style.setProperty("--shown", shown.size);
    }
    const left = blocks.filter((block) => !block.hidden).length;
    count.textContent = shown.size < 2 ? "Choose at least two articles." : `${left} of ${blocks.length} claims`;
  }

  form.addEventListener("input", update);
  form.addEventListener("submit", (event) => event.preventDefault());
  blocks[0].before(form);
  update();
})();
