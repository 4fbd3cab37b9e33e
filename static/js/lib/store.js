// What a browser keeps for one person: drafts, unsent messages, the open windows. Whoever signs in
// next on this browser has keys of their own and meets none of it.

const OWN = `pinboard:${document.documentElement.dataset.person}:`;
const memory = new Map(); // for browsers that forbid storage, or whose storage is full

export function recall(key) {
  if (memory.has(key)) return memory.get(key);
  try {
    return JSON.parse(localStorage.getItem(OWN + key));
  } catch {
    return null;
  }
}

export function keep(key, value) {
  try {
    localStorage.setItem(OWN + key, JSON.stringify(value));
    memory.delete(key);
  } catch {
    memory.set(key, value);
  }
}

export function forget(key) {
  memory.delete(key);
  try {
    localStorage.removeItem(OWN + key);
  } catch { /* then it was in memory only */ }
}

export function keysUnder(prefix) {
  const keys = new Set([...memory.keys()]);
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(OWN)) keys.add(key.slice(OWN.length));
  } catch { /* as above */ }
  return [...keys].filter((key) => key.startsWith(prefix));
}

// Hears what the person's other tabs changed: called with the key.
export function onOtherTab(hear) {
  addEventListener("storage", ({key}) => key?.startsWith(OWN) && hear(key.slice(OWN.length)));
}
