import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import {
  HARDWARE_FIT_GATE,
  parseGpus,
  type Finding,
  type HardwareFitEvidence,
} from '@modelhub/backstage-plugin-models-common';
import type {
  GateOutcome,
  GateSubject,
  ModelGate,
} from '@modelhub/backstage-plugin-models-node';
import { canonicalJson, sha256Hex } from '@modelhub/governance-protocol';
import { paramsValidator } from '../builtIn/validateParams';
import { judgeHardware, type HardwareDemand } from './judgeHardware';

const validate = paramsValidator({
  contextTokens: { type: 'integer', minimum: 1 },
  sequences: { type: 'integer', minimum: 1 },
  utilization: { type: 'number', minimum: 0.1, maximum: 1 },
  kvBits: { type: 'integer', enum: [8, 16] },
  gpus: { type: 'array', items: { type: 'string' }, minItems: 1 },
  unknown: { type: 'string', enum: ['warn', 'fail'] },
});

const demandOf = (
  params: JsonObject,
  subject: GateSubject,
): HardwareDemand => ({
  contextTokens: Number(params.contextTokens ?? 8192),
  sequences: Number(params.sequences ?? 4),
  utilization: Number(params.utilization ?? 0.9),
  kvBits: Number(params.kvBits ?? 16),
  gpus: (params.gpus ?? []) as string[],
  peakConcurrent: subject.expectedUse?.peakConcurrent,
});

const gib = (value: number | undefined) =>
  `${(value ?? 0).toLocaleString('en-GB', { maximumFractionDigits: 1 })} GiB`;

/** What a card may say too little by, in a share of the estimate. */
const TOLERANCE = 0.1;

function summaryOf(evidence: HardwareFitEvidence): string {
  const { verdict, gpus, gpuCount = 1, neededGiBPerGpu, missing } = evidence;
  const each = gpuCount > 1 ? ' on each' : '';
  switch (verdict) {
    case 'fits':
      return `It needs about ${gib(
        neededGiBPerGpu,
      )}${each} and fits ${gpus}, of which ${gib(
        evidence.usableGiBPerGpu,
      )}${each} can be used.`;
    case 'does-not-fit':
      return `It needs about ${gib(
        neededGiBPerGpu,
      )}${each}, and ${gpus} offers ${gib(evidence.usableGiBPerGpu)}${each}.`;
    default:
      return `Whether it fits cannot be known: the card does not say ${missing
        .map(({ title }) => title)
        .join(', ')}.`;
  }
}

function wayOut(evidence: HardwareFitEvidence): string {
  const { gpusNeeded, gpus = '', isCpu, mostSequences } = evidence;
  if (isCpu) {
    return 'Name a GPU in spec.hardware.recommendedGpu, or more memory in spec.hardware.memoryGiB.';
  }
  const enough = gpusNeeded && gpus.replace(/^\d+x/, `${gpusNeeded}x`);
  return [
    enough
      ? `Set spec.hardware.recommendedGpu to ${enough} or to larger GPUs`
      : 'Set spec.hardware.recommendedGpu to larger GPUs',
    mostSequences ? `plan for ${mostSequences} requests at once` : '',
    'choose a version in fewer bits',
  ]
    .filter(Boolean)
    .join(', or ')
    .concat('.');
}

