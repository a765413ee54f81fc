import { sha256Hex } from '@modelhub/governance-protocol';
import { Rig } from './__testUtils__/rig';
import { ScriptedProvider, sendJson } from './__testUtils__/ScriptedProvider';
import { secretOf, someContent } from './__testUtils__/TestControlPlane';
import { CALL_ROUTES } from './routes/callRoutes';

// Every route, as every kind of caller, for a model in every state.
jest.setTimeout(120_000);

const ROUTES = [...CALL_ROUTES.values()];

/** Callers, by who they are. */
const CALLERS: Array<[string, string | undefined]> = [
  ['a member with a key', secretOf('strict')],
  ['a key of another purpose', secretOf('other-purpose')],
  ['a key of a higher tier', secretOf('high')],
  ['a key of a profile that only observes', secretOf('watched')],
  ['a key of a profile that only warns', secretOf('warned')],
  ['a key whose profile is gone', secretOf('orphan')],
  ['a key that has ended', secretOf('expired')],
  ['a key that nobody issued', secretOf('nobody')],
  ['a secret of another kind', 'sk-1'],
  ['nobody', undefined],
];

/** Models, by the state that they are in. */
const STATES: Array<[string, string]> = [
  ['approved', 'acme/chat'],
  ['approved, by its version', 'acme/chat@1.0'],
  ['deprecated', 'acme/old'],
  ['approved once', 'acme/past'],
  ['approved in another version', 'acme/chat@2.0'],
  ['not approved', 'acme/unapproved'],
  ['retired', 'acme/gone'],
  ['unknown', 'acme/nothing'],
  ['written another way', 'ACME/chat'],
  ['a pattern', 'acme/*'],
];

const OPEN = new Set(['acme/chat', 'acme/chat@1.0', 'acme/old']);

/** What the design says: everything that is not approved is refused. */
function expected(caller: string, model: string): number {
  switch (caller) {
    case 'a key whose profile is gone':
    case 'a key of another purpose':
    case 'a key of a higher tier':
      return 403;
    case 'a member with a key':
      return OPEN.has(model) ? 200 : 403;
    case 'a key of a profile that only observes':
    case 'a key of a profile that only warns':
      return 200;
    default:
      return 401;
  }
}

function content() {
  const some = someContent();
  const [strict] = some.keys;
  const [chat] = some.grants;
  return {
    ...some,
    models: [
      ...some.models,
      { ...some.models[0], gatewayId: 'acme/past', entityRef: 'model:a/past' },
    ],
    keys: [
      ...some.keys,
      {
        ...strict,
        id: 'orphan',
        hash: sha256Hex(secretOf('orphan')),
        profile: 'gone',
      },
    ],
    grants: [
      ...some.grants,
      {
        ...chat,
        id: 'g-past',
        gatewayId: 'acme/past',
        expiresAt: new Date(Date.now() - 60_000).toISOString(),
      },
    ],
  };
}

describe('every route', () => {
  let rig: Rig;
  let provider: ScriptedProvider;
  beforeAll(async () => {
    provider = await ScriptedProvider.create((_, res) =>
      sendJson(res, { ok: true }),
    );
    rig = await Rig.create({
      content: content(),
      providers: [
        {
          name: 'acme',
          match: '*',
          baseUrl: provider.url,
          apis: ['openai', 'anthropic'],
        },
      ],
    });
  });
  afterAll(async () => {
    await rig.stop();
    await provider.stop();
  });

  const ask = async (
    path: string,
    takes: string,
    secret: string | undefined,
    model: string,
  ) => {
    const form = new FormData();
    form.set('model', model);
    form.set('file', new Blob(['x']), 'a.wav');
    const isForm = takes === 'multipart';
    const answer = await fetch(`${rig.url}${path}`, {
      method: 'POST',
      headers: {
        ...(secret && { authorization: `Bearer ${secret}` }),
        ...(!isForm && { 'content-type': 'application/json' }),
      },
      body: isForm ? form : JSON.stringify({ model, messages: [] }),
    });
    await answer.arrayBuffer();
    return answer.status;
  };

  it.each(CALLERS)(
    'answers %s as each model allows',
    async (caller, secret) => {
      for (const { path, takes } of ROUTES) {
        const before = provider.received.length;
        const got: Array<[string, number]> = [];
        const wanted: Array<[string, number]> = [];
        for (const [state, model] of STATES) {
          got.push([state, await ask(path, takes, secret, model)]);
          wanted.push([state, expected(caller, model)]);
        }
        expect([path, got]).toEqual([path, wanted]);
        // What was refused came to no provider.
        expect(provider.received.length - before).toBe(
          wanted.filter(([, status]) => status === 200).length,
        );
      }
    },
  );

  it.each(CALLERS)(
    'lists to %s what it would let through',
    async (caller, secret) => {
      const answer = await fetch(`${rig.url}/v1/models`, {
        headers: secret ? { authorization: `Bearer ${secret}` } : {},
      });
      const { data = [] } = await answer.json();
      const ids: string[] = data.map(({ id }: { id: string }) => id);
      const status = expected(caller, 'acme/nothing');
      expect(answer.status).toBe(status === 401 ? 401 : 200);
      for (const [, model] of STATES.filter(([, it]) => !it.includes('@'))) {
        const isLet =
          expected(caller, model) === 200 && !/nothing|ACME|\*/.test(model);
        expect([model, ids.includes(model)]).toEqual([model, isLet]);
      }
    },
  );
});
