// One-time links carry their secret after the "#": a browser never sends that part, so it reaches no log on the way. Once read it
// is taken out of the address, so that it stays in no history either.

let taken: string | null = null;

export function takeFragment(): string {
  if (window.location.hash.length > 1) {
    taken = decodeURIComponent(window.location.hash.slice(1)).replace(/^token=/, "");
    window.history.replaceState(window.history.state, "", window.location.pathname + window.location.search);
  }
  return taken ?? "";
}
