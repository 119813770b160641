// Dialogues: modal, closed by Escape, and the focus goes back to where it was.

import {button, byId, fresh, make, theirs} from "./element.js";
import {say} from "./words.js";

// Shows a dialogue until it is closed; `build(close)` returns what stands in it.
export function show(title, build, options = {}) {
  const before = document.activeElement;
  return new Promise((resolve) => {
    const id = fresh("dialog");
    const dialog = make("dialog", {"aria-labelledby": id, ...options});
    let answer;
    const close = (value) => { answer = value; dialog.close(); };
    dialog.append(make("h2", {id, tabIndex: -1, textContent: title}), ...build(close, dialog));
    dialog.addEventListener("close", () => {
      dialog.remove();
      (before && before.isConnected ? before : byId("main")).focus();
      resolve(answer);
    });
    document.body.append(dialog);
    dialog.showModal();
    (dialog.querySelector("[autofocus], input, select, textarea") || dialog.firstElementChild)
      .focus();
  });
}

// Asks before something is done that is not undone easily: by its name, which has to be typed where
// much ends with it.
export function confirmed(title, text, name, typed) {
  return show(title, (close) => {
    const id = fresh("typed");
    const field = make("input", {
      id, autocomplete: "off", autocapitalize: "none", spellcheck: false, dir: "auto"});
    const go = make("button", {
      type: "submit", className: "danger", textContent: title, disabled: typed});
    field.addEventListener("input", () => { go.disabled = field.value !== name; });
    const form = make("form", {noValidate: true},
      make("p", {textContent: text}), make("p", {}, make("strong", {}, theirs(name))),
      typed ? [make("label", {htmlFor: id, textContent: say("confirm.type")}), field] : null,
      make("div", {className: "buttons"}, go,
        button(say("do.cancel"), () => close(false), {autofocus: !typed})));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!typed || field.value === name) close(true);
    });
    return [form];
  });
}

// Shows what is shown once only: it is gone with the dialogue, which Escape does not close.
export function showSecret(title, text, secret) {
  return show(title, (close, dialog) => {
    dialog.addEventListener("cancel", (event) => event.preventDefault());
    // Browsers close a dialogue whose `cancel` was prevented when Escape comes a second time.
    dialog.addEventListener("keydown", (event) => {
      if (event.key === "Escape") event.preventDefault();
    });
    const id = fresh("secret");
    const told = make("p", {role: "status", className: "told"});
    const field = make("textarea", {
      id, readOnly: true, value: secret, rows: secret.length > 60 ? 3 : 1, spellcheck: false,
      on: {focus: () => field.select()}});
    const copy = button(say("do.copy"), async () => {
      try {
        await navigator.clipboard.writeText(secret);
        told.textContent = say("secret.copied");
      } catch {
        field.select();
        told.textContent = say("secret.select");
      }
    });
    return [
      make("p", {textContent: text}),
      make("label", {htmlFor: id, textContent: say("secret.label")}), field, told,
      make("div", {className: "buttons"}, copy,
        button(say("secret.kept"), () => close(true), {className: "primary"}))];
  }, {closedby: "none"});
}

// Asks the person to sign in again, in a window that `open(signal)` opens.
export async function askAgain(why, open) {
  const done = await show(say(`again.${why}.title`), (close, dialog) => {
    const aborting = new AbortController();
    dialog.addEventListener("close", () => aborting.abort());
    const told = make("p", {role: "alert", className: "error"});
    let attempt = null;
    const go = button(say("do.signIn"), async () => {
      // Who has closed the window opens another; the former is waited for no more.
      attempt?.abort();
      const mine = attempt = new AbortController();
      told.textContent = "";
      go.disabled = true;
      const error = await open(
        AbortSignal.any([aborting.signal, mine.signal]), () => { go.disabled = false; });
      if (mine !== attempt) return;
      go.disabled = false;
      if (!error) return close(true);
      if (error !== "aborted") {
        told.textContent = say(error === "blocked" ? "again.blocked" : "again.failed");
      }
    }, {className: "primary", autofocus: true});
    return [
      make("p", {textContent: say(`again.${why}.text`)}), told,
      make("div", {className: "buttons"}, go,
        button(say("do.cancel"), () => close(false)))];
  });
  return Boolean(done);
}
