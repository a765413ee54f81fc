import type { SnapshotSanitation } from '@modelhub/governance-protocol';
import { aCall } from '../../__testUtils__/aCall';
import { createSanitationStage, FindingReport } from '../createSanitationStage';
import { SentBodies } from '../SentBodies';

/** A call in a profile with these settings, before the stage has begun with it. */
export const begin = (
  sanitation: SnapshotSanitation,
  body?: Record<string, unknown>,
) => {
  const reports: FindingReport[] = [];
  const sent = new SentBodies();
  const stage = createSanitationStage({ report: it => reports.push(it), sent });
  const context = aCall({ sanitation }, { body });
  return { reports, sent, context, begun: () => stage.begin?.(context) };
};

export const chat = (content: string) => ({
  messages: [{ role: 'user', content }],
});
