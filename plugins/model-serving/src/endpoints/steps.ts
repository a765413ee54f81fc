import type { EvaluationEndpoint } from '@modelhub/backstage-plugin-models-common';
import { spanText } from '../lib/time';
import { queueText } from './words';

/** One step on the way from the click to the end. */
export interface Step {
  id: 'checks' | 'queue' | 'start' | 'ready';
  title: string;
  /** `skipped`: it ended before. */
  standing: 'done' | 'now' | 'ahead' | 'failed' | 'skipped';
  /** ISO 8601; when it began. */
  from?: string;
  /** How long it took, or where it is. */
  text?: string;
}

type Facts = Pick<
  EvaluationEndpoint,
  | 'state'
  | 'createdAt'
  | 'queuedAt'
  | 'startedAt'
  | 'readyAt'
  | 'stoppingAt'
  | 'endedAt'
  | 'queuePosition'
  | 'progress'
>;

const titles: Record<Step['id'], string> = {
  checks: 'Checks',
  queue: 'Queue',
  start: 'Starting',
  ready: 'Ready',
};

const order: Step['id'][] = ['checks', 'queue', 'start', 'ready'];

const current: Partial<Record<Facts['state'], Step['id']>> = {
  checking: 'checks',
  queued: 'queue',
  starting: 'start',
  ready: 'ready',
};

function nowText(step: Step['id'], it: Facts): string | undefined {
  if (step === 'queue' && it.queuePosition !== undefined) {
    return queueText(it.queuePosition);
  }
  if (step === 'start' && it.progress !== undefined) {
    return `${Math.round(it.progress * 100)} % loaded`;
  }
  return undefined;
}

/** The steps of an endpoint with what each took. */
export function stepsOf(it: Facts): Step[] {
  const began: Record<Step['id'], string | undefined> = {
    checks: it.createdAt,
    queue: it.queuedAt,
    start: it.startedAt,
    ready: it.readyAt,
  };
  const over = it.stoppingAt ?? it.endedAt;
  // The last that was begun is the one that all ended in.
  const last = [...order].reverse().find(step => began[step]) ?? 'checks';
  const now = current[it.state];
  const failed = it.state === 'failed' || it.state === 'refused';
  return order.map((id, index): Step => {
    const from = began[id];
    const next = order
      .slice(index + 1)
      .map(step => began[step])
      .find(Boolean);
    const until = next ?? over;
    const took =
      from && until
        ? spanText(Date.parse(until) - Date.parse(from))
        : undefined;
    const step = { id, title: titles[id], from };
    if (id === now) return { ...step, standing: 'now', text: nowText(id, it) };
    if (failed && id === last)
      return { ...step, standing: 'failed', text: took };
    if (from || (now && index < order.indexOf(now))) {
      return { ...step, standing: 'done', text: took };
    }
    return { ...step, standing: now ? 'ahead' : 'skipped' };
  });
}
