import type { ModelClient } from '../../endpoint/ModelClient';
import type { RunSettings } from '../settings';
import { AgentRespondent } from './AgentRespondent';
import { ChatRespondent } from './ChatRespondent';
import { RetrievalRespondent } from './RetrievalRespondent';
import type { Respondent } from './types';

/** What answers the cases of a pack's task. */
export function respondentOf(
  { pack, request }: RunSettings,
  client: ModelClient,
): Respondent {
  switch (pack.task) {
    case 'retrieval':
      return new RetrievalRespondent(client, pack.documents ?? []);
    case 'agent':
      return new AgentRespondent(client, request);
    default:
      return new ChatRespondent(client, request, pack.task);
  }
}
