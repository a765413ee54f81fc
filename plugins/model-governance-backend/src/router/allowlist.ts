import type {
  AuditorService,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { audited } from '@modelhub/backstage-plugin-models-node';
import type { SignedSnapshot } from '@modelhub/governance-protocol';
import type { Response } from 'express';
import type {
  AllowlistPublisher,
  AllowlistService,
  Subscriber,
} from '../allowlist';
import { FEATURES_HEADER, knows, type GatewayAuthenticator } from '../gateways';
import type { OnlineRoom } from '../online';
import type { OpenapiRouter } from '../schema/openapi.generated';

/** What waits for a gateway that does not read; beyond it the gateway has to come back. */
const MOST_WAITING_BYTES = 8 * 1024 * 1024;

const eventNames = {
  full: 'snapshot',
  delta: 'delta',
  heartbeat: 'heartbeat',
} as const;

/** Server-sent events over a response that the root router would compress. */
function eventStream(
  gateway: Omit<Subscriber, 'send' | 'close'>,
  res: Response,
): Subscriber {
  const write = (text: string) => {
    if (res.writableLength > MOST_WAITING_BYTES) {
      res.destroy();
      return;
    }
    res.write(text);
    // Added by the compression middleware.
    (res as Response & { flush?(): void }).flush?.();
  };
  return {
    ...gateway,
    send: (signed: SignedSnapshot) => {
      if (!res.headersSent) {
        res.writeHead(200, {
          'content-type': 'text/event-stream',
          'cache-control': 'no-transform, no-store',
          connection: 'keep-alive',
          'x-accel-buffering': 'no',
        });
      }
      const { kind, header } = signed.payload;
      write(
        `event: ${eventNames[kind]}\nid: ${
          header.version
        }\ndata: ${JSON.stringify(signed)}\n\n`,
      );
    },
    close: () => res.end(),
  };
}

/** Adds the allowlist for people, and snapshots for gateways. */
export function addAllowlistRoutes(
  router: OpenapiRouter,
  deps: {
    allowlist: AllowlistService;
    publisher: AllowlistPublisher;
    authenticator: GatewayAuthenticator;
    httpAuth: HttpAuthService;
    auditor: AuditorService;
    gatewayComes: OnlineRoom['gatewayComes'];
  },
): void {
  const { allowlist, publisher, authenticator, httpAuth, auditor } = deps;
  const recognised = async (
    req: Parameters<GatewayAuthenticator['authenticate']>[0],
  ) => {
    const gateway = await authenticator.authenticate(req);
    const features = String(req.headers[FEATURES_HEADER] ?? '');
    await deps.gatewayComes(gateway, features);
    return {
      gatewayId: gateway.id,
      knowsEndpoints: knows(features, 'endpoint-keys'),
    };
  };
  const anyone = { allow: ['user' as const, 'service' as const] };

  router.get('/allowlist', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await allowlist.read(credentials));
  });

  router.post('/allowlist/epoch', async (req, res) => {
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    const answer = await audited(
      auditor,
      {
        eventId: 'allowlist-epoch-raise',
        severityLevel: 'critical',
        request: req,
      },
      () =>
        allowlist.raiseEpoch(
          credentials,
          req.body,
          req.header('idempotency-key'),
        ),
    );
    res.json(answer);
  });

  router.get('/allowlist/snapshot', async (req, res) => {
    const signed = await publisher.snapshot(await recognised(req));
    res.setHeader('cache-control', 'no-transform, no-store');
    res.json({ ...signed });
  });

  router.get('/allowlist/stream', async (req, res) => {
    const gateway = await recognised(req);
    const subscriber = eventStream(gateway, res);
    res.on('close', () => publisher.unsubscribe(subscriber));
    await publisher.subscribe(subscriber, {
      version: asNumber(req.query.after),
      epoch: asNumber(req.query.epoch),
    });
    if (res.destroyed) publisher.unsubscribe(subscriber);
  });
}

/** Query parameters are texts unless the validator turned them into numbers. */
function asNumber(value: number | undefined): number | undefined {
  return value === undefined ? undefined : Number(value);
}
