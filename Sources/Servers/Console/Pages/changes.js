// What a form has changed of a resource: nothing else is sent, and only where nobody else has
// changed the resource meanwhile.

// What a field that is empty comes as: nothing.
const plain = (value) => value === undefined || value === null || value === false
  || value.length === 0 ? "" : JSON.stringify(value);

// The request of an update; null where nothing was changed.
export function changes(item, body) {
  const names = Object.keys(body).filter((name) => plain(body[name]) !== plain(item[name]));
  if (names.length === 0) return null;
  const changed = Object.fromEntries(names.map((name) => [name, body[name]]));
  return {
    query: {updateMask: names.join(",")},
    body: item.etag ? {...changed, etag: item.etag} : changed,
  };
}

// Those of some numbers that are others than they were; null where none is.
export function differing(before, said) {
  const other = Object.entries(said).filter(([name, value]) =>
    String(value) !== String(before[name]));
  return other.length === 0 ? null : Object.fromEntries(other);
}
