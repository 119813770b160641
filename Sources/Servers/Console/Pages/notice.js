// What is told without taking anybody away from what they do: read out by screen readers.

import {byId} from "./element.js";

let timer = 0;

export function tell(text) {
  const place = byId("notice");
  // Gone first: the same words again would not be read out.
  place.textContent = "";
  clearTimeout(timer);
  timer = setTimeout(() => {
    place.textContent = text;
    timer = setTimeout(() => { place.textContent = ""; }, 10000);
  }, 50);
}
