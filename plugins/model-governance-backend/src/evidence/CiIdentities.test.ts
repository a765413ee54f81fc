import { mockServices } from '@backstage/backend-test-utils';
import type { JWTPayload } from 'jose';
import { TestClock } from '@modelhub/backstage-plugin-models-node/testUtils';
import { startCiSystem } from './__testUtils__/ciSystem';
import { CiIdentities } from './CiIdentities';

let ci: Awaited<ReturnType<typeof startCiSystem>>;
beforeAll(async () => {
  ci = await startCiSystem();
});
afterAll(() => ci.stop());

const clock = new TestClock();
const identities = (more: { jwksUri?: string } = {}) =>
  CiIdentities.create({
    clock,
    logger: mockServices.logger.mock(),
    issuers: [
      {
        issuer: ci.issuer,
        audience: 'https://hub',
        pipelines: [
          {
            claims: { repository: 'acme/evals', ref: 'refs/heads/*' },
            models: ['model:meta/*'],
            gates: ['score'],
            owner: 'group:default/ml-platform',
          },
        ],
        ...more,
      },
    ],
  });

it('knows a pipeline by what its CI system says', async () => {
  const idToken = await ci.idToken(clock.now(), { secret: { of: 'others' } });
  expect(await identities().verify(idToken)).toEqual({
    issuer: ci.issuer,
    claims: {
      iss: ci.issuer,
      sub: 'repo:acme/evals:ref:refs/heads/main',
      repository: 'acme/evals',
      ref: 'refs/heads/main',
      run_id: '4711',
    },
    expiresAt: new Date(clock.now().getTime() + 600_000).toISOString(),
    pipelines: [expect.objectContaining({ gates: ['score'] })],
  });
});

it.each<[string, JWTPayload, string]>([
  ['another audience', { aud: 'https://else' }, "audience 'https://hub'"],
  ['another repository', { repository: 'evil/evals' }, 'evil/evals'],
  ['a repository like it', { repository: 'acme/evals2' }, 'acme/evals2'],
  ['a pull request', { ref: 'refs/pull/1/merge' }, 'refs/pull/1/merge'],
  ['no repository', { repository: undefined }, 'repo:acme/evals'],
  ['another issuer', { iss: 'https://else' }, 'https://else is not trusted'],
  ['an end in the past', { exp: 1 }, 'has ended'],
])('refuses %s', async (_, claims, problem) => {
  const idToken = await ci.idToken(clock.now(), claims);
  await expect(identities().verify(idToken)).rejects.toThrow(problem);
});

it('refuses what somebody else signed, and what is no token', async () => {
  const forged = await ci.idToken(clock.now(), {}, { forged: true });
  await expect(identities().verify(forged)).rejects.toThrow('signature');
  await expect(identities().verify('a.b')).rejects.toThrow('is no JWT');
  const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${
    forged.split('.')[1]
  }.`;
  await expect(identities().verify(unsigned)).rejects.toThrow();
});

it('says that the keys are out of reach, which is no refusal', async () => {
  const idToken = await ci.idToken(clock.now());
  await expect(
    identities({ jwksUri: `${ci.issuer}/nothing` }).verify(idToken),
  ).rejects.toMatchObject({ name: 'ServiceUnavailableError' });
});
