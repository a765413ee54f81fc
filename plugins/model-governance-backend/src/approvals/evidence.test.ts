import type { TestDatabaseId } from '@backstage/backend-test-utils';
import { sha256Hex } from '@modelhub/governance-protocol';
import {
  createPortalWorld,
  databaseIds,
  startPortal,
  type PortalWorld,
} from '../__testUtils__';

jest.setTimeout(60_000);

const page = '<script>alert(1)</script>';

describe.each(databaseIds)('evidence on %s', (databaseId: TestDatabaseId) => {
  let world: PortalWorld;
  let portal: Awaited<ReturnType<typeof startPortal>>;

  beforeAll(async () => {
    world = await createPortalWorld(databaseId);
    world.files = [{ name: 'report.html', mediaType: 'text/html', text: page }];
    portal = await startPortal(world);
  });
  afterAll(() => portal.stop());

  it('is handed out to those who may read the approval, never as a page, and named by the ledger', async () => {
    const { body: created } = await portal.as('dana').post('/approvals', {
      entityRef: 'model:meta/llama',
      modelVersion: '1.0',
      tier: 'internal',
      purpose: 'support',
      profile: 'care',
      justification: 'Answers of the desk.',
      submit: true,
    });
    await portal.settle();
    const detail = await portal.as('dana').get(`/approvals/${created.id}`);
    const sha256 = sha256Hex(page);
    const [gate] = detail.body.gates;
    expect(gate.files).toEqual([
      {
        name: 'report.html',
        mediaType: 'text/html',
        sizeBytes: page.length,
        sha256,
      },
    ]);

    const path = `/approvals/${created.id}/gates/probe/evidence`;
    const answer = await portal.as('dana').get(`${path}/report.html`);
    expect(answer.status).toBe(200);
    expect(answer.text).toBe(page);
    expect(answer.headers).toMatchObject({
      'content-disposition': 'attachment; filename="report.html"',
      'x-content-type-options': 'nosniff',
      etag: `"${sha256}"`,
    });
    expect((await portal.as('dana').get(`${path}/other`)).status).toBe(404);

    world.permit = permission => permission !== 'model.approval.read';
    const refused = await portal.as('dana').get(`${path}/report.html`);
    expect(refused.status).toBe(404);
    expect(refused.text).not.toContain('script');
    world.permit = () => true;

    const { body: ledger } = await portal
      .as('ada')
      .get('/ledger?type=gate.evidence-filed');
    expect(ledger.items).toMatchObject([
      {
        summary: 'The check “probe” left evidence: report.html.',
        entityRef: 'model:meta/llama',
        payload: {
          digest: gate.evidenceDigest,
          files: { 'report.html': `sha256:${sha256}` },
        },
      },
    ]);
    const { body: verified } = await portal
      .as('ada')
      .get('/ledger/verification');
    expect(verified).toMatchObject({ ok: true });
  });
});
