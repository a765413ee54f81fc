import type { Finding } from '../files/PolicyFileError';
import type { GateRule, PolicyFile, SignOffRule } from '../files/policySchema';
import type { PolicyRole } from '../types';
import type { PolicyLayer } from './layers';

const DAY_MS = 24 * 3600_000;

/** A layer whose rules stand in place of the organisation's, until a day. */
export type ExceptionLayer = PolicyLayer & {
  policy: PolicyFile & Required<Pick<PolicyFile, 'exception'>>;
};

export const isException = (layer: PolicyLayer): layer is ExceptionLayer =>
  layer.policy.exception !== undefined;

/** The moment at which an exception ends: the end of its last day, in UTC. */
export function endOf({ policy }: ExceptionLayer): Date {
  return new Date(Date.parse(`${policy.exception.until}T00:00:00Z`) + DAY_MS);
}

function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** Why an exception is none. */
export function exceptionProblems(
  { policy }: ExceptionLayer,
  base: PolicyFile,
  baseFile: string,
): Finding[] {
  const { until, lifts } = policy.exception;
  const problems: Finding[] = [];
  if (!isDay(until)) {
    problems.push({
      field: 'exception.until',
      message: `${until} is not a day of the calendar`,
    });
  }
  if (policy.refuse) {
    problems.push({
      field: 'refuse',
      message:
        'an exception refuses nothing; put the rule into a file without one',
    });
  }
  for (const role of lifts?.signOffs ?? []) {
    if (!base.signOffs?.[role]) {
      problems.push({
        field: 'exception.lifts.signOffs',
        message: `${baseFile} asks for no sign-off by ${role}`,
      });
    }
  }
  for (const code of lifts?.refusals ?? []) {
    if (!base.refuse?.some(rule => rule.code === code)) {
      problems.push({
        field: 'exception.lifts.refusals',
        message: `${baseFile} has no refusal '${code}'`,
      });
    }
  }
  return problems;
}

/** The organisation's layer with what exceptions put in its place. */
export function withExceptions(
  organisation: PolicyLayer,
  exceptions: ExceptionLayer[],
): PolicyLayer {
  return exceptions.reduce<PolicyLayer>(
    (layer, exception) => ({
      ...layer,
      policy: replaced(layer.policy, exception.policy),
      conditions: new Map([...layer.conditions, ...exception.conditions]),
    }),
    organisation,
  );
}

function replaced(base: PolicyFile, by: ExceptionLayer['policy']): PolicyFile {
  const { lifts } = by.exception;
  const gates: Record<string, GateRule> = { ...base.gates };
  for (const [id, rule] of Object.entries(by.gates ?? {})) {
    const params = { ...gates[id]?.params, ...rule.params };
    gates[id] = { ...gates[id], ...rule, params };
  }
  const signOffs: Partial<Record<PolicyRole, SignOffRule>> = {
    ...base.signOffs,
  };
  for (const [name, rule] of Object.entries(by.signOffs ?? {})) {
    const role = name as PolicyRole;
    signOffs[role] = { ...signOffs[role], ...rule };
  }
  for (const role of lifts?.signOffs ?? []) {
    delete signOffs[role];
  }
  return {
    ...base,
    expiresAfterDays: by.expiresAfterDays ?? base.expiresAfterDays,
    checkDeadlineHours: by.checkDeadlineHours ?? base.checkDeadlineHours,
    snapshotMaxAgeSeconds:
      by.snapshotMaxAgeSeconds ?? base.snapshotMaxAgeSeconds,
    breakGlass: by.breakGlass ?? base.breakGlass,
    gates,
    signOffs,
    refuse: base.refuse?.filter(rule => !lifts?.refusals?.includes(rule.code)),
  };
}
