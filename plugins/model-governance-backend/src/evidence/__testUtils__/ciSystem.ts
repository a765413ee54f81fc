import {
  exportJWK,
  generateKeyPair,
  SignJWT,
  type JWTPayload,
  type KeyLike,
} from 'jose';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** A CI system that gives identity tokens, over real HTTP. */
export async function startCiSystem() {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const stranger = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'RS256' };
  const server = http.createServer((req, res) => {
    const { port } = server.address() as AddressInfo;
    const issuer = `http://127.0.0.1:${port}`;
    const documents: Record<string, object> = {
      '/.well-known/openid-configuration': {
        issuer,
        jwks_uri: `${issuer}/jwks`,
      },
      '/jwks': { keys: [jwk] },
    };
    const found = documents[req.url ?? ''];
    res.writeHead(found ? 200 : 404, { 'content-type': 'application/json' });
    res.end(JSON.stringify(found ?? {}));
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    issuer,
    /** An identity token as a job gets it. */
    idToken: (
      now: Date,
      claims: JWTPayload = {},
      options: { forged?: boolean } = {},
    ) => {
      const seconds = Math.floor(now.getTime() / 1000);
      const key: KeyLike = options.forged ? stranger.privateKey : privateKey;
      return new SignJWT({
        iss: issuer,
        aud: 'https://hub',
        sub: 'repo:acme/evals:ref:refs/heads/main',
        repository: 'acme/evals',
        ref: 'refs/heads/main',
        run_id: '4711',
        iat: seconds,
        exp: seconds + 600,
        jti: Math.random().toString(36),
        ...claims,
      })
        .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
        .sign(key);
    },
    stop: () =>
      new Promise(resolve => {
        server.closeAllConnections();
        server.close(resolve);
      }),
  };
}
