import { isDeepStrictEqual } from 'node:util';
import { isAtLeastAsStrict } from '../layers/paramOrder';
import type {
  GateDemand,
  GateDescription,
  PolicyDecision,
  SignOffPolicy,
} from '../types';

/**
 * One thing that is asked for in another way.
 *
 * @public
 */
export interface DecisionChange {
  /** `changed`: neither more nor less, or nobody can tell. */
  effect: 'stricter' | 'looser' | 'changed';
  /** What kind of thing, as `gate-required`. */
  code: string;
  /** Of a gate. */
  gateId?: string;
  /** Of a sign-off. */
  role?: SignOffPolicy['role'];
  /** One sentence for people. */
  text: string;
}

type Effect = DecisionChange['effect'];

const show = (value: unknown): string => {
  if (value === undefined) return 'its default';
  return Array.isArray(value) ? value.join(', ') || 'nothing' : String(value);
};
const people = (count: number) =>
  count === 1 ? 'one person' : `${count} people`;
const days = (count: number) => (count === 1 ? '1 day' : `${count} days`);
const listed = (items: string[]) => items.join(', ') || 'nobody';

/**
 * What `now` asks for more or less than `then`, in words.
 *
 * @param gateOf - what is known of a gate; one that is unknown is named by its id
 *
 * @public
 */
export function compareDecisions(
  then: PolicyDecision,
  now: PolicyDecision,
  gateOf: (id: string) => GateDescription | undefined,
): DecisionChange[] {
  return [
    ...refusalChanges(then, now),
    ...gateChanges(then, now, gateOf),
    ...signOffChanges(then, now),
    ...lifeChanges(then, now),
  ];
}

function refusalChanges(
  then: PolicyDecision,
  now: PolicyDecision,
): DecisionChange[] {
  const codes = (decision: PolicyDecision) =>
    decision.refusals.map(({ code }) => code);
  return [
    ...now.refusals
      .filter(({ code }) => !codes(then).includes(code))
      .map(({ code, message }) => ({
        effect: 'stricter' as const,
        code: 'refused',
        text: `It is refused (${code}): ${message.trim()}`,
      })),
    ...then.refusals
      .filter(({ code }) => !codes(now).includes(code))
      .map(({ code }) => ({
        effect: 'looser' as const,
        code: 'not-refused',
        text: `It is not refused any more (${code}).`,
      })),
  ];
}

function gateChanges(
  then: PolicyDecision,
  now: PolicyDecision,
  gateOf: (id: string) => GateDescription | undefined,
): DecisionChange[] {
  const ids = new Set([...then.gates, ...now.gates].map(({ id }) => id));
  return [...ids].flatMap(id => {
    const before = then.gates.find(gate => gate.id === id);
    const after = now.gates.find(gate => gate.id === id);
    const title = gateOf(id)?.title ?? id;
    const change = (effect: Effect, code: string, text: string) => ({
      effect,
      code,
      gateId: id,
      text,
    });
    if (!before) {
      return [
        after!.required
          ? change('stricter', 'gate-required', `Check "${title}" is required.`)
          : change(
              'changed',
              'gate-advice',
              `Check "${title}" is run, and only warns.`,
            ),
      ];
    }
    if (!after) {
      return [
        before.required
          ? change(
              'looser',
              'gate-dropped',
              `Check "${title}" is not asked for any more.`,
            )
          : change(
              'changed',
              'gate-dropped',
              `Check "${title}", which only warned, is not run any more.`,
            ),
      ];
    }
    return [
      ...(before.required === after.required
        ? []
        : [
            after.required
              ? change(
                  'stricter',
                  'gate-required',
                  `Check "${title}" is required; it only warned before.`,
                )
              : change(
                  'looser',
                  'gate-advice',
                  `Check "${title}" only warns; it was required before.`,
                ),
          ]),
      ...paramChanges(before, after, gateOf(id)).map(({ effect, text }) =>
        change(effect, 'gate-params', `Check "${title}": ${text}`),
      ),
      ...waiverChanges(before, after).map(({ effect, text }) =>
        change(effect, 'waiver', `Check "${title}" ${text}`),
      ),
    ];
  });
}

interface Said {
  effect: Effect;
  text: string;
}

function paramChanges(
  before: GateDemand,
  after: GateDemand,
  gate: GateDescription | undefined,
): Said[] {
  const names = new Set([
    ...Object.keys(before.params),
    ...Object.keys(after.params),
  ]);
  return [...names]
    .filter(name => !isDeepStrictEqual(before.params[name], after.params[name]))
    .map(name => {
      const [old, next] = [before.params[name], after.params[name]];
      const order = gate?.paramOrder?.[name];
      // What only warns stops nobody, however strict it is.
      let effect: Effect = 'changed';
      if (after.required && isAtLeastAsStrict(order, old, next)) {
        effect = 'stricter';
      } else if (after.required && isAtLeastAsStrict(order, next, old)) {
        effect = 'looser';
      }
      return {
        effect,
        text: `${name} is ${show(next)}, and was ${show(old)}.`,
      };
    });
}

