// Two parties and what only they share: "privity" is the word for that relation in law.
export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <g fill="none" stroke="currentColor" strokeWidth="2.25">
        <circle cx="11.5" cy="16" r="9" />
        <circle cx="20.5" cy="16" r="9" />
      </g>
      <path fill="currentColor" d="M16 8.2A9 9 0 0 1 16 23.8 9 9 0 0 1 16 8.2z" />
    </svg>
  );
}
