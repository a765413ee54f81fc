import { InvalidArgumentError } from 'commander';

export const count =
  (least: number) =>
  (text: string): number => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isSafeInteger(value) || value < least) {
      throw new InvalidArgumentError(
        `Take a whole number of at least ${least}.`,
      );
    }
    return value;
  };

export function price(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0) {
    throw new InvalidArgumentError('Take a price such as 0.6.');
  }
  return value;
}

export function currency(text: string): string {
  if (!/^[A-Z]{3}$/.test(text)) {
    throw new InvalidArgumentError('Take three letters, such as USD.');
  }
  return text;
}

export function confidence(text: string): number {
  const value = Number(text);
  if (!(value > 0.5 && value < 1)) {
    throw new InvalidArgumentError('Take a level such as 0.95.');
  }
  return value;
}

export function jsonObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (value && typeof value === 'object' && !Array.isArray(value)) {
      return value as Record<string, unknown>;
    }
  } catch {
    // Told below.
  }
  throw new InvalidArgumentError('Take a JSON object.');
}
