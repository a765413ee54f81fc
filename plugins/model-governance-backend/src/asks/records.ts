import type {
  Ask,
  AskState,
  AskTool,
} from '@modelhub/backstage-plugin-models-common';

/** A question as the database keeps it. */
export interface AskRecord
  extends Omit<Ask, 'gateway' | 'mayDecide' | 'whyNot'> {
  gatewayId: string;
  gatewayName: string;
  /** Of what the gateway sent: the same id must mean the same question. */
  requestHash: string;
}

export interface AskRow {
  id: string;
  gateway_id: string;
  gateway_name: string;
  key_id: string;
  key_name: string;
  key_owner: string;
  issuer: string | null;
  profile: string;
  model: string;
  trace: string | null;
  tools: string;
  request_hash: string;
  state: AskState;
  created_at: string;
  expires_at: string;
  decided_at: string | null;
  decided_by: string | null;
  until: string | null;
  reason: string | null;
}

export const toAsk = (row: AskRow): AskRecord => ({
  id: row.id,
  gatewayId: row.gateway_id,
  gatewayName: row.gateway_name,
  keyId: row.key_id,
  keyName: row.key_name,
  keyOwner: row.key_owner,
  issuer: row.issuer ?? undefined,
  profile: row.profile,
  model: row.model,
  trace: row.trace ?? undefined,
  tools: JSON.parse(row.tools) as AskTool[],
  requestHash: row.request_hash,
  state: row.state,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  decidedAt: row.decided_at ?? undefined,
  decidedBy: row.decided_by ?? undefined,
  until: row.until ?? undefined,
  reason: row.reason ?? undefined,
});

export const fromAsk = (ask: AskRecord): AskRow => ({
  id: ask.id,
  gateway_id: ask.gatewayId,
  gateway_name: ask.gatewayName,
  key_id: ask.keyId,
  key_name: ask.keyName,
  key_owner: ask.keyOwner,
  issuer: ask.issuer ?? null,
  profile: ask.profile,
  model: ask.model,
  trace: ask.trace ?? null,
  tools: JSON.stringify(ask.tools),
  request_hash: ask.requestHash,
  state: ask.state,
  created_at: ask.createdAt,
  expires_at: ask.expiresAt,
  decided_at: ask.decidedAt ?? null,
  decided_by: ask.decidedBy ?? null,
  until: ask.until ?? null,
  reason: ask.reason ?? null,
});
