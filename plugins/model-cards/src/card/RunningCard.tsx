import type { ModelEntityV1alpha1 } from '@modelhub/backstage-plugin-models-common';
import { CopyButton } from '@modelhub/backstage-plugin-models-react';
import type { ReactNode } from 'react';
import {
  formatParameters,
  formatPrice,
  formatTokens,
  humanize,
  languageName,
  modelTypeName,
} from '../format';
import { FactList, SectionCard } from './SectionCard';
import { useModelEntity } from './useModelEntity';

const list = (values: string[] | undefined, text = (value: string) => value) =>
  values?.length ? values.map(text).join(', ') : undefined;

const given = <T,>(value: T | undefined, text: (value: T) => string) =>
  value === undefined ? undefined : text(value);

function contextText({ spec }: ModelEntityV1alpha1): string | undefined {
  const { maxTokens, testedTokens } = spec.context ?? {};
  if (maxTokens === undefined) return undefined;
  return testedTokens === undefined
    ? formatTokens(maxTokens)
    : `${formatTokens(maxTokens)}, ${formatTokens(testedTokens)} tested`;
}

function retentionText(days: number): string {
  if (days === 0) return 'not at all';
  return days === 1 ? '1 day' : `${days} days`;
}

/** What it takes in, where its prompts go, and what it needs to run. */
export function RunningCard() {
  const entity = useModelEntity();
  const { spec } = entity;
  const { hardware, compatibility, modalities, data } = spec;
  const call: ReactNode = (
    <>
      <code>{spec.gatewayId}</code>
      <CopyButton text={spec.gatewayId} what="the id that callers use" />
    </>
  );
  return (
    <SectionCard title="Running it">
      <FactList
        facts={[
          ['Called as', call],
          ['Kind of model', modelTypeName(spec.type)],
          ['Provider', spec.provider],
          ['Takes', list(modalities?.input)],
          ['Gives', list(modalities?.output)],
          ['Context window', contextText(entity)],
          ['Parameters', given(spec.parameters, formatParameters)],
          [
            'GPU memory',
            given(hardware?.minGpuMemoryGiB, gib => `at least ${gib} GiB`),
          ],
          ['Recommended GPU', hardware?.recommendedGpu],
          ['CPU', given(hardware?.cpu, cores => `${cores} cores`)],
          ['Main memory', given(hardware?.memoryGiB, gib => `${gib} GiB`)],
          ['Runs with', list(compatibility?.frameworks)],
          ['Quantisations', list(compatibility?.quantizations)],
          ['Price', spec.pricing && formatPrice(spec.pricing)],
          [
            'Prompts go to',
            list(data?.regions, region =>
              region.length <= 3 ? region.toUpperCase() : humanize(region),
            ),
          ],
          ['Prompts are kept', given(data?.retentionDays, retentionText)],
          ['Languages', list(spec.languages, languageName)],
        ]}
      />
    </SectionCard>
  );
}
