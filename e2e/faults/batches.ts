import type { UsageBatch } from '@modelhub/governance-protocol';
import express, { type RequestHandler } from 'express';
import fs from 'node:fs';

/**
 * Writes down what gateways sent before it is taken: the usage backend keeps
 * sums, and what single calls were like is judged here.
 *
 * @param file - that all replicas write to, a batch a line
 */
export function noteBatches(file: string | undefined): RequestHandler {
  if (!file) throw new Error('BATCHES is not set: run npm run faults');
  const read = express.json({ limit: '16mb' });
  return (req, res, next) =>
    read(req, res, (error?: unknown) => {
      // What a killed replica wrote of a line stands alone.
      if (!error) fs.appendFileSync(file, `\n${JSON.stringify(req.body)}`);
      next(error);
    });
}

/** Each batch once, however often it was sent. */
export function readBatches(file: string): UsageBatch[] {
  if (!fs.existsSync(file)) return [];
  const batches = new Map<string, UsageBatch>();
  for (const line of fs.readFileSync(file, 'utf8').split('\n')) {
    try {
      const batch: UsageBatch = JSON.parse(line);
      batches.set(batch.batchId, batch);
    } catch {
      // Torn, or empty.
    }
  }
  return [...batches.values()];
}
