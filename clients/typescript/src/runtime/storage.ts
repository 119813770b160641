/** Where wishes survive the end of a program. */
export interface QueueStorage {
  load(): Promise<string | null>;
  save(text: string): Promise<void>;
  /**
   * Runs work while nobody else who shares the storage runs any of the same part: reading and
   * writing the list, or sending. Without it a storage is one queue's alone.
   */
  exclusive?<Value>(part: "list" | "send", work: () => Promise<Value>): Promise<Value>;
}

/** A storage in a browser's localStorage, which all pages of an origin share. Requests stand there
 * in plain text; the name should be that of their person. */
export function webStorage(storage: Storage, name: string): QueueStorage {
  const shared: QueueStorage = {
    load: () => Promise.resolve(storage.getItem(name)),
    save: async (text) => storage.setItem(name, text),
  };
  // Browsers have locks for pages that came by https, or from this machine.
  const locks = typeof navigator === "undefined" ? undefined : navigator.locks;
  if (!locks) return shared;
  return {...shared, exclusive: async (part, work) => locks.request(`${name} ${part}`, work)};
}
