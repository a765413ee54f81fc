import express from 'express';
import type { AddressInfo } from 'node:net';
import { readJsonBody } from './readJsonBody';

const open = async () => {
  const app = express();
  app.use(readJsonBody({ limit: 20 }));
  app.post('/', (req, res) => {
    res.json(req.body);
  });
  app.get('/', (_req, res) => {
    res.json({});
  });
  const server = app.listen(0);
  const { port } = server.address() as AddressInfo;
  const post = (body: string, type = 'application/json') =>
    fetch(`http://localhost:${port}/`, {
      method: 'POST',
      body,
      headers: { 'content-type': type },
    });
  const get = (path: string) => fetch(`http://localhost:${port}${path}`);
  return { post, get, close: () => server.close() };
};

it('reads what is short enough', async () => {
  const { post, close } = await open();
  const answer = await post('{"a":1}');
  expect([answer.status, await answer.json()]).toEqual([200, { a: 1 }]);
  close();
});

it.each([
  [413, 'larger than 20 bytes', `{"a":"${'x'.repeat(20)}"}`, undefined],
  [415, 'UTF-8', '{"a":1}', 'application/json; charset=klingon'],
])('answers %d: %s', async (status, message, body, type) => {
  const { post, close } = await open();
  const answer = await post(body, type);
  expect(answer.status).toBe(status);
  expect(await answer.json()).toMatchObject({
    error: { message: expect.stringContaining(message) },
    request: { method: 'POST', url: '/' },
    response: { statusCode: status },
  });
  close();
});

it.each([
  '{"a":"x\\u0000"}',
  '{"a\\u0000":1}',
  '{"a":"\\ud800"}',
  '[["\\udc00"]]',
])('refuses texts that nothing keeps: %s', async body => {
  const { post, close } = await open();
  expect((await post(body)).status).toBe(400);
  close();
});

it('takes whole characters, and no NUL in the address', async () => {
  const { post, get, close } = await open();
  expect(await (await post('{"a":"\\ud83d\\ude00"}')).json()).toEqual({
    a: '😀',
  });
  expect((await get('/?q=%00')).status).not.toBe(200);
  expect((await get('/?q=%20')).status).toBe(200);
  close();
});

it('leaves what is no JSON to the error handler', async () => {
  const { post, close } = await open();
  expect((await post('{')).status).toBe(400);
  close();
});
