import type { SignOffRole } from '@modelhub/backstage-plugin-models-common';
import type { GateDescription } from './layers';
import { isAtLeastAsStrict } from './paramOrder';
import type { GateRule, PolicyFile, SignOffRule } from './policySchema';

const show = (value: unknown) => JSON.stringify(value);

/**
 * Where a lower layer asks for less than the organisation does; each entry
 * names the field and both values.
 */
export function looserThan(
  base: PolicyFile,
  lower: PolicyFile,
  gates: Map<string, GateDescription>,
): string[] {
  const problems: string[] = [];
  for (const field of [
    'expiresAfterDays',
    'checkDeadlineHours',
    'snapshotMaxAgeSeconds',
  ] as const) {
    if (Number(lower[field] ?? 0) > Number(base[field])) {
      problems.push(
        `${field}: ${lower[field]} is more than the ${base[field]}`,
      );
    }
  }
  if (lower.breakGlass?.allowed && !base.breakGlass?.allowed) {
    problems.push('breakGlass.allowed: true loosens the false');
  }
  if ((lower.breakGlass?.hours ?? 0) > (base.breakGlass?.hours ?? 72)) {
    problems.push(
      `breakGlass.hours: ${lower.breakGlass?.hours} is more than the ${base.breakGlass?.hours}`,
    );
  }
  for (const [id, rule] of Object.entries(lower.gates ?? {})) {
    const baseRule = base.gates?.[id];
    if (baseRule) {
      problems.push(...looserGate(id, baseRule, rule, gates.get(id)));
    }
  }
  for (const [role, rule] of Object.entries(lower.signOffs ?? {})) {
    const baseRule = base.signOffs?.[role as SignOffRole];
    if (baseRule) problems.push(...looserSignOff(role, baseRule, rule));
  }
  return problems;
}

function looserGate(
  id: string,
  base: GateRule,
  lower: GateRule,
  gate: GateDescription | undefined,
): string[] {
  const at = `gates.${id}`;
  const problems: string[] = [];
  if (lower.required === false && base.required) {
    problems.push(`${at}.required: false loosens the true`);
  }
  for (const [name, value] of Object.entries(lower.params ?? {})) {
    const before = base.params?.[name];
    if (!isAtLeastAsStrict(gate?.paramOrder?.[name], before, value)) {
      problems.push(
        `${at}.params.${name}: ${show(value)} is not stricter than the ${
          show(before) ?? 'default'
        }`,
      );
    }
  }
  if (lower.waiver) {
    const extra = lower.waiver.by.filter(by => !base.waiver?.by.includes(by));
    if (extra.length > 0) {
      problems.push(
        `${at}.waiver.by: ${extra.join(', ')} may not waive it by the rules`,
      );
    }
    if (base.waiver && lower.waiver.atMostDays > base.waiver.atMostDays) {
      problems.push(
        `${at}.waiver.atMostDays: ${lower.waiver.atMostDays} is more than the ${base.waiver.atMostDays}`,
      );
    }
  }
  return problems;
}

function looserSignOff(
  role: string,
  base: SignOffRule,
  lower: SignOffRule,
): string[] {
  const at = `signOffs.${role}`;
  const problems: string[] = [];
  if ((lower.quorum ?? Infinity) < (base.quorum ?? 1)) {
    problems.push(
      `${at}.quorum: ${lower.quorum} is less than the ${base.quorum}`,
    );
  }
  if (lower.secondFactor === false && base.secondFactor) {
    problems.push(`${at}.secondFactor: false loosens the true`);
  }
  const extra = (lower.groups ?? []).filter(g => !base.groups?.includes(g));
  if (extra.length > 0) {
    problems.push(
      `${at}.groups: ${extra.join(', ')} does not hold the role by the rules`,
    );
  }
  if (lower.groups?.length === 0) {
    problems.push(`${at}.groups: nobody could sign instead of the groups`);
  }
  return problems;
}
