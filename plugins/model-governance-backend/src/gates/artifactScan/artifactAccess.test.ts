import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { migratedDatabase } from '../../__testUtils__';
import { safetensors } from './__testUtils__/artifacts';
import { startArtifacts } from './__testUtils__/startArtifacts';

jest.setTimeout(120_000);

describe('what the scan of artifacts may reach and take', () => {
  let world: Awaited<ReturnType<typeof startArtifacts>>;

  beforeAll(async () => {
    const { transactions } = await migratedDatabase('SQLITE_3');
    world = await startArtifacts(transactions);
    writeFileSync(join(world.folder, 'good.safetensors'), safetensors());
  });
  afterAll(() => world.stop());

  it.each([
    ['hf://org/model', 'not read here'],
    ['https://example.com/model.bin', 'allowedHosts'],
    ['ftp://example.com/model.bin', 'not read'],
    ['/etc/passwd', 'no address of an artifact'],
    ['file:///../../../etc/passwd', 'There is no /etc/passwd'],
    ['file:///out/x', 'There is no'],
    ['file:///out', 'leads out of the folder'],
    ['file://host/good.safetensors', 'no address of a file'],
  ])('reads nothing at %s, and does not try again', async (uri, words) => {
    const outcome = await world.open().evaluate({ uri });
    expect(outcome).toMatchObject({ verdict: 'error', isFinal: true });
    expect(outcome.summary).toContain(words);
  });

  it('reaches no private address unless it is listed', async () => {
    world.served.set('/good.safetensors', safetensors());
    const access = {
      schemes: ['https' as const],
      hosts: [world.host],
      plainHosts: [world.host],
    };
    const outcome = await world.open({ access }).evaluate({
      uri: `http://${world.host}/good.safetensors`,
    });
    expect(outcome).toMatchObject({ verdict: 'error', isFinal: true });
    expect(outcome.summary).toContain('not public');
  });

  it('reads no files without a folder', async () => {
    const outcome = await world.open({ folder: undefined }).evaluate({
      uri: 'file:///good.safetensors',
    });
    expect(outcome).toMatchObject({ verdict: 'error', isFinal: true });
    expect(outcome.summary).toContain('modelGovernance.artifacts.folder');
  });

  it('says what to do when a server has no such file', async () => {
    const outcome = await world
      .open()
      .evaluate({ uri: `http://${world.host}/gone.bin` });
    expect(outcome).toMatchObject({ verdict: 'error', isFinal: true });
    expect(outcome.summary).toContain("model's YAML");
  });

  it('survives what outgrows its thread', async () => {
    const outcome = await world.open({ memoryMiB: 4 }).evaluate({
      uri: 'file:///good.safetensors',
    });
    expect(outcome).toMatchObject({ verdict: 'error', isFinal: true });
    expect(outcome.summary).toContain('more than 4 MiB');
  });

  it('ends what takes too long', async () => {
    const outcome = await world
      .open({ timeoutSeconds: 0.001 })
      .evaluate({ uri: 'file:///good.safetensors' });
    expect(outcome).toMatchObject({ verdict: 'error', isFinal: true });
    expect(outcome.summary).toContain('timeoutMinutes');
  });

  it('ends the thread when nobody waits any more', async () => {
    const aborting = new AbortController();
    const { evaluate } = world.open();
    const answer = evaluate(
      { uri: 'file:///good.safetensors' },
      {},
      { signal: aborting.signal },
    );
    aborting.abort(new Error('withdrawn'));
    await expect(answer).rejects.toThrow('withdrawn');
  });
});
