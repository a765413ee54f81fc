import {
  PersonaIdentity,
  rememberPersona,
  rememberedPersona,
} from './personas';

const discoveryApi = {
  getBaseUrl: async (id: string) => `http://localhost:7007/api/${id}`,
};

const session = (token: string, expiresInSeconds: number) => ({
  profile: { displayName: 'Dana Developer' },
  backstageIdentity: {
    token,
    expiresInSeconds,
    identity: {
      type: 'user',
      userEntityRef: 'user:default/dana',
      ownershipEntityRefs: ['user:default/dana'],
    },
  },
});

describe('PersonaIdentity', () => {
  const realFetch = global.fetch;

  afterEach(() => {
    global.fetch = realFetch;
    jest.useRealTimers();
  });

  it('keeps its token until shortly before the end, then renews it once', async () => {
    jest.useFakeTimers();
    const asked: string[] = [];
    global.fetch = async (url, init) => {
      asked.push(
        `${url} ${new Headers(init?.headers).get('x-modelhub-persona')}`,
      );
      return Response.json(session(`token-${asked.length}`, 3600));
    };
    const identity = await PersonaIdentity.create(
      discoveryApi,
      'user:default/dana',
    );
    jest.advanceTimersByTime(54 * 60_000);
    expect(await identity.getCredentials()).toEqual({ token: 'token-1' });
    jest.advanceTimersByTime(2 * 60_000);
    const [credentials, profile] = await Promise.all([
      identity.getCredentials(),
      identity.getProfileInfo(),
    ]);
    expect(credentials).toEqual({ token: 'token-2' });
    expect(profile.displayName).toBe('Dana Developer');
    expect(asked).toEqual([
      'http://localhost:7007/api/auth/persona/refresh user:default/dana',
      'http://localhost:7007/api/auth/persona/refresh user:default/dana',
    ]);
  });

  it('does not keep a refusal', async () => {
    let refuse = false;
    global.fetch = async () =>
      refuse
        ? Response.json(
            { error: { name: 'NotFoundError', message: 'User not found' } },
            { status: 404 },
          )
        : Response.json(session('token', 0));
    const identity = await PersonaIdentity.create(
      discoveryApi,
      'user:default/dana',
    );
    refuse = true;
    await expect(identity.getCredentials()).rejects.toThrow(/404/);
    refuse = false;
    expect(await identity.getCredentials()).toEqual({ token: 'token' });
  });
});

describe('the remembered person', () => {
  beforeEach(() => {
    window.sessionStorage.clear();
    window.localStorage.clear();
  });

  it('is the tab’s own before the last one of any tab', () => {
    rememberPersona('user:default/dana');
    window.localStorage.setItem('modelhub.persona', 'user:default/lee');
    expect(rememberedPersona()).toBe('user:default/dana');
    window.sessionStorage.clear();
    expect(rememberedPersona()).toBe('user:default/lee');
  });

  it('is forgotten on request', () => {
    rememberPersona('user:default/dana');
    rememberPersona(undefined);
    expect(rememberedPersona()).toBeUndefined();
  });
});
