/** Fields that control planes of older releases do not know. */
const FIELDS = ['declined', 'language', 'topic', 'confidence'] as const;

/**
 * Lines of records without signals, for a control plane of an older release.
 *
 * @returns nothing where there is none in them
 */
export function withoutSignals(lines: string[]): string[] | undefined {
  let hasSome = false;
  const plain = lines.map(line => {
    const record = JSON.parse(line) as Record<string, unknown>;
    for (const field of FIELDS) {
      hasSome ||= field in record;
      delete record[field];
    }
    return JSON.stringify(record);
  });
  return hasSome ? plain : undefined;
}
