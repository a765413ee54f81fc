import type {
  SanitationAction,
  SanitationKind,
} from '@modelhub/governance-protocol';
import type { AnswerTransform, CallHandle, CallStage } from '../pipeline';
import type { Detector } from './Detector';
import { mapTexts } from './mapTexts';
import { createPersonalDataDetector } from './personalData';
import {
  CountedEvents,
  SanitizedEvents,
  withoutLogprobs,
} from './SanitizedEvents';
import { FindingCounts, Sanitizer } from './Sanitizer';
import { createSecretsDetector } from './secrets';
import { SentBodies } from './SentBodies';

type Fields = Record<string, unknown>;
type Actions = Partial<Record<SanitationKind, SanitationAction>>;

/** How often something was found, never what. */
export interface FindingReport {
  direction: 'request' | 'answer';
  kind: SanitationKind;
  type: string;
  action: SanitationAction;
  count: number;
}

/**
 * Looks for secrets and personal data in the texts of calls and answers, and
 * reports, masks or refuses them, as the profile says. Costs one property read
 * for profiles that ask for nothing.
 *
 * @param options - `detectors` in place of the built-in ones; `report` hears of
 * findings when a call has ended; `sent` learns which body was sent
 */
export function createSanitationStage(
  options: {
    detectors?: Detector[];
    report?: (finding: FindingReport) => void;
    sent?: SentBodies;
  } = {},
): CallStage {
  const { report, sent } = options;
  let known = options.detectors;
  // Not before a profile asks for it: patterns take some memory.
  const detectors = () => {
    known ??= [createSecretsDetector(), createPersonalDataDetector()];
    return known;
  };
  return {
    name: 'sanitation',
    readFile: ({ caller }) => {
      const actions = caller.profile?.sanitation?.responses;
      if (!actions || !asks(actions)) {
        return undefined;
      }
      const answer = new Sanitizer(detectors(), actions, 'answer');
      return {
        line: line => sanitizedLine(line, answer),
        text: text => answer.sanitize(text),
        end: () => tellOf(report, 'answer', answer.counts, actions),
      };
    },
    begin: context => {
      const settings = context.caller.profile?.sanitation;
      if (!settings) {
        return undefined;
      }
      const { requests = {}, responses = {} } = settings;
      const request = new Sanitizer(detectors(), requests, 'request');
      const answer = new Sanitizer(detectors(), responses, 'answer');
      const tell = () => {
        tellOf(report, 'request', request.counts, requests);
        tellOf(report, 'answer', answer.counts, responses);
      };
      let body = context.body;
      if (body && asks(requests)) {
        try {
          body = mapTexts(body, text => request.sanitize(text));
        } catch (error) {
          tell();
          throw error;
        }
      }
      const handle: CallHandle = {
        ...(asks(responses) && { answer: transformOf(answer) }),
        headers: () => headersOf(request.counts),
        end: tell,
      };
      const changed = body;
      if (changed && changed !== context.body) {
        sent?.set(context, changed);
        handle.request = it =>
          it === context.body
            ? changed
            : mapTexts(it, text => request.sanitize(text));
      }
      return handle;
    },
  };
}

function asks(actions: Actions): boolean {
  return Object.keys(actions).length > 0;
}

/** One result of a batch; its name is the caller's own and stays. */
function sanitizedLine(line: Fields, sanitizer: Sanitizer): Fields {
  const { custom_id: _, ...rest } = line;
  const changed: Fields = mapTexts(rest, text => sanitizer.sanitize(text));
  if (changed === rest) {
    return line;
  }
  const { body } = (changed.response ?? {}) as { body?: Fields };
  if (body) {
    withoutLogprobs(body);
  }
  return { ...line, ...changed };
}

function transformOf(sanitizer: Sanitizer): AnswerTransform {
  return {
    json: answer => {
      const changed: Fields = mapTexts(answer, text =>
        sanitizer.sanitize(text),
      );
      if (changed === answer) {
        return answer;
      }
      withoutLogprobs(changed);
      return changed;
    },
    events: () =>
      sanitizer.acts
        ? new SanitizedEvents(sanitizer)
        : new CountedEvents(sanitizer),
  };
}

/** Tells a caller that what the model read is not what was sent. */
function headersOf(counts: FindingCounts): Record<string, string> {
  return counts.size === 0
    ? {}
    : {
        'x-modelhub-sanitation': [...counts]
          .map(([name, count]) => `${name}=${count}`)
          .join(', '),
      };
}

function tellOf(
  report: ((finding: FindingReport) => void) | undefined,
  direction: FindingReport['direction'],
  counts: FindingCounts,
  actions: Actions,
): void {
  for (const [name, count] of counts) {
    const [kind, type] = name.split('/', 2) as [SanitationKind, string];
    report?.({
      direction,
      kind,
      type,
      action: actions[kind] ?? 'report',
      count,
    });
  }
}
