// Elements are made of properties and text alone: nothing is ever read as markup.

// A new element: known properties are set, others become attributes; what is null is left out.
export function make(tag, options = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(options)) {
    if (value === null || value === undefined) continue;
    if (name === "on") {
      for (const [event, work] of Object.entries(value)) made.addEventListener(event, work);
    } else if (name in made && name !== "list") made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...children.flat().filter((one) => one !== null && one !== undefined));
  return made;
}

export const byId = (id) => document.getElementById(id);

// Text of somebody else: whatever direction it has, what stands around it keeps its own.
export const theirs = (text) => make("bdi", {textContent: String(text)});

export const button = (text, work, options = {}) =>
  make("button", {type: "button", textContent: text, on: {click: work}, ...options});

let number = 0;

// An identifier that no other element of the page has.
export const fresh = (word) => `${word}-${++number}`;
