/** Where a pack is not right, and what is wrong there. @public */
export interface PackProblem {
  /** Relative to the pack's folder: `pack.yaml`, `cases.jsonl`. */
  file: string;
  /** From 1 on. */
  line?: number;
  /** `spec.scorers[0].type` */
  field?: string;
  message: string;
}

/** Problems that are named at once, at most. */
export const MOST_PACK_PROBLEMS = 50;

/**
 * A pack that cannot be read. All of its problems at once, at most 50; the
 * message has a line for each: `cases.jsonl:12: input: …`.
 *
 * @public
 */
export class PackError extends Error {
  readonly problems: PackProblem[];

  constructor(problems: PackProblem[]) {
    super(problems.map(formatPackProblem).join('\n'));
    this.name = 'PackError';
    this.problems = problems;
  }
}

/** `cases.jsonl:12: input: must be a text`. @public */
export function formatPackProblem(problem: PackProblem): string {
  const { file, line, field, message } = problem;
  return [line ? `${file}:${line}` : file, ...(field ? [field] : []), message]
    .join(': ')
    .replaceAll('\n', ' ');
}

/** Collects problems up to the most that are named; then says that there are more. */
export class ProblemList {
  readonly #problems: PackProblem[] = [];
  #untold = 0;

  add(problem: PackProblem): void {
    if (this.#problems.length < MOST_PACK_PROBLEMS - 1) {
      this.#problems.push(problem);
    } else {
      this.#untold += 1;
      this.#last = problem;
    }
  }

  #last: PackProblem | undefined;

  get isEmpty(): boolean {
    return this.#problems.length === 0;
  }

  /** @throws PackError where there is a problem */
  throwIfAny(): void {
    if (this.isEmpty) return;
    const rest = this.#last;
    if (!rest) throw new PackError(this.#problems);
    throw new PackError([
      ...this.#problems,
      this.#untold === 1
        ? rest
        : {
            file: rest.file,
            message: `and ${this.#untold} further problems; mend these first`,
          },
    ]);
  }
}
