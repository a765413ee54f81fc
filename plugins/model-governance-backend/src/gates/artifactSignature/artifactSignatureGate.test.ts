import type { JsonObject } from '@backstage/types';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { gateSubject } from '../__testUtils__/gateSubject';
import {
  CONFIG,
  pem,
  privateKey,
  publicKey,
  signedModels,
  weights,
  whole,
} from './__testUtils__/signedModels';
import {
  bundleOf,
  envelopeOf,
  keyMaterial,
  resource,
  sha256,
  statementOf,
  type Resource,
} from './__testUtils__/signing';

const { write, signed, writeModel, open, evaluate, folder, host } =
  signedModels();

describe('a model with model.sig', () => {
  it('passes where a trusted key signed all its files', async () => {
    writeModel(signed(whole));
    const outcome = await evaluate();
    expect(outcome).toMatchObject({
      verdict: 'pass',
      summary: 'release signed all 2 files, and they are what was signed.',
      findings: [],
      evidence: {
        verified: true,
        digest: expect.stringMatching(/^sha256:/),
        signature: {
          format: 'openssf-model-signing',
          from: 'model.sig',
          modelName: 'tiny',
          signer: { kind: 'key', name: 'release' },
        },
        counts: { matches: 2, differs: 0, unsigned: 0 },
        trusted: ['release'],
      },
      files: [{ name: 'signature.sigstore.json' }],
    });
  });

  it.each<[string, () => void, string[]]>([
    [
      'a file is another one',
      () => write('tiny/config.json', '{"model_type":"other"}'),
      ['files-differs'],
    ],
    [
      'a file is gone',
      () => rmSync(join(folder(), 'tiny/config.json')),
      ['files-missing'],
    ],
    [
      'a file came later',
      () => write('tiny/hook.py', 'print(1)'),
      ['files-unsigned'],
    ],
  ])('fails where %s', async (_, change, ids) => {
    writeModel(signed(whole));
    change();
    const outcome = await evaluate();
    expect(outcome.verdict).toBe('fail');
    expect(outcome.ids).toEqual(ids);
    expect(outcome.findings[0].howToFix).toBeTruthy();
    expect(outcome.evidence?.verified).toBe(false);
  });

  it('may hold files that the signer or the policy leaves out', async () => {
    writeModel(signed(whole, { ignore_paths: ['notes', 'model.sig'] }));
    write('tiny/notes/a.txt', 'a');
    write('tiny/.gitattributes', '');
    write('tiny/README.md', '# Tiny');
    expect((await evaluate()).ids).toEqual(['files-unsigned', 'files-ignored']);
    const outcome = await evaluate({ unsignedFiles: ['*.md'] });
    expect(outcome.verdict).toBe('pass');
    expect(outcome.ids).toEqual(['files-ignored']);
    expect(outcome.evidence?.counts.ignored).toBe(3);
  });

  it.each([
    [{}, 'fail', 'high'],
    [{ onUnsigned: 'warn' }, 'warn', 'medium'],
  ])('that is missing, with %j: %s', async (params, verdict, severity) => {
    writeModel();
    expect(await evaluate(params)).toMatchObject({
      verdict,
      findings: [
        {
          id: 'unsigned',
          severity,
          howToFix: expect.stringContaining('model_signing sign'),
        },
      ],
      evidence: { verified: false, files: [] },
    });
  });

  it.each<[string, string, string]>([
    ['is no bundle', 'hello', 'signature-broken'],
    [
      'does not add up',
      bundleOf(
        keyMaterial(publicKey),
        envelopeOf(
          {
            ...statementOf(whole),
            subject: [{ name: 'x', digest: { sha256: sha256('') } }],
          },
          privateKey,
        ),
      ),
      'manifest-broken',
    ],
    [
      'is about something else',
      bundleOf(
        keyMaterial(publicKey),
        envelopeOf(
          { ...statementOf(whole), predicateType: 'https://slsa.dev/v1' },
          privateKey,
        ),
      ),
      'manifest-broken',
    ],
    [
      'leads out of the model',
      signed([resource('../secret', 'x')]),
      'manifest-broken',
    ],
    ['lists a file twice', signed([whole[0], whole[0]]), 'manifest-broken'],
  ])('that %s fails', async (_, signature, id) => {
    writeModel(signature);
    const outcome = await evaluate();
    expect(outcome.verdict).toBe('fail');
    expect(outcome.ids).toEqual([id]);
  });

  it('counts only by those whom the policy names', async () => {
    writeModel(signed(whole));
    const other = generateKeyPairSync('ed25519').publicKey;
    const signatures = {
      keys: [
        { name: 'release', publicKey: pem },
        {
          name: 'security',
          publicKey: String(other.export({ type: 'spki', format: 'pem' })),
        },
      ],
    };
    const by = (trusted: string[]) => evaluate({ trusted }, { signatures });
    expect((await by(['release'])).verdict).toBe('pass');
    expect((await by(['security'])).ids).toEqual(['key-untrusted']);
    expect((await by(['nobody'])).verdict).toBe('error');
  });

  it('needs somebody to trust', async () => {
    writeModel(signed(whole));
    expect(await evaluate({}, { signatures: {} })).toMatchObject({
      verdict: 'error',
      isFinal: true,
      summary: expect.stringContaining('modelGovernance.signatures'),
    });
  });

  it('waits for Sigstore only where it has to be asked', async () => {
    const root = generateKeyPairSync('ed25519').publicKey;
    write('root.json', String(root.export({ type: 'spki', format: 'pem' })));
    const signatures = {
      keys: [{ name: 'release', publicKey: pem }],
      sigstore: {
        tuf: {
          enabled: true,
          mirrorUrl: `http://${host()}/tuf`,
          rootFile: join(folder(), 'root.json'),
          cacheFolder: join(folder(), 'cache'),
        },
      },
    };
    writeModel(signed(whole));
    expect((await evaluate({}, { signatures })).verdict).toBe('pass');
    const witnessed = JSON.parse(signed(whole));
    witnessed.verificationMaterial.timestampVerificationData = {};
    writeModel(JSON.stringify(witnessed));
    const outcome = await evaluate({}, { signatures });
    expect(outcome.verdict).toBe('error');
    expect(outcome.isFinal).toBeUndefined();
    expect(outcome.summary).toContain('trusted root cannot be had');
  });

  it('needs a time where the policy asks for one', async () => {
    writeModel(signed(whole));
    const outcome = await evaluate({ requireTimestamp: true });
    expect(outcome.verdict).toBe('fail');
    expect(outcome.ids).toEqual(['timestamp-missing']);
  });
});

