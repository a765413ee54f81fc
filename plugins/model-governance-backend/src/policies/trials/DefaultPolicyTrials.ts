import { InputError } from '@backstage/errors';
import type {
  PolicyCheck,
  PolicyGate,
  PolicyReplay,
  ProposedPolicyFile,
} from '@modelhub/backstage-plugin-models-common';
import {
  CelConditions,
  checkPolicies,
  compareLayers,
  describeGate,
  isPolicyFile,
  overlayFiles,
  problemText,
  runPolicyTests,
  type GateDescription,
  type PolicySource,
} from '@modelhub/policies';
import type { DefaultPolicyService } from '../DefaultPolicyService';
import type { PolicyTrials } from './PolicyTrials';
import type { Replayer } from './Replayer';

export interface PolicyTrialsOptions {
  policies: Pick<DefaultPolicyService, 'inForce'>;
  /** The tests beside the policies in force. */
  tests: () => Promise<PolicySource[]>;
  gates: GateDescription[];
  replayer: Replayer;
}

const isTest = (name: string) => name.split('/').includes('tests');

export class DefaultPolicyTrials implements PolicyTrials {
  static create(options: PolicyTrialsOptions): DefaultPolicyTrials {
    return new DefaultPolicyTrials(options);
  }

  readonly #options: PolicyTrialsOptions;
  readonly #conditions = CelConditions.create();

  private constructor(options: PolicyTrialsOptions) {
    this.#options = options;
  }

  async gates(): Promise<PolicyGate[]> {
    return this.#options.gates
      .map(gate => describeGate(gate) as PolicyGate)
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  async check(files: ProposedPolicyFile[]): Promise<PolicyCheck> {
    const { layers: inForce, version } = this.#options.policies.inForce();
    const { proposed, tests } = await this.#overlaid(files);
    const { layers, problems } = this.#load(proposed);
    if (!layers) {
      return {
        valid: false,
        baseVersion: version,
        errors: problems,
        tests: [],
        uncovered: [],
        changes: [],
      };
    }
    const report = runPolicyTests(layers, tests);
    return {
      valid: true,
      version: layers.version,
      baseVersion: version,
      errors: report.problems,
      tests: report.results,
      uncovered: report.uncovered,
      changes: compareLayers(inForce, layers),
    };
  }

  async replay(input: {
    files: ProposedPolicyFile[];
    days?: number;
  }): Promise<PolicyReplay> {
    const { policies, replayer } = this.#options;
    const { layers: inForce } = policies.inForce();
    const { proposed } = await this.#overlaid(input.files);
    const { layers, problems } = this.#load(proposed);
    if (!layers) {
      const texts = problems.map(it => `${it.file}: ${problemText(it)}`);
      throw new InputError(
        `These policies do not load, so nothing can be replayed: ${texts.join(
          '; ',
        )}`,
      );
    }
    return replayer.replay({ inForce, proposed: layers, days: input.days });
  }

  #load(sources: PolicySource[]) {
    return checkPolicies(sources, this.#options.gates, this.#conditions);
  }

  async #overlaid(files: ProposedPolicyFile[]) {
    demandPolicies(files);
    const { sources } = this.#options.policies.inForce();
    const all = overlayFiles(
      [...sources, ...(await this.#options.tests())],
      files,
    );
    return {
      proposed: all.filter(({ file }) => isPolicyFile(file)),
      tests: all.filter(({ file }) => isTest(file)),
    };
  }
}

function demandPolicies(files: ProposedPolicyFile[]): void {
  const names = new Set<string>();
  for (const { name } of files) {
    if (!isPolicyFile(name) && !isTest(name)) {
      throw new InputError(
        `${name} is neither a policy nor a test of policies; leave it out`,
      );
    }
    if (names.has(name)) {
      throw new InputError(`${name} is there twice; send it once`);
    }
    names.add(name);
  }
}
