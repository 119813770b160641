// What the page says, in the language of its reader.

import {english} from "./words-en.js";
import {russian} from "./words-ru.js";

export const catalogues = {en: english, ru: russian};
const shelf = "console-language";

function kept() {
  try { return localStorage.getItem(shelf); } catch { return null; }
}

function preferred() {
  const said = kept();
  if (Object.hasOwn(catalogues, said || "")) return said;
  const wished = typeof navigator === "undefined" ? "" : navigator.language || "";
  return wished.toLowerCase().startsWith("ru") ? "ru" : "en";
}

let chosen = preferred();

export const language = () => chosen;

export function choose(next) {
  chosen = next;
  try { localStorage.setItem(shelf, next); } catch {}
}

// Whether there is a word.
export const has = (key) => Object.hasOwn(catalogues[chosen], key);

// A word with its values in the place of `{names}`; a key that is nobody's is shown as it is.
export function say(key, values = {}) {
  const text = has(key) ? catalogues[chosen][key] : key;
  return text.replace(/\{(\w+)\}/g, (all, name) =>
    Object.hasOwn(values, name) ? String(values[name]) : all);
}

// The word of a value of the contract, or the value.
export const sayValue = (value) => has(`value.${value}`) ? say(`value.${value}`) : String(value);

// What a field is called.
export const sayField = (name) => has(`field.${name}`) ? say(`field.${name}`) : name;
