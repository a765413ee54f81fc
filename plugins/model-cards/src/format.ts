// `en` rather than `en-GB`, which would say 70.6bn and 131k.
const compact = new Intl.NumberFormat('en', {
  notation: 'compact',
  maximumSignificantDigits: 3,
});
const plain = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 3 });

/** Windows as people say them: 131,072 is `128K tokens`, 200,000 is `200K tokens`. */
export function formatTokens(tokens: number): string {
  if (tokens > 0 && tokens % 1024 === 0) {
    const kilo = tokens / 1024;
    return kilo % 1024 === 0 ? `${kilo / 1024}M tokens` : `${kilo}K tokens`;
  }
  return `${compact.format(tokens)} tokens`;
}

/** `70.6B`: billions are what model sizes are told in. */
export function formatParameters(count: number): string {
  return compact.format(count);
}

export function formatNumber(value: number): string {
  return plain.format(value);
}

const BYTES = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

export function formatBytes(bytes: number): string {
  const step = Math.min(
    Math.floor(Math.log2(Math.max(bytes, 1)) / 10),
    BYTES.length - 1,
  );
  const value = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });
  return `${value.format(bytes / 2 ** (10 * step))} ${BYTES[step]}`;
}

/** `12 Mar 2027` */
export function formatDate(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime())
    ? iso
    : date.toLocaleDateString('en-GB', {
        day: 'numeric',
        month: 'short',
        year: 'numeric',
      });
}

function money(value: number, currency: string): string {
  try {
    return new Intl.NumberFormat('en-GB', {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
      maximumFractionDigits: 4,
    }).format(value);
  } catch {
    // Not a currency that the browser knows; the YAML's own word will do.
    return `${plain.format(value)} ${currency}`;
  }
}

/** List price in words, or undefined when neither side of it is known. */
export function formatPrice(pricing: {
  inputPerMTok?: number;
  outputPerMTok?: number;
  currency?: string;
}): string | undefined {
  const currency = pricing.currency ?? 'USD';
  const parts = [
    pricing.inputPerMTok !== undefined &&
      `${money(pricing.inputPerMTok, currency)} in`,
    pricing.outputPerMTok !== undefined &&
      `${money(pricing.outputPerMTok, currency)} out`,
  ].filter(Boolean);
  return parts.length ? `${parts.join(', ')} per million tokens` : undefined;
}

/** `customer-support` → `Customer support` */
export function humanize(id: string): string {
  const words = id.replace(/[-_]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const languageNames = new Intl.DisplayNames(['en-GB'], { type: 'language' });

/** `de` → `German`; what is not a language tag stays as it is. */
export function languageName(tag: string): string {
  try {
    return languageNames.of(tag) ?? tag;
  } catch {
    return tag;
  }
}

const typeNames: Record<string, string> = {
  llm: 'Language model',
  embedding: 'Embedding model',
  reranker: 'Reranker',
  classifier: 'Classifier',
  vision: 'Vision model',
  speech: 'Speech model',
  'image-generation': 'Image generation',
  other: 'Other',
};

export function modelTypeName(type: string): string {
  return typeNames[type] ?? humanize(type);
}
