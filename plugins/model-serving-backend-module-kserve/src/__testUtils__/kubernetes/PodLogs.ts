import { EventEmitter } from 'node:events';

/** What containers have written. */
export class PodLogs {
  readonly #lines = new Map<string, string[]>();
  readonly #emitter = new EventEmitter().setMaxListeners(0);

  #key(namespace: string, pod: string, container: string) {
    return `${namespace}/${pod}/${container}`;
  }

  write(
    namespace: string,
    pod: string,
    container: string,
    ...lines: string[]
  ): void {
    const key = this.#key(namespace, pod, container);
    this.#lines.set(key, [...(this.#lines.get(key) ?? []), ...lines]);
    for (const line of lines) {
      this.#emitter.emit(key, line);
    }
  }

  read(namespace: string, pod: string, container: string): string[] {
    return this.#lines.get(this.#key(namespace, pod, container)) ?? [];
  }

  follow(
    namespace: string,
    pod: string,
    container: string,
    onLine: (line: string) => void,
  ): () => void {
    const key = this.#key(namespace, pod, container);
    this.#emitter.on(key, onLine);
    return () => this.#emitter.off(key, onLine);
  }
}
