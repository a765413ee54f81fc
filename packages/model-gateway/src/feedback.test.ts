import { Rig } from './__testUtils__/rig';
import { secretOf } from './__testUtils__/TestControlPlane';
import { ANSWER_ID_HEADER } from './signals/AnswerIds';

jest.setTimeout(30_000);

describe('feedback of callers', () => {
  let rig: Rig;
  let id: string;

  beforeAll(async () => {
    rig = await Rig.create();
    const { status, headers } = await rig.chat(secretOf('strict'), {
      model: 'acme/chat',
    });
    if (status !== 200) throw new Error(`The call was answered ${status}`);
    id = headers.get(ANSWER_ID_HEADER) ?? '';
  });
  afterAll(() => rig.stop());

  const say = async (body: object | string, secret = secretOf('strict')) => {
    const answer = await fetch(`${rig.url}/v1/feedback`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${secret}`,
        'content-type': 'application/json',
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    const { error } = await answer.json();
    return `${answer.status}${error ? ` ${error.code}` : ''}`;
  };

  it('is taken for an answer of the same key', async () => {
    expect(id).not.toBe('');
    expect(await say({ id, score: 0.5 })).toBe('202');
    expect(await say({ id, thumbs: 'down' })).toBe('202');
  });

  it.each([
    [{ score: 1 }, '404 unknown_answer'],
    [{ id: 'made.up', score: 1 }, '404 unknown_answer'],
    [{ score: 2 }, '400 invalid_score'],
    [{ thumbs: 'sideways' }, '400 invalid_score'],
    ['no json', '400 invalid_body'],
  ])('%j: %s', async (body, said) => {
    expect(await say(body)).toBe(said);
  });

  it('is not taken with another key, or with none', async () => {
    expect(await say({ id, score: 1 }, secretOf('watched'))).toBe(
      '404 unknown_answer',
    );
    expect(await say({ id, score: 1 }, secretOf('nobody'))).toMatch(/^401/);
  });
});
