import type {
  LeaseAnswer,
  LimitDemand,
  SnapshotLimits,
} from '@modelhub/governance-protocol';
import type { Caller } from '../pipeline';
import { SubjectLimits } from './SubjectLimits';

/** Without a call for so long, a subject is forgotten: its buckets are full again. */
const FORGET_MS = 120_000;

const NONE: readonly SubjectLimits[] = [];

/** Every subject with limits that called of late. */
export class LimitTable {
  readonly #subjects = new Map<string, SubjectLimits>();
  readonly #clock: () => number;
  #gateways = 1;
  #askedAt: number;

  /** @param clock - monotonic, in milliseconds */
  constructor(clock: () => number = () => performance.now()) {
    this.#clock = clock;
    this.#askedAt = clock();
  }

  get now(): number {
    return this.#clock();
  }

  get size(): number {
    return this.#subjects.size;
  }

  /** The key and the profile of a caller, as far as they have limits. */
  of({ key, profile }: Caller): readonly SubjectLimits[] {
    const own = key.limits && this.#subject('key:', key.id, key.limits);
    const common =
      profile?.limits && this.#subject('profile:', profile.id, profile.limits);
    if (own && common) {
      return [own, common];
    }
    const one = own ?? common;
    return one ? [one] : NONE;
  }

  /** What to ask the control plane for; forgets who has not called for long. */
  demands(): LimitDemand[] {
    const now = this.#clock();
    const elapsed = now - this.#askedAt;
    this.#askedAt = now;
    const demands: LimitDemand[] = [];
    for (const subject of this.#subjects.values()) {
      if (now - subject.usedAt > FORGET_MS && subject.running === 0) {
        this.#subjects.delete(subject.id);
      } else {
        demands.push(...subject.demands(elapsed));
      }
    }
    return demands;
  }

  apply(answer: Pick<LeaseAnswer, 'gateways' | 'limits'>): void {
    const now = this.#clock();
    this.#gateways = Math.max(1, answer.gateways);
    for (const { subject, limit, share } of answer.limits) {
      this.#subjects.get(subject)?.hold(limit, share, now);
    }
  }

  #subject(
    kind: 'key:' | 'profile:',
    id: string,
    limits: SnapshotLimits,
  ): SubjectLimits {
    const name = kind + id;
    const now = this.#clock();
    const known = this.#subjects.get(name);
    if (known) {
      known.follow(limits, now);
      return known;
    }
    const added = new SubjectLimits(name, limits, this.#gateways, now);
    this.#subjects.set(name, added);
    return added;
  }
}
