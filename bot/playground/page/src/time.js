// Slack timestamps as a person reads them, in the browser's own time zone.
export const dateOf = (ts) => new Date(Number(ts) * 1000);

export const clock = (ts) =>
  dateOf(ts).toLocaleTimeString([], { hour: "numeric", minute: "2-digit" });

export const full = (ts) =>
  dateOf(ts).toLocaleString([], { dateStyle: "full", timeStyle: "short" });

export function day(ts) {
  const that = dateOf(ts);
  const days = Math.round((midnight(new Date()) - midnight(that)) / 86_400_000);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  return that.toLocaleDateString([], { weekday: "long", month: "long", day: "numeric" });
}

const midnight = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate());
