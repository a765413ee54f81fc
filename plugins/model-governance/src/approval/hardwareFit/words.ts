import type { HardwareFitEvidence } from '@modelhub/backstage-plugin-models-common';

type PartId = HardwareFitEvidence['parts'][number]['id'];

export const partWords: Record<PartId, { title: string; about: string }> = {
  weights: {
    title: 'Weights',
    about: 'The parameters, in the format of this version.',
  },
  'kv-cache': {
    title: 'KV cache',
    about: 'What is remembered of each token of each request.',
  },
  activations: {
    title: 'Activations',
    about: 'What the layers hold while they read prompts.',
  },
  runtime: {
    title: 'Runtime',
    about: 'Driver, kernels and graphs, about 1 GiB on each GPU.',
  },
};

/** `12.4 GiB` */
export const gibText = (gib: number) =>
  `${gib.toLocaleString('en-GB', {
    maximumFractionDigits: gib < 1 ? 2 : 1,
  })} GiB`;

export const countText = (count: number) => count.toLocaleString('en-GB');

/** `8.03 billion` */
export function parametersText(parameters: number): string {
  const [size, word] =
    parameters >= 1e9
      ? [parameters / 1e9, 'billion']
      : [parameters / 1e6, 'million'];
  return `${size.toLocaleString('en-GB', {
    maximumFractionDigits: 2,
  })} ${word}`;
}

/** What can be used over all GPUs, where GPUs are known. */
export function capacityOf({
  usableGiBPerGpu,
  gpuCount = 1,
}: HardwareFitEvidence): number | undefined {
  return usableGiBPerGpu === undefined ? undefined : usableGiBPerGpu * gpuCount;
}

export function formatText({
  parameters,
  activeParameters,
  formatTitle,
  bitsPerWeight,
  formatFrom,
}: HardwareFitEvidence): string | undefined {
  if (parameters === undefined) return undefined;
  const active = activeParameters
    ? `, ${parametersText(activeParameters)} of them for each token`
    : '';
  return `${parametersText(
    parameters,
  )} parameters${active}, as ${formatTitle} (${bitsPerWeight} bits each, told by ${formatFrom})`;
}

/** The picture in words. */
export function pictureText(evidence: HardwareFitEvidence): string {
  const capacity = capacityOf(evidence);
  const parts = evidence.parts
    .map(({ id, gib, isUnknown }) =>
      [partWords[id].title, isUnknown ? 'not known' : gibText(gib)].join(' '),
    )
    .join(', ');
  const total = gibText(evidence.totalGiB ?? 0);
  return capacity === undefined
    ? `About ${total} of memory: ${parts}.`
    : `About ${total} of the ${gibText(capacity)} that can be used of ${
        evidence.gpus
      }: ${parts}.`;
}
