// Say aloud what signs tell the eye; the one place of words for signs, loaded before the scripts that use it.
const aloud = (() => {
  "use strict";
  const SIGNS = /( > |\d(?:[\d.,]*\d)?(?:–\d(?:[\d.,]*\d)?)+|¶\d+)/;
  const word = (sign) => (sign === " > " ? ", citing " : sign.replaceAll("–", " to ").replace("¶", "paragraph "));

  // A text with words for its signs: in chains, in ranges, before paragraphs.
  const said = (text) => text.split(SIGNS).map((part, at) => (at % 2 ? word(part) : part)).join("");

  // Words for the ear alone.
  function heard(words) {
    const element = document.createElement("span");
    element.className = "visually-hidden";
    element.append(words);
    return element;
  }

  // What the eye sees, and the words that the ear hears instead.
  function instead(seen, words) {
    const element = document.createElement("span");
    element.setAttribute("aria-hidden", "true");
    element.append(seen);
    return [element, heard(words)];
  }

  // A text in parts, each sign for the eye with its words for the ear.
  const parts = (text) => text.split(SIGNS).flatMap((part, at) => (at % 2 ? instead(part, word(part)) : part));

  return { said, heard, instead, parts };
})();
