import {
  generateSigningKey,
  signSnapshot,
  sortContent,
} from '@modelhub/governance-protocol';
import fs from 'node:fs';
import path from 'node:path';
import { Rig, eventually } from './__testUtils__/rig';
import { someContent, secretOf } from './__testUtils__/TestControlPlane';

// Real servers and, at times, a busy machine.
jest.setTimeout(30_000);

describe('the allowlist of a gateway', () => {
  let rig: Rig;
  afterEach(() => rig.stop());

  const status = async (model = 'acme/chat') =>
    (await rig.chat(secretOf('strict'), { model })).status;
  const code = async () =>
    (await rig.chat(secretOf('strict'), { model: 'acme/chat' })).body.error
      ?.code;
  const without = (id: string) => ({
    grants: rig.plane.content.grants.filter(it => it.id !== id),
  });
  const version = async (expected: number) =>
    eventually(
      `version ${expected}`,
      async () => (await rig.ready()).version === expected,
    );

  it('starts empty and lets nothing through', async () => {
    rig = await Rig.create({ content: { ...someContent(), grants: [] } });
    expect(await status()).toBe(403);
    expect(rig.upstream.calls).toEqual([]);
  });

  it('follows a grant and its end in well under a second', async () => {
    rig = await Rig.create();
    expect(await status('acme/unapproved')).toBe(403);
    const granted = {
      ...rig.plane.content.grants[0],
      id: 'g-new',
      gatewayId: 'acme/unapproved',
    };
    let started = Date.now();
    rig.plane.change({ grants: [...rig.plane.content.grants, granted] });
    await eventually(
      'it is open',
      async () => (await status('acme/unapproved')) === 200,
    );
    expect(Date.now() - started).toBeLessThan(1000);
    started = Date.now();
    rig.plane.change(without('g-new'));
    await eventually(
      'it is closed',
      async () => (await status('acme/unapproved')) === 403,
    );
    expect(Date.now() - started).toBeLessThan(1000);
    await eventually(
      'it was reported',
      () => rig.plane.statuses.at(-1)?.version === 3,
    );
  });

  it('enforces the end of an approval by its own clock', async () => {
    rig = await Rig.create();
    rig.plane.maxAgeMs = 7 * 86_400_000;
    rig.plane.send('heartbeat', rig.plane.heartbeat());
    await eventually(
      'it lives longer',
      async () =>
        Date.parse((await rig.ready()).notAfter) > Date.now() + 86_400_000,
    );
    rig.ahead = 86_400_000;
    const { status: refused, body } = await rig.chat(secretOf('strict'), {
      model: 'acme/chat',
    });
    expect([refused, body.error.reason]).toEqual([403, 'expired']);
  });

  it('refuses everything without a snapshot', async () => {
    rig = await Rig.create();
    await rig.gateway.stop();
    await rig.plane.close();
    fs.rmSync(path.join(rig.stateDir, 'snapshot.json'));
    await rig.start(false);
    expect([await status(), await code()]).toEqual([503, 'no_snapshot']);
    expect(await rig.ready()).toMatchObject({ ready: false, connected: false });
  });

  it('refuses everything beyond the age of its snapshot, until it is prolonged', async () => {
    rig = await Rig.create();
    rig.ahead = 900_001;
    expect([await status(), await code()]).toEqual([503, 'snapshot_expired']);
    expect((await fetch(`${rig.url}/readyz`)).status).toBe(503);
    expect((await fetch(`${rig.url}/healthz`)).status).toBe(200);
    rig.plane.maxAgeMs = 2_000_000;
    rig.plane.send('heartbeat', rig.plane.heartbeat());
    await eventually('it is prolonged', async () => (await status()) === 200);
  });

  it('ignores what is forged, replayed, old or broken, and raises an alarm', async () => {
    rig = await Rig.create();
    const first = rig.plane.full();
    const delta = rig.plane.change(without('g-chat'));
    await version(2);
    expect(await status()).toBe(403);

    const alarm = async (expected: string, signed: unknown) => {
      rig.plane.send('snapshot', signed);
      await eventually(
        `the alarm ${expected}`,
        async () => (await rig.ready()).lastAlarm?.code === expected,
      );
      expect([await status(), (await rig.ready()).version]).toEqual([403, 2]);
    };
    await alarm('older-than-held', first);
    const signed = rig.plane.full({ version: 9 });
    const content = { ...rig.plane.content, grants: someContent().grants };
    await alarm('bad-signature', {
      ...signed,
      payload: { ...signed.payload, content },
    });
    const stranger = generateSigningKey();
    await alarm(
      'unknown-key',
      signSnapshot(
        {
          kind: 'full',
          header: rig.plane.header({ version: 9, keyId: stranger.keyId }),
          content: sortContent(someContent()),
        },
        stranger.privateKey,
      ),
    );
    await alarm('epoch-regressed', rig.plane.full({ epoch: 0, version: 99 }));
    await alarm('malformed', 'nonsense');
    await alarm(
      'expired',
      rig.plane.full({
        version: 9,
        issuedAt: '2020-01-01',
        notAfter: '2020-01-02',
      }),
    );
    await alarm('older-than-held', delta);
    expect(await rig.metrics()).toMatch(
      /modelhub_gateway_alarms_total\{code="older-than-held"\} 2\n/,
    );
    expect(rig.plane.streams).toBe(1);
  });

  it('fetches everything again after a gap', async () => {
    rig = await Rig.create();
    rig.plane.version = 5;
    rig.plane.content = { ...rig.plane.content, ...without('g-chat') };
    rig.plane.change({ keys: rig.plane.content.keys });
    await version(6);
    expect(await status()).toBe(403);
    expect(
      rig.plane.requests.filter(it => it === 'GET /allowlist/snapshot'),
    ).toHaveLength(2);
  });

  it('takes a new epoch, and nothing of the old one afterwards', async () => {
    rig = await Rig.create();
    const old = rig.plane.full({ version: 50 });
    rig.plane.epoch = 2;
    rig.plane.version = 1;
    rig.plane.send('snapshot', rig.plane.full());
    await eventually(
      'the new epoch',
      async () => (await rig.ready()).epoch === 2,
    );
    rig.plane.send('snapshot', old);
    await eventually(
      'the alarm',
      async () => (await rig.ready()).lastAlarm?.code === 'epoch-regressed',
    );
    expect((await rig.ready()).epoch).toBe(2);
  });

  it('goes on without the control plane, and catches up when it is back', async () => {
    rig = await Rig.create();
    await rig.plane.close();
    expect(await status()).toBe(200);
    rig.plane.content = { ...rig.plane.content, ...without('g-chat') };
    rig.plane.version = 2;
    await rig.plane.listen();
    await version(2);
    expect(await status()).toBe(403);
  });

  it('restarts from disk without the control plane, deltas and heartbeats included', async () => {
    rig = await Rig.create();
    rig.plane.change(without('g-chat'));
    await version(2);
    rig.plane.maxAgeMs = 2_000_000;
    rig.plane.send('heartbeat', rig.plane.heartbeat());
    await eventually(
      'it is prolonged',
      async () =>
        Date.parse((await rig.ready()).notAfter) > Date.now() + 1_000_000,
    );
    await rig.gateway.stop();
    await rig.plane.close();
    rig.ahead = 950_000;
    await rig.start(false);
    expect([await status(), await status('acme/embed')]).toEqual([403, 200]);
    expect(await rig.ready()).toMatchObject({ ready: true, version: 2 });
  });

  it('does not take an older or changed snapshot from disk', async () => {
    rig = await Rig.create();
    const stored = path.join(rig.stateDir, 'snapshot.json');
    const old = fs.readFileSync(stored);
    rig.plane.version = 4;
    rig.plane.send('snapshot', rig.plane.full());
    await version(4);
    await rig.gateway.stop();
    await rig.plane.close();
    const good = fs.readFileSync(stored, 'utf8');

    fs.writeFileSync(stored, old);
    await rig.start(false);
    expect([
      await status(),
      await code(),
      (await rig.ready()).lastAlarm?.code,
    ]).toEqual([503, 'no_snapshot', 'stored-snapshot-refused']);
    await rig.gateway.stop();

    fs.writeFileSync(stored, good.replace('acme/chat', 'acme/evil'));
    await rig.start(false);
    expect(await status()).toBe(503);
    await rig.gateway.stop();

    fs.writeFileSync(stored, good);
    await rig.start(false);
    expect(await status()).toBe(200);
  });

  it('keeps its files to itself', async () => {
    rig = await Rig.create();
    for (const name of fs.readdirSync(rig.stateDir, { recursive: true })) {
      const it = fs.statSync(path.join(rig.stateDir, String(name)));
      expect([name, it.mode % 0o1000]).toEqual([
        name,
        it.isDirectory() ? 0o700 : 0o600,
      ]);
    }
    expect(fs.readdirSync(rig.stateDir)).toContain('identity.json');
  });

  it('enrols once and tries each replica in turn', async () => {
    rig = await Rig.create({ extraUrls: ['http://127.0.0.1:1'] });
    expect(await status()).toBe(200);
    await rig.gateway.stop();
    await rig.start();
    expect(rig.plane.requests.filter(it => it.endsWith('/enrol'))).toHaveLength(
      1,
    );
  });

  it('says when the control plane refuses it', async () => {
    rig = await Rig.create();
    rig.plane.fault = 401;
    await rig.gateway.stop();
    await rig.start(false);
    await eventually(
      'the alarm',
      async () => (await rig.ready()).lastAlarm?.code === 'identity-refused',
    );
    expect(await status()).toBe(200);
  });

  it('lets calls in progress end when it stops', async () => {
    rig = await Rig.create();
    const answer = await fetch(`${rig.url}/v1/chat/completions`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${secretOf('strict')}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({
        model: 'acme/chat',
        stream: true,
        messages: [{ role: 'user', content: 'word '.repeat(100) }],
      }),
    });
    const stopped = rig.gateway.stop();
    expect(await answer.text()).toMatch(/data: \[DONE\]\n\n$/);
    await stopped;
    await expect(fetch(`${rig.url}/healthz`)).rejects.toThrow();
  });
});
