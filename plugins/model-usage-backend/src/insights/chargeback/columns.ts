import type { Sums } from '../../rollups';
import { decimalOf, type Column } from './csv';

/** What to charge for in a day or month. */
export interface Charge extends Sums {
  /** Moments in UTC; the end does not count. */
  from: string;
  to: string;
  /** Of the month that it belongs to. */
  billingFrom: string;
  billingTo: string;
  /** Entity ref; of a component its owner. Empty where nobody knows. */
  team: string;
  component: string;
  profile: string;
  model: string;
  version: string;
  tier: string;
  source: string;
  /** Empty for what has no price. */
  currency: string;
}

const whole = (read: (row: Charge) => number) => (row: Charge) =>
  String(read(row));

/** One line for each combination of names, also of what has no price. */
export const PLAIN_COLUMNS: Array<Column<Charge>> = [
  { name: 'from', text: row => row.from.slice(0, 10) },
  {
    name: 'to',
    // The last day, as in the rest of the portal.
    text: row => new Date(Date.parse(row.to) - 1).toISOString().slice(0, 10),
  },
  { name: 'team', text: row => row.team },
  { name: 'component', text: row => row.component },
  { name: 'profile', text: row => row.profile },
  { name: 'model', text: row => row.model },
  { name: 'version', text: row => row.version },
  { name: 'tier', text: row => row.tier },
  { name: 'source', text: row => row.source },
  { name: 'currency', text: row => row.currency },
  {
    name: 'cost',
    number: row => (row.currency === '' ? '' : decimalOf(row.costMicros)),
  },
  { name: 'calls', number: whole(row => row.calls) },
  { name: 'refused', number: whole(row => row.refused) },
  { name: 'unpriced_calls', number: whole(row => row.unpricedCalls) },
  { name: 'input_tokens', number: whole(row => row.inputTokens) },
  { name: 'cached_input_tokens', number: whole(row => row.cachedInputTokens) },
  { name: 'output_tokens', number: whole(row => row.outputTokens) },
];

/** Who charges, in the words of FOCUS. */
export interface Issuer {
  /** Of `organization.name`, or else `Model Hub`. */
  name: string;
}

const SERVICE = 'Model Hub';

/** Tags that Model Hub makes bear this prefix, as the specification asks for. */
export const TAG_PREFIX = 'modelhub/';

/** How much was used: tokens, or else calls, or else the period itself. */
function quantityOf(row: Charge): { quantity: string; unit: string } {
  const tokens = row.inputTokens + row.outputTokens;
  if (tokens > 0) return { quantity: String(tokens), unit: 'Tokens' };
  if (row.calls > 0) return { quantity: String(row.calls), unit: 'Requests' };
  const days = (Date.parse(row.to) - Date.parse(row.from)) / (24 * 3600_000);
  return { quantity: String(days), unit: 'Days' };
}

function tagsOf(row: Charge): string {
  const tags = Object.entries({
    component: row.component,
    profile: row.profile,
    source: row.source,
    tier: row.tier,
    version: row.version,
  }).filter(([, value]) => value !== '');
  return JSON.stringify(
    Object.fromEntries(
      tags.map(([name, value]) => [`${TAG_PREFIX}${name}`, value]),
    ),
  );
}

/** The name of the vendor in `meta/llama-3.3-70b`. */
const publisherOf = (model: string) =>
  model.includes('/') ? model.slice(0, model.indexOf('/')) : '';

const describe = (row: Charge) => {
  const { quantity, unit } = quantityOf(row);
  const version = row.version === '' ? '' : `@${row.version}`;
  return `${
    row.model || 'Unknown model'
  }${version}: ${quantity} ${unit.toLowerCase()}`;
};

/**
 * The FinOps Open Cost and Usage Specification, version 1.2: all columns that
 * are mandatory, and the conditional ones of which something is known. Moments
 * end in Z, ends of periods do not count, amounts are decimals with a point.
 * What the organisation pays is not known, so the four costs are the same: what
 * the calls cost by the prices of the allowlist, or of the source.
 *
 * @see https://focus.finops.org/focus-specification/v1-2/
 */
export function focusColumns(issuer: Issuer): Array<Column<Charge>> {
  const cost = (row: Charge) => decimalOf(row.costMicros);
  return [
    { name: 'BilledCost', number: cost },
    { name: 'BillingAccountId', text: () => 'model-hub' },
    { name: 'BillingAccountName', text: () => issuer.name },
    { name: 'BillingAccountType', text: () => 'Portal' },
    { name: 'BillingCurrency', text: row => row.currency },
    { name: 'BillingPeriodEnd', text: row => row.billingTo },
    { name: 'BillingPeriodStart', text: row => row.billingFrom },
    { name: 'ChargeCategory', text: () => 'Usage' },
    { name: 'ChargeClass', text: () => undefined },
    { name: 'ChargeDescription', text: describe },
    { name: 'ChargeFrequency', text: () => 'Usage-Based' },
    { name: 'ChargePeriodEnd', text: row => row.to },
    { name: 'ChargePeriodStart', text: row => row.from },
    { name: 'ConsumedQuantity', number: row => quantityOf(row).quantity },
    { name: 'ConsumedUnit', text: row => quantityOf(row).unit },
    { name: 'ContractedCost', number: cost },
    { name: 'EffectiveCost', number: cost },
    { name: 'InvoiceIssuerName', text: () => issuer.name },
    { name: 'ListCost', number: cost },
    { name: 'PricingCategory', text: () => 'Standard' },
    { name: 'PricingQuantity', number: row => quantityOf(row).quantity },
    { name: 'PricingUnit', text: row => quantityOf(row).unit },
    { name: 'ProviderName', text: () => issuer.name },
    {
      name: 'PublisherName',
      text: row => publisherOf(row.model) || issuer.name,
    },
    { name: 'ResourceId', text: row => row.model },
    { name: 'ResourceName', text: row => row.model },
    { name: 'ResourceType', text: () => 'Model' },
    { name: 'ServiceCategory', text: () => 'AI and Machine Learning' },
    { name: 'ServiceName', text: () => SERVICE },
    { name: 'ServiceSubcategory', text: () => 'Generative AI' },
    { name: 'SubAccountId', text: row => row.team },
    { name: 'SubAccountName', text: row => row.team },
    {
      name: 'SubAccountType',
      text: row => (row.team === '' ? undefined : 'Team'),
    },
    { name: 'Tags', text: tagsOf },
  ];
}
