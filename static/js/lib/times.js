// Times as they are where the reader is; the server's HTML carries them in ISO form.

export function dayOf(time) {
  return new Date(time).toDateString();
}

export function clockOf(time) {
  return new Date(time).toLocaleTimeString([], {hour: "numeric", minute: "2-digit"});
}

export function dayWords(time) {
  const day = new Date(time);
  const today = new Date();
  const days = Math.round((today.setHours(12, 0, 0, 0) - new Date(time).setHours(12, 0, 0, 0)) / 86_400_000);
  if (days < 2 && days >= 0) return days ? "Yesterday" : "Today";
  const year = day.getFullYear() === today.getFullYear() ? undefined : "numeric";
  return day.toLocaleDateString(document.documentElement.lang, {weekday: "long", day: "numeric", month: "long", year});
}

// In a list: the clock for today, a short date before.
export function shortTime(time) {
  if (dayOf(time) === new Date().toDateString()) return clockOf(time);
  return new Date(time).toLocaleDateString(document.documentElement.lang, {day: "numeric", month: "short"});
}
