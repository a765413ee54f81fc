import type { Condition, ConditionCompiler } from '../conditions/CelConditions';
import type { Finding } from '../files/PolicyFileError';
import type { PolicyFile } from '../files/policySchema';

/** A condition in a policy file. */
export interface ConditionText {
  /** Where it stands, as `gates.licence.when`. */
  field: string;
  text: string;
}

/** Every condition of a policy. */
export function conditionTexts(policy: PolicyFile): ConditionText[] {
  const found: Array<[string, string | undefined]> = [
    ...Object.entries(policy.gates ?? {}).flatMap(
      ([id, rule]): Array<[string, string | undefined]> => [
        [`gates.${id}.when`, rule.when],
        [`gates.${id}.waiver.when`, rule.waiver?.when],
      ],
    ),
    ...Object.entries(policy.signOffs ?? {}).map(
      ([role, rule]): [string, string | undefined] => [
        `signOffs.${role}.when`,
        rule.when,
      ],
    ),
    ...(policy.refuse ?? []).map((rule, i): [string, string] => [
      `refuse.${i}.when`,
      rule.when,
    ]),
  ];
  return found.flatMap(([field, text]) =>
    text === undefined ? [] : [{ field, text }],
  );
}

/** By text; what is wrong with a condition is told with its place. */
export function compileConditions(
  policy: PolicyFile,
  compiler: ConditionCompiler,
): { conditions: Map<string, Condition>; problems: Finding[] } {
  const conditions = new Map<string, Condition>();
  const problems: Finding[] = [];
  for (const { field, text } of conditionTexts(policy)) {
    try {
      conditions.set(text, compiler.compile(text));
    } catch (error) {
      problems.push({ field, message: (error as Error).message });
    }
  }
  return { conditions, problems };
}
