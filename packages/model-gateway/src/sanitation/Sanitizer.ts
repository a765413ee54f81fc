import type {
  SanitationAction,
  SanitationKind,
} from '@modelhub/governance-protocol';
import { ApiError } from '../http/ApiError';
import type { Detector, Finding } from './Detector';

/** How much was found, by kind and type, for example `secrets/github`. */
export type FindingCounts = Map<string, number>;

/** Something found, and what is to be done about it. */
export interface JudgedFinding extends Finding {
  kind: SanitationKind;
  action: SanitationAction;
}

const STRENGTH: Record<SanitationAction, number> = {
  report: 0,
  redact: 1,
  refuse: 2,
};

/** Looks at the texts of one call and does what its profile says. */
export class Sanitizer {
  readonly #detectors: Array<{ detector: Detector; action: SanitationAction }>;
  readonly #what: 'request' | 'answer';
  readonly counts: FindingCounts = new Map();
  /** Whether anything is masked or refused, so that texts have to be held back. */
  readonly acts: boolean;

  constructor(
    detectors: readonly Detector[],
    actions: Partial<Record<SanitationKind, SanitationAction>>,
    what: 'request' | 'answer',
  ) {
    this.#detectors = detectors.flatMap(detector => {
      const action = actions[detector.kind];
      return action ? [{ detector, action }] : [];
    });
    this.#what = what;
    this.acts = this.#detectors.some(({ action }) => action !== 'report');
  }

  /** What is in a text, from its beginning to its end; overlaps are one. */
  find(text: string): JudgedFinding[] {
    const findings = this.#detectors
      .flatMap(({ detector, action }) =>
        detector
          .find(text)
          .map(finding => ({ ...finding, kind: detector.kind, action })),
      )
      .filter(({ start, end }) => end > start)
      .sort((a, b) => a.start - b.start || b.end - a.end);
    const merged: JudgedFinding[] = [];
    for (const finding of findings) {
      const last = merged.at(-1);
      if (last && finding.start < last.end) {
        last.end = Math.max(last.end, finding.end);
        if (STRENGTH[finding.action] > STRENGTH[last.action]) {
          last.action = finding.action;
        }
      } else {
        merged.push({ ...finding });
      }
    }
    return merged;
  }

  /** @throws ApiError 403 `sensitive_content` for what is to be refused */
  sanitize(text: string): string {
    return text.length < 6 ? text : this.apply(text, this.find(text));
  }

  /** The text with findings masked, each of which counts. */
  apply(text: string, findings: readonly JudgedFinding[]): string {
    let out = '';
    let at = 0;
    for (const { start, end, kind, type, action } of findings) {
      const name = `${kind}/${type}`;
      this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
      if (action === 'refuse') {
        throw this.#refusal(type);
      }
      if (action === 'redact') {
        out += `${text.slice(at, start)}[redacted ${type}]`;
        at = end;
      }
    }
    return at === 0 ? text : out + text.slice(at);
  }

  #refusal(type: string): ApiError {
    return new ApiError(
      403,
      'sensitive_content',
      this.#what === 'request'
        ? `The request holds something that looks like ${article(
            type,
          )} '${type}', and the profile of this key does not let that pass. Take it out and send the call again.`
        : `The answer holds something that looks like ${article(
            type,
          )} '${type}', and the profile of this key does not let that pass, so the rest is withheld.`,
      { type: 'content_refused', details: { found: type } },
    );
  }
}

function article(type: string): string {
  return /^[aei]/.test(type) ? 'an' : 'a';
}
