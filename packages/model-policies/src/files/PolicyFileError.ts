/**
 * What is wrong in a policy file, and where.
 *
 * @public
 */
export interface PolicyProblem {
  file: string;
  /** Where in the file, as `gates.licence.when`. */
  field?: string;
  /** From 1, where it is known. */
  line?: number;
  column?: number;
  message: string;
}

/** A problem of the file that is being read. */
export type Finding = Omit<PolicyProblem, 'file'>;

/**
 * Policies that cannot be taken into force. `file` is the first one to mend.
 *
 * @public
 */
export class PolicyFileError extends Error {
  readonly file: string;
  readonly problems: PolicyProblem[];

  /** @param problems - at least one */
  constructor(problems: PolicyProblem[]) {
    const [{ file }] = problems;
    const texts = problems
      .filter(problem => problem.file === file)
      .map(problemText);
    super(`${file}: ${texts.join('; ')}`);
    this.name = 'PolicyFileError';
    this.file = file;
    this.problems = problems;
  }
}

/**
 * A problem in one line, without its file.
 *
 * @public
 */
export function problemText({
  field,
  message,
}: Omit<PolicyProblem, 'file'>): string {
  return field ? `${field}: ${message}` : message;
}
