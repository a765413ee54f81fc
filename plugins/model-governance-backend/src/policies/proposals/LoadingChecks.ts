import {
  CelConditions,
  loadPolicies,
  PolicyFileError,
  type GateDescription,
  type PolicySource,
} from '@modelhub/policies';
import { snapshotAgesOf } from '../snapshotAges';
import type { ProposalChecks } from './deps';
import { isTest } from './fileSets';

/** Loads proposed files as those in force are loaded. */
export class LoadingChecks implements ProposalChecks {
  static create(options: { gates: GateDescription[] }): LoadingChecks {
    return new LoadingChecks(options.gates);
  }

  readonly #gates: GateDescription[];

  private constructor(gates: GateDescription[]) {
    this.#gates = gates;
  }

  check(files: PolicySource[]): ReturnType<ProposalChecks['check']> {
    try {
      const layers = loadPolicies(
        files.filter(({ file }) => !isTest(file)),
        this.#gates,
        CelConditions.create(),
      );
      return {
        loaded: { version: layers.version, ages: snapshotAgesOf(layers) },
        errors: [],
        failedTests: [],
      };
    } catch (error) {
      if (!(error instanceof PolicyFileError)) throw error;
      return { errors: [error.message], failedTests: [] };
    }
  }
}
