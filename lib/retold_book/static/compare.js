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

  const boxes = articles.map((article) => input("checkbox", article));
  for (const box of boxes) box.checked = true;
  const group = document.createElement("fieldset");
  const legend = document.createElement("legend");
  legend.textContent = "Articles";
  group.append(legend, ...boxes.map((box) => labelled(box.value, box)));
  const kind = select([["", "any"], ...distinct(".variants li", "kind-").map((each) => [each, each])]);
  const severity = select([["0", "any"], ["2", "2 or 3"], ["3", "3"]]);
  const words = input("search");
  const count = document.createElement("output");
  form.append(group, labelled("Kind of difference", kind), labelled("Severity", severity), labelled("Words", words), count);

  function showReadings(block, shown) {
    for (const reading of block.querySelectorAll(".reading")) reading.hidden = !shown.has(named(reading, "article-")[0]);
    const carriers = [...block.querySelectorAll(".reading:not([hidden]):has([data-evidence])")];
    for (const mark of block.querySelectorAll(".reading .differs")) {
      const lacking = named(mark, "not-in-").filter((article) => shown.has(article)).length;
      mark.classList.toggle("is-shared", lacking === 0);
      mark.classList.toggle("own", lacking > 0 && lacking === carriers.length - 1);
    }
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
      block.hidden = carried < Math.min(2, shown.size) || !isWanted || !isFound;
      block.style.setProperty("--shown", shown.size);
    }
    count.textContent = `${blocks.filter((block) => !block.hidden).length} of ${blocks.length} claims`;
  }

  form.addEventListener("input", update);
  form.addEventListener("submit", (event) => event.preventDefault());
  blocks[0].before(form);
  update();
})();
