import type { Finding } from '../files/PolicyFileError';
import type { GateRule, PolicyFile, SignOffRule } from '../files/policySchema';
import type { GateDescription, PolicyRole } from '../types';
import { isAtLeastAsStrict } from './paramOrder';

const show = (value: unknown) => JSON.stringify(value);

/**
 * Where a lower layer asks for less than the organisation does; each entry
 * names the field and both values.
 */
export function looserThan(
  base: PolicyFile,
  lower: PolicyFile,
  gates: Map<string, GateDescription>,
): Finding[] {
  const problems: Finding[] = [];
  for (const field of [
    'expiresAfterDays',
    'checkDeadlineHours',
    'snapshotMaxAgeSeconds',
  ] as const) {
    if (Number(lower[field] ?? 0) > Number(base[field])) {
      problems.push({
        field,
        message: `${lower[field]} is more than the ${base[field]}`,
      });
    }
  }
  if (lower.breakGlass?.allowed && !base.breakGlass?.allowed) {
    problems.push({
      field: 'breakGlass.allowed',
      message: 'true loosens the false',
    });
  }
  if ((lower.breakGlass?.hours ?? 0) > (base.breakGlass?.hours ?? 72)) {
    problems.push({
      field: 'breakGlass.hours',
      message: `${lower.breakGlass?.hours} is more than the ${base.breakGlass?.hours}`,
    });
  }
  for (const [id, rule] of Object.entries(lower.gates ?? {})) {
    const baseRule = base.gates?.[id];
    if (baseRule) {
      problems.push(...looserGate(id, baseRule, rule, gates.get(id)));
    }
  }
  for (const [role, rule] of Object.entries(lower.signOffs ?? {})) {
    const baseRule = base.signOffs?.[role as PolicyRole];
    if (baseRule) problems.push(...looserSignOff(role, baseRule, rule));
  }
  return problems;
}

function looserGate(
  id: string,
  base: GateRule,
  lower: GateRule,
  gate: GateDescription | undefined,
): Finding[] {
  const at = `gates.${id}`;
  const problems: Finding[] = [];
  if (lower.required === false && base.required) {
    problems.push({
      field: `${at}.required`,
      message: 'false loosens the true',
    });
  }
  for (const [name, value] of Object.entries(lower.params ?? {})) {
    const before = base.params?.[name];
    if (!isAtLeastAsStrict(gate?.paramOrder?.[name], before, value)) {
      problems.push({
        field: `${at}.params.${name}`,
        message: `${show(value)} is not stricter than the ${
          show(before) ?? 'default'
        }`,
      });
    }
  }
  if (lower.waiver) {
    const extra = lower.waiver.by.filter(by => !base.waiver?.by.includes(by));
    if (extra.length > 0) {
      problems.push({
        field: `${at}.waiver.by`,
        message: `${extra.join(', ')} may not waive it by the rules`,
      });
    }
    if (base.waiver && lower.waiver.atMostDays > base.waiver.atMostDays) {
      problems.push({
        field: `${at}.waiver.atMostDays`,
        message: `${lower.waiver.atMostDays} is more than the ${base.waiver.atMostDays}`,
      });
    }
    if (base.waiver?.secondFactor && lower.waiver.secondFactor === false) {
      problems.push({
        field: `${at}.waiver.secondFactor`,
        message: 'false loosens the true',
      });
    }
  }
  return problems;
}

function looserSignOff(
  role: string,
  base: SignOffRule,
  lower: SignOffRule,
): Finding[] {
  const at = `signOffs.${role}`;
  const problems: Finding[] = [];
  if ((lower.quorum ?? Infinity) < (base.quorum ?? 1)) {
    problems.push({
      field: `${at}.quorum`,
      message: `${lower.quorum} is less than the ${base.quorum}`,
    });
  }
  if (lower.secondFactor === false && base.secondFactor) {
    problems.push({
      field: `${at}.secondFactor`,
      message: 'false loosens the true',
    });
  }
  const extra = (lower.groups ?? []).filter(g => !base.groups?.includes(g));
  if (extra.length > 0) {
    problems.push({
      field: `${at}.groups`,
      message: `${extra.join(', ')} does not hold the role by the rules`,
    });
  }
  if (lower.groups?.length === 0) {
    problems.push({
      field: `${at}.groups`,
      message: 'nobody could sign instead of the groups',
    });
  }
  return problems;
}
