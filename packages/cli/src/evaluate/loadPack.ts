import {
  PackError,
  readPackFolder,
  type EvaluationPack,
} from '@modelhub/evals';
import { UnableError } from '../exitCodes';

/** The pack in a folder; every problem is a line. */
export async function loadPack(folder: string): Promise<EvaluationPack> {
  try {
    return await readPackFolder(folder);
  } catch (error) {
    if (error instanceof PackError) throw new UnableError(error.message);
    throw error;
  }
}
