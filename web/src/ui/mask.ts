// Personal data is masked until asked for: enough stays to tell two people apart, not enough to write to them.

const dots = "•••";

// "maria.keller@example.org" → "m•••@example.org"; "Maria Keller" → "M••• K•••"
export function masked(value: string): string {
  const at = value.lastIndexOf("@");
  if (at > 0) return `${value.charAt(0)}${dots}${value.slice(at)}`;
  return value
    .split(" ")
    .map((word) => (word === "" ? "" : `${word.charAt(0)}${dots}`))
    .join(" ");
}
