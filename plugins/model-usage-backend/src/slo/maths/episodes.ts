import { burnRate } from './budget';
import {
  BURN_RULES,
  fires,
  goesOn,
  type BurnRule,
  type Guard,
  type Measured,
  type Severity,
} from './rules';

/** An alert is over when nothing burnt for so long. */
export const QUIET_MS = 30 * 60_000;

/** An alert that is not over. */
export interface OpenEpisode {
  rule: BurnRule['id'];
  openedAt: number;
  /** When it last burnt. */
  burntAt: number;
  /** The greatest burn rate over the long window of its rule. */
  peakBurn: number;
}

export type EpisodeStep =
  | { kind: 'none' }
  | { kind: 'open'; episode: OpenEpisode }
  | { kind: 'update'; episode: OpenEpisode }
  | { kind: 'close'; episode: OpenEpisode; at: number };

/**
 * What becomes of the alert of one severity of an objective. An alert is told
 * once, when it opens, however long it burns and however often the look is
 * repeated; it closes after half an hour of quiet.
 */
export function nextEpisode(options: {
  severity: Severity;
  target: number;
  measured: Record<BurnRule['id'], Measured>;
  now: number;
  guard?: Guard;
  open?: OpenEpisode;
}): EpisodeStep {
  const { severity, target, measured, now, guard, open } = options;
  const rules = BURN_RULES.filter(it => it.severity === severity);
  const firing = rules.find(it => fires(it, target, measured[it.id], guard));
  if (!open) {
    if (!firing) return { kind: 'none' };
    const peakBurn = burnRate(measured[firing.id].long, target);
    return {
      kind: 'open',
      episode: { rule: firing.id, openedAt: now, burntAt: now, peakBurn },
    };
  }
  const burning =
    firing ?? rules.find(it => goesOn(it, target, measured[it.id]));
  if (burning) {
    const burn = burnRate(measured[burning.id].long, target);
    const peakBurn = Math.max(open.peakBurn, burn);
    return { kind: 'update', episode: { ...open, burntAt: now, peakBurn } };
  }
  if (now - open.burntAt >= QUIET_MS) {
    return { kind: 'close', episode: open, at: now };
  }
  return { kind: 'none' };
}
