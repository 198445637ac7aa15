import { encode } from "uqr";
import { useMemo } from "react";

// A QR code as one SVG path: no inline style, no image from elsewhere, sharp at any size.
export function QrCode({ text, label, className }: { text: string; label: string; className?: string | undefined }) {
  const code = useMemo(() => encode(text, { border: 0 }), [text]);
  const path = code.data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join("");
  return (
    <svg role="img" aria-label={label} className={className} viewBox={`0 0 ${code.size} ${code.size}`}>
      <path d={path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  );
}
