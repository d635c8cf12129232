// Let a reader pick articles, a kind and severity of difference, or words; marks follow the articles picked.
// Without this script all readings of all claims are shown, and what all other articles lack is marked.
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
  const names = boxes.map((box) => `${box.value}, ${outlet(box.value) ?? "outlet only probable"}`);
  group.append(legend, ...boxes.map((box, at) => labelled(names[at], box)));
  const kind = select([["", "any"], ...distinct(".variants li", "kind-").map((each) => [each, each])]);
  const meanings = [...document.querySelectorAll(".severities .severity")].map((each) => each.textContent);
  const severity = select([["0", "any"], ...meanings.map((words) => [words[0], words])]);
  const words = input("search");
  const count = document.createElement("output");
  const marks = document.querySelector(".compare-key");
  const choices = [["Kind of difference", kind], ["Severity, at least", severity], ["Claims with the words", words]];
  form.append(group, ...choices.map((choice) => labelled(...choice)), count, marks);

  function showReadings(block, shown) {
    for (const reading of block.querySelectorAll(".reading")) reading.hidden = !shown.has(named(reading, "article-")[0]);
    const carriers = [...block.querySelectorAll(".reading:not([hidden]):has([data-evidence])")];
    for (const mark of block.querySelectorAll(".reading .differs")) {
      const lacking = named(mark, "not-in-").filter((article) => shown.has(article)).length;
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

  // What is shaded to the eye, in words.
  function sayMarks(reading) {
    const own = [...reading.querySelectorAll(".own")].map((mark) => mark.textContent.replace(/^[\s…]+|[\s…]+$/g, ""));
    const said = own.filter(Boolean);
    reading.querySelector(".visually-hidden")?.remove();
    const words = said.length ? `\u00a0(only here: ${aloud.said(said.join(", "))})` : "";
    reading.querySelector("p").append(aloud.heard(words));
  }

  // Articles set their apostrophes differently.
  const plain = (text) => text.toLowerCase().replace(/[\u2019\u02bc]/g, "'");

  function matches(variant) {
    const isKind = !kind.value || variant.classList.contains(`kind-${kind.value}`);
    return isKind && Number(named(variant, "severity-")[0]) >= Number(severity.value);
  }

  // What two articles have differs; a difference inside one article is there with that article. Of what the
  // articles have, only those shown are listed, each below its reading, and whether one is called a or one makes
  // no difference.
  function differs(variant, shown) {
    const columns = [...shown];
    const all = [...variant.querySelectorAll("[class^=has-]")];
    for (const has of all) {
      const [article] = named(has, "has-");
      has.hidden = !shown.has(article);
      has.style.gridColumn = columns.indexOf(article) + 1 || "";
    }
    const left = all.filter((has) => !has.hidden);
    left.forEach((has, at) => has.querySelector(".and").toggleAttribute("hidden", at === 0));
    const had = left.map((has) => has.lastChild.textContent.replace(/^(an? |one )/, ""));
    return new Set(had).size > (all.length > 1 ? 1 : 0);
  }

  function update() {
    const shown = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    for (const block of blocks) {
      showReadings(block, shown);
      const variants = [...block.querySelectorAll(".variants li")];
      for (const variant of variants) variant.hidden = !differs(variant, shown) || !matches(variant);
      const carried = block.querySelectorAll(".reading:not([hidden]) [data-evidence]").length;
      const isWanted = (!kind.value && severity.value === "0") || variants.some((variant) => !variant.hidden);
      const seen = [...block.querySelectorAll(".rubric, :is(.reading, .variants li):not([hidden])")];
      const isFound = plain(seen.map((part) => part.textContent).join(" ")).includes(plain(words.value.trim()));
      const tells = carried > 1 || variants.some((variant) => !variant.hidden);
      block.hidden = shown.size < 2 || !tells || !isWanted || !isFound;
      block.style.setProperty("--shown", shown.size);
    }
    const left = blocks.filter((block) => !block.hidden).length;
    const noted = blocks.flatMap((block) => (block.hidden ? [] : [...block.querySelectorAll(".variants li:not([hidden])")]));
    count.textContent =
      shown.size < 2 ? "Choose at least two articles." : `${left} of ${blocks.length} claims, ${noted.length} notes on differences`;
  }

  form.addEventListener("input", update);
  form.addEventListener("submit", (event) => event.preventDefault());
  blocks[0].before(form);
  update();
})();
