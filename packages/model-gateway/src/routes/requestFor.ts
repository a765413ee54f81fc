import type { CallJob } from '../pipeline/CallPipeline';
import type { CallHandle } from '../pipeline';
import type { Candidate } from '../routing/Router';
import type { UpstreamOptions } from '../upstream/UpstreamCall';
import { askForStreamUsage, lacksStreamUsage } from '../usage/UsageMeter';
import { translateMessages } from './messages/translateMessages';

type UpstreamRequest = Pick<
  UpstreamOptions,
  'method' | 'path' | 'headers' | 'body' | 'translator'
> & {
  /** Whether to take the usage block of a stream out again. */
  strip: boolean;
};

const ASK_FOR_USAGE = '"stream_options":{"include_usage":true},';

/** What is sent to the provider of a candidate: nothing of the caller's headers. */
export function requestFor(
  job: CallJob,
  { provider, model }: Candidate,
  handles: readonly CallHandle[],
): UpstreamRequest {
  const { parsed, route, state } = job;
  const base = {
    method: 'POST' as const,
    path: route.upstreamPath,
    headers: [
      'content-type',
      parsed.contentType,
      'accept',
      parsed.streamed ? 'text/event-stream' : 'application/json',
    ],
  };
  let changed: Record<string, unknown> | undefined;
  for (const handle of handles) {
    const more = handle.upstreamHeaders?.(provider.name);
    if (more) {
      base.headers.push(...more);
    }
    if (handle.request && state.body) {
      changed = handle.request(changed ?? state.body);
    }
  }
  if (route.dialect === 'anthropic' && !provider.apis.includes('anthropic')) {
    const translated = translateMessages(
      route,
      changed ?? state.body ?? {},
      model,
    );
    return { ...base, ...translated, strip: false };
  }
  const strip = lacksStreamUsage(state);
  if (strip && (changed || state.body?.stream_options !== undefined)) {
    changed = askForStreamUsage(changed ?? state.body ?? {});
  }
  return {
    ...base,
    strip,
    body: changed
      ? Buffer.from(JSON.stringify({ ...changed, model }))
      : parsed.withModel(model, strip ? ASK_FOR_USAGE : ''),
  };
}
