import { sign } from 'node:crypto';
import {
  privateKey,
  publicKey,
  signedModels,
  weights,
} from './__testUtils__/signedModels';
import {
  bundleOf,
  envelopeOf,
  keyMaterial,
  sha256,
} from './__testUtils__/signing';

const { served, evaluate, host } = signedModels();

describe('an artifact in a registry', () => {
  const digestOf = (body: Buffer) => `sha256:${sha256(body)}`;
  const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
  const blob = (body: Buffer, mediaType: string, annotations?: object) => {
    served.set(`/v2/acme/tiny/blobs/${digestOf(body)}`, {
      body,
      type: 'application/octet-stream',
    });
    return {
      mediaType,
      digest: digestOf(body),
      size: body.length,
      ...(annotations && { annotations }),
    };
  };
  const push = (
    content: object,
    tag: string,
    type = MANIFEST,
  ): { digest: string; size: number } => {
    const body = Buffer.from(
      JSON.stringify({ schemaVersion: 2, mediaType: type, ...content }),
    );
    for (const name of [tag, digestOf(body)]) {
      served.set(`/v2/acme/tiny/manifests/${name}`, { body, type });
    }
    return { digest: digestOf(body), size: body.length };
  };
  const pushModel = () =>
    push(
      {
        config: blob(Buffer.from('{}'), 'application/vnd.oci.empty.v1+json'),
        layers: [
          blob(weights, 'application/octet-stream', {
            'org.opencontainers.image.title': 'model.safetensors',
          }),
        ],
      },
      'v1',
    ).digest;
  const artifact = () => ({ uri: `oci://${host()}/acme/tiny:v1` });

  /** As `cosign sign --key` pushes it without bundles. */
  const cosign = (digest: string, about = digest) => {
    const payload = Buffer.from(
      JSON.stringify({
        critical: {
          identity: { 'docker-reference': `${host()}/acme/tiny` },
          image: { 'docker-manifest-digest': about },
          type: 'cosign container image signature',
        },
        optional: null,
      }),
    );
    push(
      {
        config: blob(Buffer.from('{}'), 'application/vnd.oci.image.config'),
        layers: [
          blob(payload, 'application/vnd.dev.cosign.simplesigning.v1+json', {
            'dev.cosignproject.cosign/signature': sign(
              'sha256',
              payload,
              privateKey,
            ).toString('base64'),
          }),
        ],
      },
      `${digest.replace(':', '-')}.sig`,
    );
  };

  it('passes by the signature under its tag', async () => {
    const digest = pushModel();
    expect((await evaluate({}, { artifact: artifact() })).ids).toEqual([
      'unsigned',
    ]);
    cosign(digest);
    expect(await evaluate({}, { artifact: artifact() })).toMatchObject({
      verdict: 'pass',
      evidence: {
        digest,
        signature: {
          format: 'cosign',
          signer: { kind: 'key', name: 'release' },
        },
        files: [{ path: 'model.safetensors', standing: 'matches' }],
      },
    });
  });

  it('fails where the signature is about another artifact', async () => {
    cosign(pushModel(), `sha256:${'0'.repeat(64)}`);
    const outcome = await evaluate({}, { artifact: artifact() });
    expect(outcome.verdict).toBe('fail');
    expect(outcome.ids).toEqual(['digest-mismatch']);
  });

  it.each([
    ['referrers', (digest: string) => `referrers/${digest}`],
    [
      'a tag instead',
      (digest: string) => `manifests/${digest.replace(':', '-')}`,
    ],
  ])('passes by a bundle that %s names', async (_, pathOf) => {
    const digest = pushModel();
    const bundle = (about: string) =>
      Buffer.from(
        bundleOf(
          keyMaterial(publicKey),
          envelopeOf(
            {
              _type: 'https://in-toto.io/Statement/v1',
              subject: [{ name: '', digest: { sha256: about.slice(7) } }],
              predicateType: 'https://sigstore.dev/cosign/sign/v1',
              predicate: {},
            },
            privateKey,
          ),
        ),
      );
    const attach = (about: string) => {
      const type = 'application/vnd.dev.sigstore.bundle.v0.3+json';
      const manifest = push(
        { artifactType: type, layers: [blob(bundle(about), type)] },
        'bundle',
      );
      const index = 'application/vnd.oci.image.index.v1+json';
      served.set(`/v2/acme/tiny/${pathOf(digest)}`, {
        type: index,
        body: Buffer.from(
          JSON.stringify({
            schemaVersion: 2,
            mediaType: index,
            manifests: [
              { mediaType: MANIFEST, artifactType: type, ...manifest },
            ],
          }),
        ),
      });
    };
    attach(digest);
    const good = await evaluate({}, { artifact: artifact() });
    expect(good).toMatchObject({ verdict: 'pass', ids: [] });
    attach(`sha256:${'1'.repeat(64)}`);
    expect((await evaluate({}, { artifact: artifact() })).ids).toEqual([
      'digest-mismatch',
    ]);
  });
});
