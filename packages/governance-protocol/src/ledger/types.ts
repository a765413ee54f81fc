/**
 * One governance event as it stands in the chain.
 *
 * People appear as pseudonymous ids (`person:…`); names and free text live in
 * an erasable side table, and the chain holds only their hash, so that a text
 * can be erased without breaking the chain.
 *
 * @public
 */
export interface LedgerEvent {
  /** 1, 2, 3 … without gaps. */
  seq: number;
  /** ISO 8601, UTC, milliseconds. */
  at: string;
  /** `person:<id>`, `service:<plugin or subject>` or `system`. */
  actor: string;
  /** What the event is about: an approval (`approval:<id>`), a model (`model:ns/name`), a key (`key:<id>`) … */
  subject: string;
  /** For example `approval.submitted`; see the governance plugin's README for the list. */
  type: string;
  /** JSON object without personal data. Texts are `{ "textHash": "sha256:…" }`. */
  payload: Record<string, unknown>;
  /** `hash` of the event before; 64 zeros for the first. */
  prevHash: string;
  /** Lower-case hex SHA-256 over the RFC 8785 canonical JSON of all other fields. */
  hash: string;
}

/**
 * A signed statement that the chain up to `seq` ends in `hash`.
 *
 * @public
 */
export interface LedgerCheckpoint {
  seq: number;
  hash: string;
  /** ISO 8601. */
  at: string;
  keyId: string;
  /** Ed25519 over the canonical JSON of the other fields, base64url. */
  signature: string;
}
