// What went wrong, as its reader can do something about it.

import {button, make, theirs} from "./element.js";
import {has, say} from "./words.js";

// What a failed call is to its reader, in a sentence.
export function sentence(failure) {
  if (has(`reason.${failure.reason}`)) return say(`reason.${failure.reason}`);
  if (failure.status === 429) {
    return failure.retryAfter
      ? say("trouble.laterIn", {seconds: failure.retryAfter}) : say("trouble.later");
  }
  if (failure.status >= 500) return say("trouble.server");
  if (failure.status === 403) return say("trouble.forbidden");
  if (failure.status === 404) return say("trouble.notFound");
  if (failure.status === 409) return say("trouble.conflict");
  return say("trouble.refused");
}

// The sentence, with what the API has said to it.
export function told(failure) {
  const known = has(`reason.${failure.reason}`) || failure.status >= 500 || failure.status === 429;
  const more = known || !failure.message ? [] : [" ", theirs(failure.message)];
  return make("p", {role: "alert", className: "error"}, sentence(failure), ...more);
}

// A failure in the place of what could not be loaded, with a way to try again.
export function retry(failure, again) {
  return make("div", {className: "trouble"}, told(failure), button(say("do.retry"), again));
}
