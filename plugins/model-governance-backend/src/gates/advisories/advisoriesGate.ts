import { canonicalJson, sha256Hex } from '@modelhub/governance-protocol';
import { ADVISORIES_GATE } from '@modelhub/backstage-plugin-models-common';
import type { ModelGate } from '@modelhub/backstage-plugin-models-node';
import { ancestorsOf } from '../builtIn/lineage';
import { paramsValidator } from '../builtIn/validateParams';
import { SourceError } from './AdvisoryHttp';
import type { AdvisoryAnswer, AdvisoryService } from './AdvisoryService';
import { itemsOf } from './items';
import { judge, SEVERITIES, type AdvisoryParams } from './judge';
import type { RuntimeSetting } from './runtimes';

/** What policies have to know of the gate. */
export const advisoriesRules = {
  id: ADVISORIES_GATE,
  title: 'Known advisories',
  description:
    'No advisory (OSV) is known on the model, on what it was made from, or on the programs that run it.',
  guidance: {
    by: 'itself',
    howTo:
      'Nothing to do: the portal asks its sources of advisories. Name the versions of the programs that run the model in spec.compatibility.frameworks, for example vllm==0.11.0, so that it can tell which advisories are meant.',
  },
  validateParams: paramsValidator({
    failOn: { enum: SEVERITIES },
    unknownSeverity: { enum: SEVERITIES },
    uncertain: { enum: ['note', 'warn', 'fail'] },
    accepted: { type: 'array', items: { type: 'string' } },
    requireSources: { type: 'array', items: { type: 'string' } },
  }),
  paramOrder: {
    failOn: SEVERITIES,
    unknownSeverity: [...SEVERITIES].reverse(),
    uncertain: ['note', 'warn', 'fail'],
    accepted: 'subset',
    requireSources: 'superset',
  },
} satisfies Partial<ModelGate>;

/**
 * Looks for known advisories on the model, its lineage and its frameworks.
 * Parameters: `failOn`, the severity from which an advisory stops the request
 * (`high` without it); `unknownSeverity`, what one counts as that does not say
 * (`high`); `uncertain`, what an advisory does of which it cannot be told
 * whether it means this version (`warn`); `accepted`, ids that are known and
 * borne; `requireSources`, ids of sources that have to have been asked.
 */
export function advisoriesGate(options: {
  service: AdvisoryService;
  runtimes: RuntimeSetting[];
}): ModelGate {
  const { service, runtimes } = options;
  return {
    ...advisoriesRules,
    version: `1-${sha256Hex(canonicalJson(runtimes)).slice(0, 8)}`,
    // Advisories are published without anything here changing.
    maxAgeSeconds: 3600,
    timeoutSeconds: 300,
    appliesTo: () => true,
    cacheKey: ({ decisionFactsHash, entity: { spec }, version }) =>
      sha256Hex(
        canonicalJson([
          decisionFactsHash,
          spec.gatewayId,
          version.artifact?.uri ?? '',
          version.artifact?.revision ?? '',
          version.providerModelId ?? version.name,
          spec.compatibility?.frameworks ?? [],
        ]),
      ),
    async evaluate(
      subject,
      jsonParams,
      { getEntities, signal, now, progress },
    ) {
      const params = jsonParams as AdvisoryParams;
      if (!service.hasSources) {
        return {
          verdict: 'error',
          isFinal: true,
          summary:
            'No source of advisories is set up. An administrator adds one to modelGovernance.advisories; then run this check again.',
          findings: [],
        };
      }
      const ancestors = await ancestorsOf(subject.entity, getEntities);
      const items = itemsOf(subject, ancestors, runtimes);
      progress({ message: `Looking for advisories on ${items.length} names` });
      let answer: AdvisoryAnswer;
      try {
        answer = await service.find(items, signal);
      } catch (error) {
        if (!(error instanceof SourceError)) throw error;
        return {
          verdict: 'error',
          summary: `The advisories could not be read whole, and half of them prove nothing. ${error.message}`,
          findings: [],
        };
      }
      const asked = answer.sources.map(({ id }) => id);
      const absent = (params.requireSources ?? []).filter(
        id => !asked.includes(id),
      );
      if (absent.length > 0) {
        return {
          verdict: 'error',
          isFinal: true,
          summary: `The policy asks for the sources ${absent.join(
            ', ',
          )}, which are not set up. An administrator adds them to modelGovernance.advisories; then run this check again.`,
          findings: [],
        };
      }
      return judge(items, answer, params, now);
    },
  };
}
