// How old a price is, in the same words as pinboard/pins/read_times.py.

const HOLDS_MS = 3 * 24 * 3_600_000;

export function holds(read) {
  return Date.now() - read < HOLDS_MS;
}

export function ageWords(read) {
  const minutes = Math.max(Math.floor((Date.now() - read) / 60_000), 0);
  if (minutes < 10) return "read just now";
  if (minutes < 60) return `read ${Math.floor(minutes / 10) * 10} minutes ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `read ${hours} hour${hours === 1 ? "" : "s"} ago`;
  return `read ${Math.floor(hours / 24)} day${hours < 48 ? "" : "s"} ago`;
}
