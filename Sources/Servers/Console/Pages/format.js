// Values as people read them.

const digits = new Map();

function dates(language) {
  if (!digits.has(language)) {
    digits.set(language, new Intl.DateTimeFormat(
      language, {dateStyle: "medium", timeStyle: "short"}));
  }
  return digits.get(language);
}

// A time of the API in the reader's own zone; empty for none.
export function localTime(text, language) {
  if (!text) return "";
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? String(text) : dates(language).format(time);
}

const units = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];

// Seconds in the largest unit that divides them.
export function span(seconds, language) {
  const count = Number(seconds);
  if (!Number.isFinite(count)) return String(seconds);
  const [unit, size] = units.find(([, one]) => count && count % one === 0) || units[3];
  return new Intl.NumberFormat(language, {style: "unit", unit, unitDisplay: "long"})
    .format(count / size);
}

// A duration of the API (`3600s`) as seconds.
export const durationSeconds = (text) => Number(String(text || "0").replace(/s$/, ""));

// The last part of a resource's name.
export const identifier = (name) => String(name || "").split("/").pop();

// The lines of a text area, without blanks.
export const lines = (text) =>
  text.split(/[\s,]+/).map((one) => one.trim()).filter((one) => one);

// `access_token_seconds` and `accessTokenSeconds` are one name.
export const camel = (name) =>
  name.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());
