import type {
  AuditorService,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import { audited } from '@modelhub/backstage-plugin-models-node';
import type { OpenapiRouter } from '../schema/openapi.generated';
import type { DefaultStepUpService, PasskeyService } from '../stepUp';

export interface PasskeyRouteDeps {
  passkeys: PasskeyService;
  service: DefaultStepUpService;
  httpAuth: HttpAuthService;
  auditor: AuditorService;
}

/** What the WebAuthn standard defines, and the API document leaves open. */
const open = (value: object) => value as Record<string, never>;

/** Adds passkeys, invitations to enrol them, and step-up challenges. */
export function addPasskeyRoutes(
  router: OpenapiRouter,
  deps: PasskeyRouteDeps,
): void {
  const { passkeys, service, httpAuth, auditor } = deps;
  const people = { allow: ['user' as const] };

  router.get('/passkeys', async (req, res) => {
    const credentials = await httpAuth.credentials(req, people);
    res.json(await passkeys.list(credentials));
  });

  router.get('/passkeys/invitations', async (req, res) => {
    const credentials = await httpAuth.credentials(req, people);
    res.json({ items: await passkeys.invitations(credentials) });
  });

  router.post('/passkeys/invitations', async (req, res) => {
    const credentials = await httpAuth.credentials(req, people);
    const { user } = req.body;
    const invitation = await audited(
      auditor,
      { eventId: 'passkey-invite', request: req, meta: { user } },
      () => passkeys.invite(credentials, user, req.header('idempotency-key')),
    );
    res.status(201).json(invitation);
  });

  router.post('/passkeys/registration/options', async (req, res) => {
    const credentials = await httpAuth.credentials(req, people);
    const options = await audited(
      auditor,
      { eventId: 'passkey-enrol-begin', request: req },
      () => passkeys.registrationOptions(credentials, req.body?.stepUp),
    );
    res.json(open(options));
  });

  router.post('/passkeys/registration', async (req, res) => {
    const credentials = await httpAuth.credentials(req, people);
    const passkey = await audited(
      auditor,
      { eventId: 'passkey-enrol', request: req, severityLevel: 'high' },
      () => passkeys.register(credentials, req.body),
    );
    res.status(201).json(passkey);
  });

  router.delete('/passkeys/:id', async (req, res) => {
    const credentials = await httpAuth.credentials(req, people);
    const { id } = req.params;
    await audited(
      auditor,
      {
        eventId: 'passkey-remove',
        request: req,
        severityLevel: 'high',
        meta: { id },
      },
      () => passkeys.remove(credentials, id, req.header('idempotency-key')),
    );
    res.status(204).end();
  });

  router.post('/step-up/challenges', async (req, res) => {
    const credentials = await httpAuth.credentials(req, people);
    const { challengeId, options } = await service.createChallenge(
      credentials,
      {
        action: req.body.action,
        payload: req.body.payload as JsonObject,
      },
    );
    res.status(201).json({ challengeId, options: open(options) });
  });
}
