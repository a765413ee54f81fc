import { duration, moment, plural } from './numbers';
import type { ResultView } from './view';

/** What is known of a run beside its numbers. */
export interface Facts {
  /** In a line below the heading. */
  line: string[];
  settings: Array<[name: string, value: string]>;
  digests: Array<[name: string, value: string]>;
}

const inWords = (value: unknown) =>
  typeof value === 'string' ? value : JSON.stringify(value) ?? '';

export function facts({ result, incumbent, counts }: ResultView): Facts {
  const { target, pack, tool } = result;
  const entries = (of: object): Array<[string, string]> =>
    Object.entries(of)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, inWords(value)]);
  return {
    line: [
      result.model,
      moment(result.startedAt),
      duration(result.startedAt, result.finishedAt),
      `${plural(counts.asked, 'case')}: ${counts.scored} scored, ${
        counts.unscored
      } could not be judged, ${counts.failed} without an answer`,
      ...(incumbent ? [`incumbent ${incumbent.model}`] : []),
    ],
    settings: [
      ...entries(target),
      ...entries(result.settings),
      ['tool', `${tool.name} ${tool.version}`],
    ],
    digests: [
      ...(pack.entityRef ? [['pack', pack.entityRef] as [string, string]] : []),
      ['pack digest', pack.digest],
      ['input digest', result.inputDigest],
      ...(incumbent
        ? [
            ['input digest of the incumbent', incumbent.inputDigest] as [
              string,
              string,
            ],
          ]
        : []),
    ],
  };
}
