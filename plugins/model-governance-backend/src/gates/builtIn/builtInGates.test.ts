import { evaluate, model } from '../__testUtils__/evaluate';
import { modelCardGate, ownershipGate } from '.';

describe('model card', () => {
  it('names what is missing and how to add it', async () => {
    const outcome = await evaluate(modelCardGate, model(), {
      minScore: 60,
      requiredFields: ['spec.useCases.intended'],
    });
    expect(outcome).toMatchObject({
      verdict: 'fail',
      summary: 'The card has to say what the model is for.',
      evidence: { minScore: 60 },
    });
    expect(outcome.findings[0]).toEqual({
      id: 'missing-spec.useCases.intended',
      severity: 'high',
      field: 'spec.useCases.intended',
      message: 'The card does not say what the model is for.',
      howToFix:
        "Add spec.useCases.intended to the model's YAML: what the model is for.",
    });
  });

  it('asks for a score', async () => {
    const entity = model({ useCases: { intended: ['Summaries'] } });
    const at = (minScore: number) =>
      evaluate(modelCardGate, entity, { minScore });
    const low = await at(90);
    expect(low.verdict).toBe('fail');
    expect(low.summary).toMatch(/\d+ of 100 complete, and 90 is asked for/);
    const score = Number(low.evidence?.score);
    expect((await at(score)).verdict).toBe('pass');
    expect((await at(score + 1)).verdict).toBe('fail');
  });

  it('refuses parameters that mean nothing', () => {
    expect(() => modelCardGate.validateParams?.({ minScore: 101 })).toThrow(
      'minScore must be <= 100',
    );
    expect(() => modelCardGate.validateParams?.({ score: 1 })).toThrow(
      "must NOT have additional properties 'score'",
    );
  });
});

describe('ownership', () => {
  const catalog = [
    'group:default/ml',
    'user:default/priya',
    'user:default/kai',
    'user:default/sam',
  ];
  const gate = (members: string[], leads: string[] = ['user:default/priya']) =>
    ownershipGate({
      existing: async refs =>
        new Set(refs.filter(ref => catalog.includes(ref))),
      membersOf: async () => members,
      leadsOf: async () => leads,
    });
  const strict = { requireLead: true, requireSteward: true, minMembers: 2 };

  it('passes where people answer', async () => {
    expect(
      await evaluate(
        gate(['user:default/priya', 'user:default/kai']),
        model({ steward: 'user:default/sam' }),
        strict,
      ),
    ).toMatchObject({
      verdict: 'pass',
      findings: [],
      evidence: { members: 2, leadKnown: true, stewardKnown: true },
    });
  });

  it.each([
    ['owner-missing', { owner: 'group:default/gone' }, ['user:default/kai']],
    ['owner-empty', {}, []],
    ['owner-empty', {}, ['user:default/left']],
    ['owner-empty', {}, ['user:default/kai']],
    ['steward-missing', { steward: 'user:default/left' }, undefined],
    ['steward-missing', { steward: undefined }, undefined],
  ])('fails with %s for %j and members %j', async (id, spec, members) => {
    const outcome = await evaluate(
      gate(members ?? ['user:default/priya', 'user:default/kai']),
      model({ steward: 'user:default/sam', ...spec }),
      strict,
    );
    expect(outcome.verdict).toBe('fail');
    expect(outcome.findings.map(f => f.id)).toContain(id);
  });

  it('asks for a lead where the policy does', async () => {
    const leaderless = gate(['user:default/kai'], ['user:default/left']);
    const entity = model({ steward: 'user:default/sam' });
    const withLead = (requireLead: boolean) =>
      evaluate(leaderless, entity, { requireLead });
    expect((await withLead(true)).verdict).toBe('fail');
    expect(await withLead(false)).toMatchObject({
      verdict: 'pass',
      findings: [{ id: 'lead-missing', severity: 'low' }],
    });
  });
});
