import { expect } from '@playwright/test';
import type { ApprovalDetail } from '@modelhub/backstage-plugin-models-common';
import type { Api } from './api';

interface LedgerEntry {
  seq: number;
  type: string;
}

interface Notice {
  payload: { title: string; link?: string };
}

/** Types of the events about one approval, oldest first. */
export async function eventsOf(api: Api, id: string): Promise<string[]> {
  const query = new URLSearchParams({
    subject: `approval:${id}`,
    order: 'oldest',
    limit: '100',
  });
  const { items } = await api.call<{ items: LedgerEntry[] }>(
    'GET',
    `model-governance/ledger?${query}`,
  );
  return items.map(({ type }) => type);
}

/** Titles of a person's notifications about one approval. */
export async function noticesOf(api: Api, id: string): Promise<string[]> {
  const { notifications } = await api.call<{ notifications: Notice[] }>(
    'GET',
    'notifications/notifications?limit=100',
  );
  return notifications
    .filter(({ payload }) => payload.link?.endsWith(id))
    .map(({ payload }) => payload.title);
}

/** An approval as a person may see it. */
export const approvalOf = (api: Api, id: string) =>
  api.call<ApprovalDetail>('GET', `model-governance/approvals/${id}`);

/** The chain of the ledger holds, as a replica says. */
export async function expectVerifies(api: Api): Promise<void> {
  const verification = await api.call<{ ok: boolean; events: number }>(
    'GET',
    'model-governance/ledger/verification',
  );
  expect(verification).toMatchObject({ ok: true });
  expect(verification.events).toBeGreaterThan(5);
}