function waiverChanges(before: GateDemand, after: GateDemand): Said[] {
  const same = isDeepStrictEqual(
    [...before.waivableBy].sort(),
    [...after.waivableBy].sort(),
  );
  if (!same) {
    const fewer = after.waivableBy.every(by => before.waivableBy.includes(by));
    const more = before.waivableBy.every(by => after.waivableBy.includes(by));
    let effect: Effect = 'changed';
    if (fewer) effect = 'stricter';
    else if (more) effect = 'looser';
    return [
      {
        effect,
        text: `may be waived by ${listed(after.waivableBy)}; before by ${listed(
          before.waivableBy,
        )}.`,
      },
    ];
  }
  const said: Said[] = [];
  if (before.waiverDays !== after.waiverDays) {
    said.push({
      effect: after.waiverDays < before.waiverDays ? 'stricter' : 'looser',
      text: `may be waived for ${days(
        after.waiverDays,
      )} at most; before for ${days(before.waiverDays)}.`,
    });
  }
  const [asked, asks] = [before, after].map(one =>
    Boolean(one.waiverSecondFactor),
  );
  if (asked !== asks) {
    said.push({
      effect: asks ? 'stricter' : 'looser',
      text: asks
        ? 'is waived with a passkey only.'
        : 'is waived without a passkey.',
    });
  }
  return said;
}

function signOffChanges(
  then: PolicyDecision,
  now: PolicyDecision,
): DecisionChange[] {
  const roles = new Set([...then.signOffs, ...now.signOffs].map(s => s.role));
  return [...roles].flatMap(role => {
    const before = then.signOffs.find(signOff => signOff.role === role);
    const after = now.signOffs.find(signOff => signOff.role === role);
    const change = (effect: Effect, code: string, text: string) => ({
      effect,
      code,
      role,
      text,
    });
    if (!before) {
      return [
        change(
          'stricter',
          'sign-off-required',
          `Sign-off by ${role} is asked for${
            after!.secondFactor ? ', with a passkey' : ''
          }${after!.quorum > 1 ? `, by ${people(after!.quorum)}` : ''}.`,
        ),
      ];
    }
    if (!after) {
      return [
        change(
          'looser',
          'sign-off-dropped',
          `Sign-off by ${role} is not asked for any more.`,
        ),
      ];
    }
    const changes: DecisionChange[] = [];
    if (before.quorum !== after.quorum) {
      changes.push(
        change(
          after.quorum > before.quorum ? 'stricter' : 'looser',
          'sign-off-quorum',
          `Sign-off by ${role} is asked of ${people(
            after.quorum,
          )}, and was of ${people(before.quorum)}.`,
        ),
      );
    }
    if (before.secondFactor !== after.secondFactor) {
      changes.push(
        after.secondFactor
          ? change(
              'stricter',
              'sign-off-passkey',
              `Sign-off by ${role} is confirmed with a passkey.`,
            )
          : change(
              'looser',
              'sign-off-passkey',
              `Sign-off by ${role} takes no passkey any more.`,
            ),
      );
    }
    const groups = groupChange(before, after);
    if (groups)
      changes.push(change(groups.effect, 'sign-off-groups', groups.text));
    return changes;
  });
}

function groupChange(
  { role, groups: before }: SignOffPolicy,
  { groups: after }: SignOffPolicy,
): Said | undefined {
  const gone = before.filter(group => !after.includes(group));
  const added = after.filter(group => !before.includes(group));
  if (gone.length === 0 && added.length === 0) return undefined;
  let effect: Effect = 'changed';
  if (added.length === 0) effect = 'stricter';
  else if (gone.length === 0) effect = 'looser';
  return {
    effect,
    text: `Sign-off by ${role} is for members of ${listed(
      after,
    )}; before of ${listed(before)}.`,
  };
}

function lifeChanges(
  then: PolicyDecision,
  now: PolicyDecision,
): DecisionChange[] {
  const changes: DecisionChange[] = [];
  const compare = (
    code: string,
    before: number,
    after: number,
    text: string,
  ) => {
    if (before === after) return;
    changes.push({
      effect: after < before ? 'stricter' : 'looser',
      code,
      text,
    });
  };
  compare(
    'life',
    then.expiresAfterDays,
    now.expiresAfterDays,
    `An approval lives for ${days(now.expiresAfterDays)}, and lived for ${days(
      then.expiresAfterDays,
    )}.`,
  );
  const end = ({ endsBy }: PolicyDecision) =>
    endsBy === undefined ? Infinity : Date.parse(endsBy);
  compare(
    'exception-end',
    end(then),
    end(now),
    now.endsBy === undefined
      ? 'It does not rest on an exception any more.'
      : `It rests on an exception that ends at ${now.endsBy}.`,
  );
  compare(
    'check-deadline',
    then.checkDeadlineHours,
    now.checkDeadlineHours,
    `A check may hang for ${now.checkDeadlineHours} hours, and might for ${then.checkDeadlineHours}.`,
  );
  compare(
    'snapshot-age',
    then.snapshotMaxAgeSeconds,
    now.snapshotMaxAgeSeconds,
    `A gateway goes on without news for ${now.snapshotMaxAgeSeconds} seconds, and did for ${then.snapshotMaxAgeSeconds}.`,
  );
  compare(
    'break-glass',
    then.breakGlass.allowed ? then.breakGlass.hours : 0,
    now.breakGlass.allowed ? now.breakGlass.hours : 0,
    now.breakGlass.allowed
      ? `An emergency approval is possible, for ${now.breakGlass.hours} hours.`
      : 'No emergency approval is possible any more.',
  );
  return changes;
}
