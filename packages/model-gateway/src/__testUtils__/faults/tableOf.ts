import type { FaultReport } from './runFaults';

/** A report as lines of a table, and whether all is as it must be. */
export function tableOf(report: FaultReport): {
  lines: string[];
  good: boolean;
} {
  const { verdict, evidence, kills, findings } = report;
  const { calls, served, ingested } = evidence;
  const withStatus = (status: number | undefined) =>
    calls.filter(call => call.status === status).length;
  const wrong: Array<[string, number]> = [
    ['Unapproved calls at an upstream', verdict.unapproved.length],
    ['Usage records lost', verdict.lost.length],
    ['Usage records doubled', verdict.doubled.length],
    ['Usage records of calls that no upstream saw', verdict.invented.length],
    ['Calls stuck at a gateway that was there', verdict.stuck.length],
    ['Other findings', findings.length],
  ];
  const facts: Array<[string, number | string]> = [
    ['Seed', report.seed],
    ['Seconds', report.seconds],
    [
      'Kills',
      Object.entries(kills)
        .map(it => it.join(' '))
        .join(', '),
    ],
    ['Decisions of people', report.decisions],
    ['Calls', calls.length],
    ['  answered 200', withStatus(200)],
    [
      '  refused 401, 403 and 429',
      withStatus(401) + withStatus(403) + withStatus(429),
    ],
    ['  502 and 503, a part was away', withStatus(502) + withStatus(503)],
    ['  without answer, the gateway was killed', withStatus(undefined)],
    ['Calls that came to an upstream', served.length],
    ['Usage records', ingested.length],
    [
      '  of calls in flight at a kill',
      ingested.filter(({ code }) => code === 'gateway_stopped').length,
    ],
    [
      'Calls just after a revocation, at gateways that followed',
      verdict.revocations.length,
    ],
    [
      '  the last of them after, in milliseconds',
      Math.max(0, ...verdict.revocations),
    ],
    ['Records excused: the gateway was killed within 0.1 s', verdict.excused],
  ];
  return {
    lines: [
      ...facts.map(([name, value]) => `${name.padEnd(56)} ${value}`),
      ...wrong.map(
        ([name, count]) =>
          `${name.padEnd(56)} ${count}${count > 0 ? '   WRONG' : ''}`,
      ),
      ...findings.map(finding => `  ${finding}`),
    ],
    good: wrong.every(([, count]) => count === 0),
  };
}
