import { InputError } from '@backstage/errors';
import {
  mockCredentials,
  type TestDatabaseId,
} from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import type { ModelGate } from '@modelhub/backstage-plugin-models-node';
import {
  evidenceKey,
  parseEvidenceToken,
  signEvidence,
  type EvidenceStatement,
} from '@modelhub/governance-protocol';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { createPortalWorld, startPortal, wanted } from '../../__testUtils__';

export const SCORE_TYPE = 'https://example.com/score/v1';

/** Waits for a score from outside, and passes from 90. */
export const scoreGate: ModelGate = {
  id: 'score',
  title: 'Score',
  version: '1',
  appliesTo: () => true,
  cacheKey: () => 'any',
  evidenceTypes: {
    [SCORE_TYPE]: ({ score }) => {
      if (typeof score !== 'number') {
        throw new InputError('score must be a number');
      }
    },
  },
  async evaluate(_subject, _params, { submittedEvidence }) {
    const [newest] = await submittedEvidence();
    if (!newest) {
      return {
        verdict: 'needs-evidence',
        summary: 'Nobody sent a score.',
        findings: [],
      };
    }
    const score = Number(newest.predicate.score);
    return {
      verdict: score >= 90 ? 'pass' : 'fail',
      summary: `The score is ${score}, by ${newest.submittedBy}.`,
      findings: [],
      evidence: { score, digest: newest.digest },
      files: [
        { name: 'score.txt', mediaType: 'text/plain', text: String(score) },
      ],
    };
  },
};

const SCORE = `
  score:
    required: true
    waiver: { by: [security], atMostDays: 14 }`;

const policy = (tier: string, signOffs: string, gates: string) => `
title: ${tier}
tier: ${tier}
scope: { organisation: true }
expiresAfterDays: 30
checkDeadlineHours: 24
snapshotMaxAgeSeconds: 900
breakGlass: { allowed: true, hours: 72 }
gates:${gates}
signOffs: ${signOffs}
`;

/** A portal whose tiers ask for a score, or for what `gates` says as YAML. */
export async function startEvidence(
  id: TestDatabaseId,
  evidence: JsonObject = {},
  gates: string = SCORE,
) {
  const world = await createPortalWorld(id);
  const path = mkdtempSync(join(tmpdir(), 'evidence-policies-'));
  writeFileSync(join(path, 'sandbox.yaml'), policy('sandbox', '{}', gates));
  for (const tier of ['internal', 'customer-facing', 'regulated']) {
    writeFileSync(
      join(path, `${tier}.yaml`),
      policy(
        tier,
        tier === 'regulated'
          ? '{ lead: { quorum: 1 }, risk: { quorum: 1, groups: [group:default/risk] } }'
          : '{ lead: { quorum: 1 } }',
        gates,
      ),
    );
  }
  world.gates = [scoreGate];
  world.config = { policies: { path }, evidence };
  const portal = await startPortal(world);
  const ask = async (more: object = {}, name = 'dana') => {
    const { body, status } = await portal
      .as(name)
      .post('/approvals', { ...wanted, ...more });
    if (status !== 201) throw new Error(body.error.message);
    await portal.settle();
    return portal.detail(body.id);
  };
  const issue = (name: string, more: object = {}, key?: string) =>
    portal.as(name).post(
      '/evidence/tokens',
      {
        name: 'nightly',
        entityRef: 'model:meta/llama',
        modelVersion: '1.0',
        gates: ['score'],
        ...more,
      },
      key,
    );
  /** An envelope as the command line makes it. */
  const sign = (
    token: string,
    predicate: object,
    changes: Partial<EvidenceStatement> = {},
  ) => {
    const {
      entityRef,
      modelVersion,
      pin,
      gates: of,
      seed,
    } = parseEvidenceToken(token);
    return signEvidence(
      {
        entityRef,
        modelVersion,
        pin,
        gate: of[0],
        nonce: randomUUID(),
        issuedAt: world.clock.now().toISOString(),
        predicateType: SCORE_TYPE,
        predicate: { ...predicate },
        ...changes,
      },
      evidenceKey(seed).privateKey,
    );
  };
  /** Without any credentials: the signature has to do. */
  const submit = (envelope: object) =>
    request(portal.server)
      .post('/api/model-governance/evidence')
      .set('authorization', mockCredentials.none.header())
      .send(envelope);
  return { world, portal, ask, issue, sign, submit };
}
