// Steps of identity that several API scenarios take.

import assert from "node:assert/strict";
import { Client, firstAdministrator, type Privity } from "./privity.ts";

export interface Person {
  email: string;
  name: string;
  role_ids?: string[];
}

/** Invites and accepts: a client that holds the session of somebody new, who has the first administrator's password. */
export async function join(privity: Privity, inviter: Client, person: Person): Promise<Client> {
  const invited = await inviter.post("/v1/invitations", { role_ids: [], ...person });
  assert.equal(invited.status, 201, invited.text);
  const client = new Client(privity.consoleUrl);
  const joined = await client.post("/v1/session/link", { token: tokenIn(invited.body.link), password: firstAdministrator.password });
  assert.equal(joined.status, 200, joined.text);
  client.csrfToken = joined.body.csrf_token;
  return client;
}

/** The secret part of a one-time link. */
export function tokenIn(link: string): string {
  return link.split("#token=")[1] ?? "";
}

export interface Entry {
  action: string;
  actor: { kind: string; id?: string };
  object: { kind: string; id: string };
  details: Record<string, string>;
}

const pollMilliseconds = 20;
const waitMilliseconds = 20_000;

/** The ledger's entries of `action`, the newest first, as soon as there are `count` of them that `wanted` accepts: an entry is durable
 *  with its change and gets its place in the list a moment later, so that a count taken before an act tells nothing about it. */
export async function entries(reader: Client, action: string, count = 1, wanted: (entry: Entry) => boolean = () => true): Promise<Entry[]> {
  const until = Date.now() + waitMilliseconds;
  for (;;) {
    const answer = await reader.get(`/v1/ledger/entries?action=${action}&limit=200`);
    assert.equal(answer.status, 200, answer.text);
    const listed: Entry[] = answer.body.items.map(({ entry }: { entry: Entry }) => ({ ...entry, details: entry.details ?? {} }));
    const found = listed.filter(wanted);
    if (found.length >= count) return found;
    assert.ok(Date.now() < until, `${found.length} entries ${action}, ${count} wanted`);
    await new Promise((resolve) => setTimeout(resolve, pollMilliseconds));
  }
}

/** Sign-ins that the ledger says were refused. */
export function refusals(reader: Client, count = 1, wanted?: (entry: Entry) => boolean): Promise<Entry[]> {
  return entries(reader, "identity.session.refused", count, wanted);
}
