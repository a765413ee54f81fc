import {
  builtInGateDescriptions,
  gateOf,
  PolicyFileError,
  problemText,
  testPolicies,
  type GateDescription,
  type GateDocument,
} from '@modelhub/policies';
import { EXIT, UnableError } from '../exitCodes';
import { readText } from '../files';

export interface TestFlags {
  gates?: string;
  json?: boolean;
}

/** `modelhub policy test`: 0 as expected, 1 it differs, 2 it cannot be told. */
export async function testPolicyFolder(
  folder: string,
  flags: TestFlags,
): Promise<number> {
  const gates = flags.gates
    ? [...builtInGateDescriptions(), ...readGates(flags.gates)]
    : builtInGateDescriptions();
  let report: Awaited<ReturnType<typeof testPolicies>>;
  try {
    report = await testPolicies({
      path: folder,
      // What a file says of a gate counts more than what is built in.
      gates: [...new Map(gates.map(gate => [gate.id, gate])).values()],
    });
  } catch (error) {
    return unable(folder, error as Error, flags);
  }
  const { results, uncovered, version } = report;
  if (results.length === 0) {
    throw new UnableError(
      `${folder} holds no tests; write what is expected into ${folder}/tests/*.yaml`,
    );
  }
  const differing = results.filter(({ differences }) => differences.length > 0);
  if (flags.json) {
    process.stdout.write(
      `${JSON.stringify({ version, results, uncovered }, undefined, 2)}\n`,
    );
  } else {
    process.stdout.write(
      [
        ...results.flatMap(({ file, name, differences }) => [
          `${differences.length > 0 ? 'differs' : 'ok     '} ${file}: ${name}`,
          ...differences.map(text => `          ${text}`),
        ]),
        ...uncovered.map(
          ({ file, field, message }) =>
            `untested ${file}: ${field}: ${message}`,
        ),
        `${results.length} cases, ${differing.length} differ, ${uncovered.length} rules untested. Version ${version}`,
        '',
      ].join('\n'),
    );
  }
  return differing.length > 0 ? EXIT.bad : EXIT.ok;
}

/** Policies that do not load are told whole, so that they are mended at once. */
function unable(folder: string, error: Error, flags: TestFlags): number {
  if (!(error instanceof PolicyFileError)) {
    throw new UnableError(`Cannot read ${folder}: ${error.message}`);
  }
  const { problems } = error;
  if (flags.json) {
    process.stdout.write(`${JSON.stringify({ problems }, undefined, 2)}\n`);
  } else {
    for (const problem of problems) {
      const { file, line, column } = problem;
      const place = [file, line, column].filter(part => part !== undefined);
      process.stderr.write(`${place.join(':')}: ${problemText(problem)}\n`);
    }
  }
  return EXIT.unable;
}

function readGates(file: string): GateDescription[] {
  try {
    const content: unknown = JSON.parse(readText(file));
    const { items = content } = content as { items?: unknown };
    if (!Array.isArray(items)) throw new Error('expected a list of checks');
    return items.map((item: Partial<GateDocument>) => {
      if (typeof item?.id !== 'string' || typeof item.title !== 'string') {
        throw new Error('a check needs an id and a title');
      }
      return gateOf(item as GateDocument);
    });
  } catch (error) {
    if (error instanceof UnableError) throw error;
    throw new UnableError(`${file}: ${(error as Error).message}`);
  }
}
