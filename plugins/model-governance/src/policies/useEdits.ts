import type {
  ChangedPolicyFile,
  PolicyFileSet,
  ProposedPolicyFile,
} from '@modelhub/backstage-plugin-models-common';
import { useCallback, useMemo, useState } from 'react';

/** Changed files by name; undefined stands for a removed one. */
type Texts = Map<string, string | undefined>;

const textsOf = (changes: ChangedPolicyFile[]): Texts =>
  new Map(changes.map(({ name, after }) => [name, after]));

const same = (a: Texts, b: Texts) =>
  a.size === b.size &&
  [...a].every(([name, text]) => b.has(name) && b.get(name) === text);

export interface Edits {
  /** The changed files, as the API takes them. */
  files: ProposedPolicyFile[];
  changes: ChangedPolicyFile[];
  /** Every file there is or will be. */
  names: string[];
  textOf(name: string): string | undefined;
  /** Whether it is changed, and is still there. */
  stateOf(name: string): 'same' | 'changed' | 'new' | 'removed';
  write(name: string, text: string): void;
  remove(name: string): void;
  /** As it is in force. */
  restore(name: string): void;
  dirty: boolean;
  discard(): void;
}

/** What somebody types over what was saved, until they save it. */
export function useEdits(
  saved: ChangedPolicyFile[],
  inForce: PolicyFileSet['files'],
): Edits {
  const [typed, setTyped] = useState<Texts>();
  const base = useMemo(() => {
    const texts = new Map(inForce.map(file => [file.name, file.content]));
    // What an outdated proposal started from counts for it.
    for (const { name, before } of saved) {
      if (before === undefined) texts.delete(name);
      else texts.set(name, before);
    }
    return texts;
  }, [inForce, saved]);
  const savedTexts = useMemo(() => textsOf(saved), [saved]);
  const texts = typed ?? savedTexts;

  const change = useCallback(
    (edit: (texts: Texts) => void) =>
      setTyped(previous => {
        const next = new Map(previous ?? savedTexts);
        edit(next);
        return next;
      }),
    [savedTexts],
  );

  const stateOf = (name: string) => {
    if (!texts.has(name)) return 'same';
    if (texts.get(name) === undefined) return 'removed';
    return base.has(name) ? 'changed' : 'new';
  };
  // The same files stay the same value when the page asks the backend again:
  // what was checked and replayed is about them still.
  const said = JSON.stringify(
    [...texts].map(([name, content]) => ({ name, content })),
  );
  const files = useMemo((): ProposedPolicyFile[] => JSON.parse(said), [said]);
  return {
    files,
    changes: files.map(({ name, content }) => ({
      name,
      before: base.get(name),
      after: content,
    })),
    names: [...new Set([...base.keys(), ...texts.keys()])].sort(),
    textOf: name => (texts.has(name) ? texts.get(name) : base.get(name)),
    stateOf,
    write: (name, text) =>
      change(next =>
        // Typed back to what it was: no change.
        text === base.get(name) ? next.delete(name) : next.set(name, text),
      ),
    remove: name =>
      change(next =>
        base.has(name) ? next.set(name, undefined) : next.delete(name),
      ),
    restore: name => change(next => next.delete(name)),
    dirty: typed !== undefined && !same(typed, savedTexts),
    discard: () => setTyped(undefined),
  };
}