function findingsOf(
  evidence: HardwareFitEvidence,
  unknown: 'warn' | 'fail',
  unevenSplit: boolean,
): Finding[] {
  const { verdict, declaredGiB, totalGiB, gpuCount = 1 } = evidence;
  const findings: Finding[] = [];
  if (verdict === 'does-not-fit') {
    findings.push({
      id: 'too-large',
      severity: 'high',
      field: 'spec.hardware.recommendedGpu',
      message: summaryOf(evidence),
      howToFix: wayOut(evidence),
    });
  }
  const gravity = unknown === 'fail' ? 'high' : 'medium';
  for (const { field, title, howToAdd } of evidence.missing) {
    findings.push({
      id: `missing-${field}`,
      severity: verdict === 'unknown' ? gravity : 'low',
      field,
      message: `The card does not say ${title}.`,
      howToFix: howToAdd,
    });
  }
  const kv = evidence.parts.find(({ id }) => id === 'kv-cache')?.gib ?? 0;
  const least = (totalGiB ?? 0) - kv;
  if (declaredGiB !== undefined && least * (1 - TOLERANCE) > declaredGiB) {
    findings.push({
      id: 'declared-too-little',
      severity: 'low',
      field: 'spec.hardware.minGpuMemoryGiB',
      message: `The card says ${gib(declaredGiB)}, and this version needs ${gib(
        least,
      )} before the first request.`,
      howToFix: `Set spec.hardware.minGpuMemoryGiB to at least ${Math.ceil(
        least,
      )}, unless it is meant for another version.`,
    });
  }
  if (unevenSplit) {
    findings.push({
      id: 'uneven-split',
      severity: 'low',
      field: 'spec.hardware.recommendedGpu',
      message: `Its attention heads do not divide by ${gpuCount} GPUs, so engines that split layers refuse to start.`,
      howToFix: 'Name a count of GPUs that divides the attention heads.',
    });
  }
  if ((evidence.replicasForPeak ?? 1) > 1) {
    findings.push({
      id: 'replicas',
      severity: 'info',
      message: `${evidence.peakConcurrent} requests at once take ${evidence.replicasForPeak} replicas; one takes ${evidence.mostSequences}.`,
      howToFix: 'Plan for so many replicas when you deploy it.',
    });
  }
  return findings;
}

/**
 * Whether a version fits the GPUs that its card or the policy names, by what
 * the card says of it. Parameters: `contextTokens` of one request (8192),
 * `sequences` at once (4), `utilization` of a GPU (0.9), `kvBits` (16), `gpus`
 * where the card names none, `unknown` (`warn` or `fail`).
 */
export const hardwareFitGate: ModelGate = {
  id: HARDWARE_FIT_GATE,
  title: 'Hardware fit',
  description:
    'The memory that the version needs, by its parameters, format, context and cache, fits the GPUs it is to run on.',
  version: '1',
  factsOnly: true,
  guidance: {
    by: 'owner',
    howTo:
      "Say in the model's YAML how many parameters it has, its shape (spec.hardware.architecture, from config.json) and the GPUs it runs on (spec.hardware.recommendedGpu).",
  },
  notApplicable: 'Its provider runs this version on hardware of its own.',
  appliesTo: ({ version }) => version.artifact !== undefined,
  validateParams: Object.assign(
    (params: JsonObject) => {
      validate(params);
      for (const text of (params.gpus ?? []) as string[]) {
        if (!parseGpus(text)) {
          throw new InputError(
            `gpus: '${text}' names no GPUs; write count, kind and memory, such as '2x H100 80GB'`,
          );
        }
      }
    },
    { schema: validate.schema },
  ),
  paramOrder: {
    contextTokens: 'higher',
    sequences: 'higher',
    utilization: 'lower',
    kvBits: 'higher',
    unknown: ['warn', 'fail'],
  },
  cacheKey: ({ entity: { spec }, version, expectedUse }) =>
    sha256Hex(
      canonicalJson([
        spec.type,
        spec.parameters ?? 0,
        spec.context ?? {},
        spec.hardware ?? {},
        spec.compatibility?.quantizations ?? [],
        version,
        expectedUse?.peakConcurrent ?? 0,
      ]),
    ),
  async evaluate(subject, params): Promise<GateOutcome> {
    const { evidence, unevenSplit } = judgeHardware(
      subject.entity,
      subject.version,
      demandOf(params, subject),
    );
    const unknown = params.unknown === 'fail' ? 'fail' : 'warn';
    const findings = findingsOf(evidence, unknown, unevenSplit);
    const passed = findings.every(({ severity }) => severity === 'info');
    const verdicts = {
      fits: passed ? 'pass' : 'warn',
      'does-not-fit': 'fail',
      unknown,
    } as const;
    return {
      verdict: verdicts[evidence.verdict],
      summary: summaryOf(evidence),
      findings,
      evidence,
    };
  },
};
