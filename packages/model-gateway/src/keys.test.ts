import { generateSigningKey } from '@modelhub/governance-protocol';
import { Rig, eventually } from './__testUtils__/rig';
import { secretOf } from './__testUtils__/TestControlPlane';

// Real servers and, at times, a busy machine.
jest.setTimeout(30_000);

describe('rotation of the snapshot key', () => {
  let rig: Rig;
  afterEach(() => rig.stop());

  const status = async () =>
    (await rig.chat(secretOf('strict'), { model: 'acme/chat' })).status;
  const close = () =>
    rig.plane.change({
      grants: rig.plane.content.grants.filter(it => it.id !== 'g-chat'),
    });
  const open = () => rig.plane.content.grants;
  const isAt = (version: number) =>
    eventually(
      `version ${version}`,
      async () => (await rig.ready()).version === version,
    );
  const alarm = (code: string) =>
    eventually(
      `the alarm ${code}`,
      async () => (await rig.ready()).lastAlarm?.code === code,
    );
  const enrolments = () =>
    rig.plane.requests.filter(it => it.endsWith('/enrol')).length;

  it('is followed while connected, without enrolling again', async () => {
    rig = await Rig.create();
    rig.plane.rotate();
    close();
    await isAt(2);
    expect([await status(), enrolments()]).toEqual([403, 1]);
    expect((await rig.ready()).lastAlarm).toBeUndefined();
  });

  it('is followed after several rotations, also from disk', async () => {
    rig = await Rig.create();
    await rig.gateway.stop();
    const first = rig.plane.key;
    rig.plane.rotate();
    rig.plane.rotate();
    rig.plane.version = 2;
    await rig.start();
    await isAt(2);
    // The first key is two generations old, and not trusted any more.
    const last = rig.plane.key;
    rig.plane.key = first;
    rig.plane.send('snapshot', rig.plane.full({ version: 9 }));
    await alarm('unknown-key');
    expect((await rig.ready()).version).toBe(2);
    rig.plane.key = last;
    await rig.gateway.stop();
    await rig.plane.close();
    await rig.start(false);
    expect([await status(), (await rig.ready()).version]).toEqual([200, 2]);
    await rig.plane.listen();
    expect(enrolments()).toBe(1);
  });

  it('is followed when the first thing that the new key signs is a heartbeat', async () => {
    rig = await Rig.create();
    const { notAfter } = await rig.ready();
    rig.plane.rotate();
    rig.plane.maxAgeMs = 2_000_000;
    rig.plane.send('heartbeat', rig.plane.heartbeat());
    await eventually(
      'it is prolonged',
      async () => (await rig.ready()).notAfter > notAfter,
    );
    expect((await rig.ready()).lastAlarm).toBeUndefined();
  });

  it('refuses a key that no trusted key vouches for, whoever announces it', async () => {
    rig = await Rig.create();
    const good = rig.plane.key;
    rig.plane.rotate(generateSigningKey());
    const grants = open();
    rig.plane.change({ grants: [...grants, { ...grants[0], id: 'g-forged' }] });
    await alarm('unknown-key');
    expect((await rig.ready()).version).toBe(1);

    // A real voucher, on another key.
    const real = rig.plane.rotate(good);
    const forger = generateSigningKey();
    rig.plane.announced[0].publicKey = forger.publicKey;
    rig.plane.key = forger;
    rig.plane.send('snapshot', rig.plane.full({ version: 9 }));
    await eventually('it is told', () =>
      rig.logs.some(line => line.includes('"alarm":"key-refused"')),
    );
    expect((await rig.ready()).version).toBe(1);

    // And the real one is still taken afterwards.
    rig.plane.announced[0].publicKey = real.publicKey;
    rig.plane.key = real;
    rig.plane.version = 3;
    rig.plane.send('snapshot', rig.plane.full());
    await isAt(3);
  });

  it('stops at keys that are not pinned', async () => {
    rig = await Rig.create({ pin: plane => [plane.key.keyId] });
    const next = rig.plane.rotate();
    close();
    await eventually('it is told', () =>
      rig.logs.some(line => line.includes('"alarm":"key-refused"')),
    );
    expect([await status(), (await rig.ready()).version]).toEqual([200, 1]);

    await rig.gateway.stop();
    rig.pinnedKeyIds = [...(rig.pinnedKeyIds ?? []), next.keyId];
    await rig.start();
    await isAt(2);
    expect([await status(), enrolments()]).toEqual([403, 1]);
  });
});
