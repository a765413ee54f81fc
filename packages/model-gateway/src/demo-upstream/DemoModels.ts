import fs from 'node:fs';
import path from 'node:path';
import { TicketRouter } from './TicketRouter';

const foldersIn = (folder: string) =>
  fs
    .readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(entry => entry.name)
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));

/** The model is known and the version is not. */
export class UnknownVersionError extends Error {}

/** The models that the demo upstream really runs, by id and version. */
export class DemoModels {
  readonly #versions: Map<string, Map<string, TicketRouter>>;

  private constructor(versions: Map<string, Map<string, TicketRouter>>) {
    this.#versions = versions;
  }

  static none(): DemoModels {
    return new DemoModels(new Map());
  }

  /**
   * Reads `<publisher>/<name>/<version>` below a folder; whatever is not a
   * ticket router is passed over.
   *
   * @throws Error where the folder or the weights of a router cannot be read
   */
  static read(folder: string): DemoModels {
    const found = new Map<string, Map<string, TicketRouter>>();
    for (const publisher of foldersIn(folder)) {
      for (const name of foldersIn(path.join(folder, publisher))) {
        const versions = new Map<string, TicketRouter>();
        for (const version of foldersIn(path.join(folder, publisher, name))) {
          const model = TicketRouter.read(
            path.join(folder, publisher, name, version),
          );
          if (model) {
            versions.set(version, model);
          }
        }
        if (versions.size > 0) {
          found.set(`${publisher}/${name}`, versions);
        }
      }
    }
    return new DemoModels(found);
  }

  /** `acme/ticket-router`, `acme/ticket-router@1.1`, … */
  get ids(): string[] {
    return [...this.#versions].flatMap(([id, versions]) => [
      id,
      ...[...versions.keys()].map(version => `${id}@${version}`),
    ]);
  }

  /**
   * The model of an id, the newest version where it names none; undefined
   * where the model is none of these.
   *
   * @throws UnknownVersionError
   */
  find(model: string): TicketRouter | undefined {
    const [id, version] = model.split('@', 2);
    const versions = this.#versions.get(id);
    if (!versions) {
      return undefined;
    }
    const names = [...versions.keys()];
    const found = versions.get(version ?? names[names.length - 1]);
    if (!found) {
      throw new UnknownVersionError(
        `${id} is not served in version ${version}; there are ${names.join(
          ' and ',
        )}`,
      );
    }
    return found;
  }
}
