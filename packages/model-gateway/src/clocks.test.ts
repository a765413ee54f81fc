import { sha256Hex } from '@modelhub/governance-protocol';
import { Rig, eventually } from './__testUtils__/rig';
import { secretOf, someContent } from './__testUtils__/TestControlPlane';

// Real servers and, at times, a busy machine.
jest.setTimeout(60_000);

const MINUTE = 60_000;
const DAY = 86_400_000;
const OLD = `mh_${sha256Hex('before the rotation').slice(0, 43)}`;

const inTime = (ms: number) => new Date(Date.now() + ms).toISOString();

/** Keys and an approval that end within a few minutes. */
function soonOver() {
  const content = someContent();
  const [strict, ...keys] = content.keys;
  return {
    ...content,
    keys: [
      {
        ...strict,
        previous: { hash: sha256Hex(OLD), until: inTime(2 * MINUTE) },
      },
      ...keys,
      {
        ...strict,
        id: 'short',
        hash: sha256Hex(secretOf('short')),
        expiresAt: inTime(5 * MINUTE),
      },
    ],
    grants: content.grants.map(grant =>
      grant.id === 'g-embed'
        ? { ...grant, expiresAt: inTime(5 * MINUTE) }
        : grant,
    ),
  };
}

describe('a gateway whose clock is wrong', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await Rig.create({ content: soonOver() });
  });
  afterEach(() => rig.stop());

  const ask = async (secret: string, model = 'acme/chat') => {
    const { status, body } = await rig.chat(secret, { model });
    return status === 200 ? 200 : body.error.reason ?? body.error.code;
  };
  /** What calls get whose keys and approvals end soon, and one that lives on. */
  const all = async () => [
    await ask(secretOf('short')),
    await ask(OLD),
    await ask(secretOf('strict'), 'acme/embed'),
    await ask(secretOf('strict')),
  ];

  it('ends keys, secrets and approvals when their time is over', async () => {
    expect(await all()).toEqual([200, 200, 200, 200]);
    rig.ahead = 6 * MINUTE;
    expect(await all()).toEqual([
      'invalid_api_key',
      'invalid_api_key',
      'expired',
      200,
    ]);
  });

  it.each([DAY, 365 * DAY])(
    'lets nothing live on when it is set back by %d ms',
    async back => {
      rig.ahead = 6 * MINUTE;
      rig.jump = -back;
      expect(await all()).toEqual([
        'invalid_api_key',
        'invalid_api_key',
        'expired',
        200,
      ]);
      // Its snapshot is too old by the time that went by, too.
      rig.ahead = 16 * MINUTE;
      expect(await ask(secretOf('strict'))).toBe('snapshot_expired');
      rig.plane.maxAgeMs = 40 * MINUTE;
      rig.plane.send('heartbeat', rig.plane.heartbeat());
      await eventually(
        'it is prolonged',
        async () => (await ask(secretOf('strict'))) === 200,
      );
    },
  );

  it('lets nothing live on when it starts again with a clock that was set back', async () => {
    await rig.gateway.stop();
    await rig.plane.close();
    rig.jump = -DAY;
    await rig.start(false);
    // The snapshot on disk was signed today.
    expect(Date.parse((await rig.ready()).notAfter)).toBeGreaterThan(
      Date.now(),
    );
    rig.ahead = 16 * MINUTE;
    expect(await ask(secretOf('strict'))).toMatch(
      /snapshot_expired|budgets_unknown/,
    );
    expect((await fetch(`${rig.url}/readyz`)).status).toBe(503);
  });

  it('refuses everything when it leaps ahead, and goes on when it is right again', async () => {
    rig.jump = DAY;
    expect(await ask(secretOf('strict'))).toBe('snapshot_expired');
    // What is signed meanwhile is no older for it.
    rig.plane.send('heartbeat', rig.plane.heartbeat());
    expect(await ask(secretOf('strict'))).toBe('snapshot_expired');
    rig.jump = 0;
    expect(await all()).toEqual([200, 200, 200, 200]);
  });

  it('measures rates by a clock that nobody sets', async () => {
    const [first, second, third] = [
      await ask(secretOf('slow')),
      await ask(secretOf('slow')),
      await ask(secretOf('slow')),
    ];
    expect([first, second, third]).toEqual([200, 200, 'rate_limit_exceeded']);
    for (const jump of [DAY / 200, -DAY]) {
      rig.jump = jump;
      expect(await ask(secretOf('slow'))).toBe('rate_limit_exceeded');
    }
    rig.jump = 0;
    rig.ahead = MINUTE / 2;
    expect(await ask(secretOf('slow'))).toBe(200);
  });
});
