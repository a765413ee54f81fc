import {
  CelConditions,
  checkPolicies,
  isPolicyFile,
  problemText,
  runPolicyTests,
  type GateDescription,
  type PolicySource,
} from '@modelhub/policies';
import { snapshotAgesOf } from '../snapshotAges';
import type { ProposalChecks } from './deps';
import { isTest } from './fileSets';

/** Loads proposed files as those in force are loaded, and runs their tests. */
export class LoadingChecks implements ProposalChecks {
  static create(options: { gates: GateDescription[] }): LoadingChecks {
    return new LoadingChecks(options.gates);
  }

  readonly #gates: GateDescription[];
  readonly #conditions = CelConditions.create();

  private constructor(gates: GateDescription[]) {
    this.#gates = gates;
  }

  check(files: PolicySource[]): ReturnType<ProposalChecks['check']> {
    const { layers, problems } = checkPolicies(
      files.filter(({ file }) => isPolicyFile(file)),
      this.#gates,
      this.#conditions,
    );
    if (!layers) {
      return {
        errors: problems.map(
          problem => `${problem.file}: ${problemText(problem)}`,
        ),
        failedTests: [],
      };
    }
    const report = runPolicyTests(
      layers,
      files.filter(({ file }) => isTest(file)),
    );
    return {
      loaded: { version: layers.version, ages: snapshotAgesOf(layers) },
      errors: [],
      failedTests: [
        ...report.problems.map(({ file }) => file),
        ...report.results
          .filter(({ differences }) => differences.length > 0)
          .map(({ file, name }) => `${name} (${file})`),
      ],
    };
  }
}
