import { PackError, readPack, type EvaluationPack } from '@modelhub/evals';
import { UnableError } from '../exitCodes';
import { PortalClient } from '../policy/PortalClient';

/** Where a pack is fetched from, when it is not a folder. */
export interface PortalFlags {
  portal?: string;
  /** Of `--pack-version`. */
  packVersion?: string;
}

/** What `GET /evaluation-packs/{namespace}/{name}/download` answers. */
interface PackDocument {
  format: string;
  entityRef: string;
  digest: string;
  packYaml: string;
  files: Record<string, string>;
}

const FORMAT = 'modelhub-evaluation-pack/v1';
const REF = /^(?:evaluationpack:)?(?:([\w.-]+)\/)?([\w.-]+)$/i;

const isRef = (place: string) => /^evaluationpack:/i.test(place);

/** A pack of the catalog, fetched from the portal; it must be what the portal says it is. */
export async function portalPack(
  ref: string,
  portal: string,
  version?: string,
): Promise<EvaluationPack> {
  const [, namespace = 'default', name] = REF.exec(ref) ?? [];
  if (!name) {
    throw new UnableError(
      `'${ref}' is no pack of a portal; name it as evaluationpack:acme/tickets`,
    );
  }
  const token = process.env.MODELHUB_TOKEN;
  if (!token) {
    throw new UnableError(
      'Say who asks: set MODELHUB_TOKEN to a token for the portal',
    );
  }
  const document = await PortalClient.create({ portal, token }).get<
    Partial<PackDocument>
  >(
    `/evaluation-packs/${encodeURIComponent(namespace)}/${encodeURIComponent(
      name,
    )}/download${
      version === undefined ? '' : `?version=${encodeURIComponent(version)}`
    }`,
  );
  const { format, packYaml, files } = document;
  if (format !== FORMAT || !packYaml || !files) {
    throw new UnableError(
      `The portal sent no ${FORMAT}. Its version of Model Hub is another one: use the command line of that version`,
    );
  }
  try {
    const pack = await readPack({
      packYaml,
      read: async path => {
        if (!Object.hasOwn(files, path)) throw new Error('it was not sent');
        return files[path];
      },
    });
    if (pack.digest !== document.digest) {
      throw new UnableError(
        `The pack is ${pack.digest} here, and the portal says ${document.digest}: they read packs differently. Use the command line of the portal's version`,
      );
    }
    return pack;
  } catch (error) {
    if (error instanceof PackError) throw new UnableError(error.message);
    throw error;
  }
}

/** The portal that a pack is to be fetched from, if any. Throws for a ref without one. */
export function portalOf(
  place: string,
  { portal, packVersion }: PortalFlags,
): string | undefined {
  if (portal === undefined && isRef(place)) {
    throw new UnableError(
      `${place} is in a catalog; say where with --portal https://portal.example, or name the folder of the pack`,
    );
  }
  if (portal === undefined && packVersion !== undefined) {
    throw new UnableError('--pack-version is for packs that --portal has');
  }
  return portal;
}
