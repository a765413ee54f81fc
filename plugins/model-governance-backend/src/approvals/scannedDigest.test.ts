import type { GateResult } from '@modelhub/backstage-plugin-models-common';
import { scannedDigest } from './bindings';
import type { Situation } from './Situation';

const digest = `sha256:${'a'.repeat(64)}`;

const after = (changes: Partial<GateResult>) =>
  scannedDigest({
    gateResults: [
      {
        gateId: 'artifact-security',
        title: 'Artifact security',
        required: true,
        status: 'pass',
        attempts: 1,
        evidence: { digest },
        ...changes,
      },
    ],
  } as Situation);

describe('the digest that a scan pins', () => {
  it.each<GateResult['status']>(['pass', 'warn', 'waived'])(
    'is kept when the scan ends with %s',
    status => expect(after({ status })).toBe(digest),
  );

  it.each<Partial<GateResult>>([
    { status: 'fail' },
    { status: 'error', evidence: undefined },
    { status: 'not-applicable', evidence: undefined },
    { gateId: 'other' },
    { evidence: {} },
  ])('is none with %j', changes => expect(after(changes)).toBeUndefined());
});
