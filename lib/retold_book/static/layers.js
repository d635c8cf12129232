// Turn the key of an annotated article into toggles, a layer each; without this script all layers show.
(() => {
  "use strict";
  const key = document.querySelector(".layer-key");
  const passages = [...document.querySelectorAll(".passage")];
  const off = new Set();

  function update() {
    for (const passage of passages) {
      const layers = [...passage.classList].filter((name) => name.startsWith("layer-"));
      const isPlain = layers.every((name) => off.has(name));
      passage.classList.toggle("is-plain", isPlain);
      passage.tabIndex = isPlain ? -1 : 0;
      for (const name of layers) passage.classList.toggle(`no-${name}`, off.has(name));
    }
  }

  key.setAttribute("aria-label", "Layers shown");
  for (const words of key.querySelectorAll("span")) {
    const button = document.createElement("button");
    const layer = words.className;
    button.type = "button";
    button.setAttribute("aria-pressed", "true");
    words.replaceWith(button);
    button.append(words);
    button.addEventListener("click", () => {
      if (!off.delete(layer)) off.add(layer);
      button.setAttribute("aria-pressed", String(!off.has(layer)));
      update();
    });
  }
})();
