// The servers that ./dev test starts, as their scripts name them: "host=127.0.0.1 port=5433 user=privity".

export type Server = { host: string; port: string; user: string; ca: string };

export function server(variable: string): Server | undefined {
  const parts = Object.fromEntries((process.env[variable] ?? "").split(" ").map((part) => part.split("=")));
  return parts.port === undefined ? undefined : parts;
}
