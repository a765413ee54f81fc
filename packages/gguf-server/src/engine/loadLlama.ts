/** What the package exports. */
export type NodeLlamaCpp = typeof import('node-llama-cpp');

/** What is wrong with the start, in words for whoever started the program. */
export class StartError extends Error {
  override name = 'StartError';
}

/**
 * `node-llama-cpp`, where it is installed: it is large, so it comes only to those
 * who ask for it.
 *
 * @throws StartError when it is not there
 */
export async function loadLlama(
  load: () => Promise<NodeLlamaCpp> = () => import('node-llama-cpp'),
): Promise<NodeLlamaCpp> {
  try {
    return await load();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') {
      throw new StartError(
        'node-llama-cpp is not installed. Add it beside this package (yarn add node-llama-cpp@3.21.1), or let the engine run another program, for example llama-server.',
      );
    }
    throw new StartError(`node-llama-cpp cannot be loaded: ${message}`);
  }
}
