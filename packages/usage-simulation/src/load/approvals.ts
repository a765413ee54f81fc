import type { SimulatedYear } from '../simulateYear';
import { Random } from '../random';

/** A request for a model, as `POST /approvals` takes it, and who makes it. */
export interface ApprovalWish {
  requester: string;
  entityRef: string;
  modelVersion: string;
  tier: 'sandbox' | 'internal';
  purpose: string;
  profile: string;
  justification: string;
}

/** Requests that people have to decide about. */
const OPEN_REQUESTS = 6;

/**
 * Requests for hosted models. Those for the sandbox are decided by checks
 * alone; a few for more wait for people. Models whose artifacts are made up
 * cannot be checked and are not asked for.
 */
export function approvalsOf(year: SimulatedYear): ApprovalWish[] {
  const { models, plan, story, teams, options } = year;
  const modelOf = new Map(models.map(it => [it.id, it]));
  const random = Random.of(options.seed, 'approvals');
  const wishes = new Map<string, ApprovalWish>();
  const ask = (
    id: string,
    team: (typeof teams)[number],
    fields: Pick<ApprovalWish, 'tier' | 'purpose' | 'justification'>,
  ) => {
    const model = modelOf.get(id);
    if (!model || !model.hosted || model.deprecatedOn !== undefined) return;
    const versions = model.versions.filter(it => it.fromDay < plan.days);
    wishes.set(`${team.name} ${id} ${fields.tier}`, {
      requester: random.pick(team.people).ref,
      entityRef: model.ref,
      modelVersion: versions[versions.length - 1].name,
      profile: team.name,
      ...fields,
    });
  };
  const others = teams.filter(it => !it.isPlatform);
  for (const id of story.idle) {
    ask(id, random.pick(others), {
      tier: 'sandbox',
      purpose: 'experimentation',
      justification: 'We want to try it out for our contracts next quarter.',
    });
  }
  for (const { model, team, key, kind } of plan.streams) {
    if (key.tier === 'sandbox' && kind === 'use') {
      ask(model.id, team, {
        tier: 'sandbox',
        purpose: 'experimentation',
        justification: 'Experiments of the team with public data.',
      });
    }
  }
  let open = 0;
  for (const { model, team, key, kind } of plan.streams) {
    if (open < OPEN_REQUESTS && kind === 'use' && key.tier === 'internal') {
      const before = wishes.size;
      ask(model.id, team, {
        tier: 'internal',
        purpose: key.purpose,
        justification: `What ${team.title} does with it every day, now for good.`,
      });
      open += wishes.size - before;
    }
  }
  return [...wishes.values()];
}
