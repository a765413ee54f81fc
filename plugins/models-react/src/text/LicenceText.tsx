import { Link } from '@backstage/core-components';

/**
 * What is needed to say something about a licence; `ModelLicense` fits.
 *
 * @public
 */
export interface LicenceFacts {
  id: string;
  name?: string;
  url?: string;
  commercialUse?: 'yes' | 'no' | 'conditional';
}

const uses = {
  yes: 'commercial use allowed',
  no: 'no commercial use',
  conditional: 'commercial use under conditions',
};

/**
 * Whether a licence allows commercial use, in words.
 *
 * @public
 */
export function commercialUseText(
  use: LicenceFacts['commercialUse'] | undefined,
): string {
  return use ? uses[use] : 'commercial use not stated';
}

/**
 * A licence in a few plain words: what it is called, and whether one may earn
 * money with it.
 *
 * @public
 */
export function LicenceText({ licence }: { licence?: LicenceFacts }) {
  if (!licence) return <>No licence stated</>;
  const name = licence.name ?? licence.id;
  return (
    <>
      {licence.url ? <Link to={licence.url}>{name}</Link> : name}
      {`, ${commercialUseText(licence.commercialUse)}`}
    </>
  );
}
