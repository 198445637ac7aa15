// A text cut at what was found in it. The server counts code points, JavaScript counts UTF-16 units.
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly entity: string;
  readonly category: string;
}

export interface Piece {
  readonly at: number; // code points from the start
  readonly text: string;
  readonly span?: Span;
}

// `spans` in the order of the text, without overlaps.
export function piecesOf(text: string, spans: readonly Span[]): Piece[] {
  const characters = Array.from(text);
  const slice = (start: number, end?: number) => characters.slice(start, end).join("");
  const pieces: Piece[] = [];
  let at = 0;
  for (const span of spans) {
    if (span.start > at) pieces.push({ at, text: slice(at, span.start) });
    pieces.push({ at: span.start, text: slice(span.start, span.end), span });
    at = span.end;
  }
  if (at < characters.length) pieces.push({ at, text: slice(at) });
  return pieces;
}

// How often each kind was found, the most frequent first.
export function countsOf(spans: readonly Span[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const { entity } of spans) counts.set(entity, (counts.get(entity) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
}
