// A company's own text of the portal: an empty line ends a paragraph, and [words](https://…) or [words](mailto:…) is a link
// (src/settings/portal_text.h). Nothing else has a meaning; what cannot be followed safely is shown as it is written.
export type Piece = string | { readonly words: string; readonly href: string };

const link = /\[([^[\]\n]+)\]\(((?:https:\/\/|mailto:)[^\s)]+)\)/g;

export function paragraphsOf(text: string): Piece[][] {
  return text
    .split(/\n[ ]*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== "")
    .map(piecesOf);
}

function piecesOf(paragraph: string): Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  for (const found of paragraph.matchAll(link)) {
    const [all, words = "", href = ""] = found;
    if (found.index > done) pieces.push(paragraph.slice(done, found.index));
    pieces.push({ words, href });
    done = found.index + all.length;
  }
  if (done < paragraph.length) pieces.push(paragraph.slice(done));
  return pieces;
}
