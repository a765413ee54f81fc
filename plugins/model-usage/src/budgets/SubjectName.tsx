import type {
  BudgetKind,
  GatewayKey,
} from '@modelhub/backstage-plugin-models-common';
import { PersonName } from '@modelhub/backstage-plugin-models-react';
import type { Names } from '../lib/useNames';
import { kindNames } from './kinds';

/** Enough of an id to tell keys apart. */
const ID_SHOWN = 8;

export function keyText(key: Pick<GatewayKey, 'name' | 'hint'>): string {
  return `${key.name} …${key.hint}`;
}

/** What people call it; the id where nothing else is known or may be seen. */
export function subjectText(
  kind: BudgetKind,
  subject: string,
  names: Names | undefined,
): string {
  if (kind === 'profile') {
    return names?.profiles.find(({ id }) => id === subject)?.title ?? subject;
  }
  if (kind === 'key') {
    const key = names?.keys.find(({ id }) => id === subject);
    return key ? keyText(key) : `Key ${subject.slice(0, ID_SHOWN)}…`;
  }
  return subject.slice(subject.lastIndexOf('/') + 1);
}

/** The same, with titles of the catalog's entities. */
export function SubjectName(props: {
  kind: BudgetKind;
  subject: string;
  names: Names | undefined;
}) {
  const { kind, subject, names } = props;
  if (kind === 'team') return <PersonName entityRef={subject} />;
  const key =
    kind === 'key' ? names?.keys.find(({ id }) => id === subject) : undefined;
  if (!key) return <>{subjectText(kind, subject, names)}</>;
  return (
    <>
      {key.name} <span style={{ whiteSpace: 'nowrap' }}>…{key.hint}</span>
    </>
  );
}

/** `Gateway key of Dana Developer`. */
export function KindText(props: {
  kind: BudgetKind;
  subject: string;
  names: Names | undefined;
}) {
  const { kind, subject, names } = props;
  const owner =
    kind === 'key' && names?.keys.find(({ id }) => id === subject)?.owner;
  return (
    <>
      {kindNames[kind].one}
      {owner && (
        <>
          {' of '}
          <PersonName entityRef={owner} />
        </>
      )}
    </>
  );
}
