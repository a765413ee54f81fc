import type { UsageImportInput } from '@modelhub/backstage-plugin-models-common';

export type Format = UsageImportInput['format'];

/** What formats are called. */
export const formatNames: Record<Format, string> = {
  csv: 'Usage (CSV)',
  'opencost-json': 'OpenCost (JSON of /allocation/compute)',
  'opencost-csv': 'OpenCost (CSV export)',
};

/** What a file probably is, by how it begins. */
export function formatOf(content: string): Format {
  const begin = content.replace(/^\uFEFF/, '').trimStart();
  if (begin.startsWith('{')) return 'opencost-json';
  const [head] = begin.split(/\r?\n/, 1);
  const columns = head.toLowerCase().split(/[,;\t]/);
  return columns.includes('totalcost') ? 'opencost-csv' : 'csv';
}

/** The text of a file. */
export function textOf(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsText(file);
  });
}
