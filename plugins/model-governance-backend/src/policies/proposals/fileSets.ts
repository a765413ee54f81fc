import { sha256Hex } from '@modelhub/governance-protocol';
import type { PolicySource } from '@modelhub/policies';
import type { ChangedFile, Overlay, PolicyConflict } from './records';

export const hashOfText = (text: string) => `sha256:${sha256Hex(text)}`;

/** What the portal does not change: packs of metrics stay in the folder. */
export const isPack = (file: string) => file.split('/').includes('packs');

/** Tests say what policies do; they have no force themselves. */
export const isTest = (file: string) => file.split('/').includes('tests');

const byName = (a: PolicySource, b: PolicySource) =>
  a.file < b.file ? -1 : Number(a.file > b.file);

/** `sha256:…` over names and texts, whatever their order. */
export function hashOfFiles(files: PolicySource[]): string {
  return hashOfText(
    JSON.stringify([...files].sort(byName).map(one => [one.file, one.text])),
  );
}

/** Files with changes over them. */
export function withChanges(
  files: PolicySource[],
  changes: ChangedFile[],
): PolicySource[] {
  const changed = new Set(changes.map(({ name }) => name));
  return [
    ...files.filter(({ file }) => !changed.has(file)),
    ...changes.flatMap(({ name, content }) =>
      content === undefined ? [] : [{ file: name, text: content }],
    ),
  ].sort(byName);
}

/** The text that a file has among these, as a change. */
export function fileAmong(files: PolicySource[], name: string): ChangedFile {
  return { name, content: files.find(({ file }) => file === name)?.text };
}

/** What is really another; a file that is what it was is no change. */
export function realChanges(
  files: PolicySource[],
  changes: ChangedFile[],
): ChangedFile[] {
  return changes.filter(
    ({ name, content }) => fileAmong(files, name).content !== content,
  );
}

/** What leads from one set of files to another. */
export function changesBetween(
  from: PolicySource[],
  to: PolicySource[],
): ChangedFile[] {
  const names = new Set([...from, ...to].map(({ file }) => file));
  return realChanges(
    from,
    [...names].sort().map(name => fileAmong(to, name)),
  );
}

/**
 * The portal's files over those of the folder. Where the folder says neither
 * what it said when the portal's file was activated nor what the portal says,
 * somebody changed it there, and that is a conflict.
 */
export function overlaid(
  folder: PolicySource[],
  overlay: Overlay['files'],
): { files: PolicySource[]; conflicts: PolicyConflict[] } {
  const conflicts = overlay.flatMap(({ file, hash, folderHash }) => {
    const folderText = fileAmong(folder, file).content;
    const now = folderText === undefined ? undefined : hashOfText(folderText);
    return now === folderHash || now === hash
      ? []
      : [{ file, folderText, folderHash: now }];
  });
  return {
    files: withChanges(
      folder,
      overlay.map(({ file, text }) => ({ name: file, content: text })),
    ),
    conflicts,
  };
}
