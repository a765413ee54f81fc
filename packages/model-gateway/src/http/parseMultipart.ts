import busboy from '@fastify/busboy';
import { randomBytes } from 'node:crypto';
import { isUtf8 } from 'node:buffer';
import { ApiError } from './ApiError';
import { checkFields, checkModel, ParsedCall } from './parseCall';

/** One part of a form. */
export interface FormPart {
  name: string;
  value: Buffer;
  /** Of files only. */
  filename?: string;
  contentType?: string;
}

const MOST_PARTS = 200;
const LONGEST_NAME = 256;

export const isMultipart = (contentType: string | undefined): boolean =>
  /^multipart\/form-data\s*;/i.test(contentType ?? '');

/** @throws ApiError 400 */
export async function parseMultipartCall(
  raw: Buffer,
  contentType: string,
): Promise<ParsedCall> {
  const parts = await parseForm(raw, contentType);
  const models = parts.filter(({ name }) => name === 'model');
  if (models.length > 1 || models.some(it => it.filename !== undefined)) {
    throw new ApiError(
      400,
      'invalid_model',
      "The form must name its 'model' once, as a text.",
      { param: 'model' },
    );
  }
  const model = checkModel(models[0] && textOf(models[0]));
  checkFields(parts.map(({ name }) => name.replace(/\[.*$/, '')));
  const boundary = `modelhub-${randomBytes(18).toString('hex')}`;
  const stream = parts.find(({ name }) => name === 'stream');
  return {
    model,
    streamed: stream !== undefined && textOf(stream) === 'true',
    body: undefined,
    contentType: `multipart/form-data; boundary=${boundary}`,
    withModel: name =>
      writeForm(
        parts.map(part =>
          part.name === 'model' ? { ...part, value: Buffer.from(name) } : part,
        ),
        boundary,
      ),
  };
}

/**
 * The parts of a form. What is sent on is written anew from them, so that no
 * other reader of the same bytes can see another form.
 *
 * @throws ApiError 400
 */
export function parseForm(
  raw: Buffer,
  contentType: string,
): Promise<FormPart[]> {
  return new Promise((resolve, reject) => {
    const refuse = (reason: string) =>
      reject(
        new ApiError(
          400,
          'invalid_multipart',
          `The body is not a valid form: ${reason}`,
        ),
      );
    let form: ReturnType<typeof busboy>;
    try {
      form = busboy({
        headers: { 'content-type': contentType },
        limits: {
          parts: MOST_PARTS,
          fieldNameSize: LONGEST_NAME,
          fieldSize: raw.length,
          fileSize: raw.length + 1,
        },
      });
    } catch (error) {
      refuse((error as Error).message);
      return;
    }
    const parts: FormPart[] = [];
    form.on('field', (name, value, nameTruncated) => {
      if (nameTruncated) {
        refuse('the name of a field is too long');
      }
      parts.push({ name, value: Buffer.from(value) });
    });
    form.on('file', (name, file, filename, _encoding, mimeType) => {
      const chunks: Buffer[] = [];
      file.on('data', (chunk: Buffer) => chunks.push(chunk));
      file.on('end', () =>
        parts.push({
          name,
          value: Buffer.concat(chunks),
          filename: filename ?? 'file',
          contentType: mimeType,
        }),
      );
    });
    form.on('partsLimit', () => refuse('it has too many parts'));
    form.on('error', error => refuse((error as Error).message));
    form.on('finish', () => resolve(parts));
    form.end(raw);
  });
}

export function textOf({ value }: FormPart): string | undefined {
  return isUtf8(value) ? value.toString() : undefined;
}

/** As browsers write names in forms. */
const quote = (text: string) =>
  text.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const token = (type: string | undefined) =>
  type !== undefined && /^[\w.+-]+\/[\w.+-]+$/.test(type)
    ? type
    : 'application/octet-stream';

/** The bytes of a form. */
export function writeForm(parts: FormPart[], boundary: string): Buffer {
  const pieces: Buffer[] = [];
  for (const { name, value, filename, contentType } of parts) {
    const file =
      filename === undefined
        ? ''
        : `; filename="${quote(filename)}"\r\nContent-Type: ${token(
            contentType,
          )}`;
    pieces.push(
      Buffer.from(
        `--${boundary}\r\nContent-Disposition: form-data; name="${quote(
          name,
        )}"${file}\r\n\r\n`,
      ),
      value,
      Buffer.from('\r\n'),
    );
  }
  pieces.push(Buffer.from(`--${boundary}--\r\n`));
  return Buffer.concat(pieces);
}
