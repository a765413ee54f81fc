import {
  expectedCost,
  moneyText,
  type ExpectedUse,
  type GpuCostOptions,
  type ModelEntityV1alpha1,
} from '@modelhub/backstage-plugin-models-common';

/** What the policy says of GPUs, out of the parameters of the check. */
export function gpuCostOptions(
  params: Record<string, unknown> = {},
): GpuCostOptions {
  const number = (value: unknown) =>
    typeof value === 'number' ? value : undefined;
  return {
    gpuPrices: params.gpuPricesPerHour as Record<string, number> | undefined,
    hoursPerMonth: number(params.hoursPerMonth),
    replicas: number(params.replicas),
    contextTokens: number(params.contextTokens),
    gpus: typeof params.gpus === 'string' ? params.gpus : undefined,
  };
}

/** What a version is expected to cost, in a sentence; undefined while it cannot be told. */
export function costText(
  entity: ModelEntityV1alpha1 | undefined,
  modelVersion: string,
  use: ExpectedUse | undefined,
  options: GpuCostOptions,
): string | undefined {
  const version = entity?.spec.versions?.find(
    ({ name }) => name === modelVersion,
  );
  if (!entity || !version) return undefined;
  const cost = expectedCost(entity, version, use, options);
  if (cost.amount === undefined) {
    // That nothing was typed yet is no news.
    const [reason] = cost.unknown.filter(({ code }) => code !== 'use');
    return reason && `No cost can be told: ${reason.message}`;
  }
  const total = moneyText(cost.amount, cost.currency);
  if (cost.basis === 'tokens') {
    const parts = cost.parts
      .map(
        ({ label, amount }) =>
          `${label.toLocaleLowerCase('en-GB')} ${moneyText(
            amount,
            cost.currency,
          )}`,
      )
      .join(', ');
    return `About ${total} a month at list price: ${parts}.`;
  }
  const replicas = cost.replicas ?? 1;
  return cost.parts.length > 0
    ? `About ${total} a month for ${cost.gpus}${
        replicas > 1 ? ` in ${replicas} replicas` : ''
      }, whether it is used or not.`
    : 'It needs no GPU, so nothing is paid by the hour.';
}
