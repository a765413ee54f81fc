import { resolve } from 'node:path';
import {
  advisoriesRules,
  artifactScanRules,
  builtInGates,
  dataBoundaryRules,
  kpiRules,
} from '../gates';
import { testPolicies } from '@modelhub/policies';
import { packOptions } from '../gates/__testUtils__/packOptions';

const path = resolve(__dirname, '../../../../policies');
const gates = [
  ...builtInGates({
    organisation: {
      existing: async () => new Set<string>(),
      membersOf: async () => [],
      leadsOf: async () => [],
    },
    budgets: { ofProfile: async () => ({ state: 'none' }) },
    packs: packOptions,
  }),
  artifactScanRules,
  dataBoundaryRules,
  advisoriesRules,
  kpiRules,
];

describe('the policies of this repository', () => {
  it('do what their tests expect', async () => {
    const { results } = await testPolicies({ path, gates });
    expect(results.length).toBeGreaterThan(10);
    expect(results.filter(({ differences }) => differences.length > 0)).toEqual(
      [],
    );
  });

  it('need the gates that they name', async () => {
    await expect(testPolicies({ path, gates: [] })).rejects.toThrow(
      /no such gate/,
    );
  });
});