describe('digests that the scan does not have', () => {
  const part = (from: number, to: number, algorithm = 'sha256') => ({
    name: `model.safetensors:${from}:${to}`,
    algorithm,
    digest: createHash(algorithm === 'sha256' ? 'sha256' : 'blake2b512')
      .update(weights.subarray(from, to))
      .digest('hex'),
  });
  const end = weights.length;
  const small = resource('config.json', CONFIG);
  small.name = `config.json:0:${CONFIG.length}`;

  it.each<[string, Resource[], object, string[]]>([
    [
      'parts of files',
      [small, part(0, 10), part(10, end)],
      { method: 'shards', shard_size: 10 },
      [],
    ],
    [
      'parts that leave something out',
      [small, part(0, 10), part(12, end)],
      { method: 'shards' },
      ['files-differs'],
    ],
    [
      'parts that end too early',
      [small, part(0, 10)],
      { method: 'shards' },
      ['files-differs'],
    ],
    [
      'BLAKE2b',
      [whole[0], { ...part(0, end, 'blake2b'), name: 'model.safetensors' }],
      { hash_type: 'blake2b' },
      [],
    ],
    [
      'an algorithm that nobody knows',
      [whole[0], { ...whole[1], algorithm: 'md6' }],
      {},
      ['files-differs'],
    ],
  ])('%s', async (_, resources, serialization, ids) => {
    writeModel(signed(resources, serialization));
    expect((await evaluate()).ids).toEqual(ids);
  });
});

describe('a model that is one file', () => {
  it.each([
    ['model.safetensors.sig', '.'],
    ['model.sig', 'model.safetensors'],
  ])('is signed by %s beside it, as %s', async (file, name) => {
    write('model.safetensors', weights);
    const artifact = { uri: 'file:///model.safetensors' };
    expect((await evaluate({}, { artifact })).ids).toEqual(['unsigned']);
    write(file, signed([resource(name, weights)]));
    const outcome = await evaluate({}, { artifact });
    expect(outcome.verdict).toBe('pass');
    expect(outcome.summary).toContain('signed the file');
  });
});

describe('an artifact that cannot be read', () => {
  it.each([
    ['file:///none', 'There is no'],
    ['https://elsewhere.example/m.safetensors', 'allowedHosts'],
  ])('%s', async (uri, words) => {
    expect(await evaluate({}, { artifact: { uri } })).toMatchObject({
      verdict: 'error',
      isFinal: true,
      summary: expect.stringContaining(words),
    });
  });
});

it.each<[JsonObject, string]>([
  [{ onUnsigned: 'pass' }, 'must be equal to one of'],
  [{ trusted: [] }, 'fewer than 1'],
  [{ signers: ['a'] }, 'additional properties'],
])('refuses the parameters %j', (params, message) => {
  expect(() => open({}).validateParams?.(params)).toThrow(message);
});

it('asks again when somebody else is trusted', () => {
  const key = (signatures: object) =>
    open(signatures).cacheKey?.(gateSubject());
  expect(key({})).not.toBe(key({ keys: [{ name: 'a', publicKey: pem }] }));
});

it('does not apply to what a provider runs', () => {
  expect(open({}).appliesTo(gateSubject(), {})).toBe(false);
});
