import type {
  AccessProfile,
  UncoveredProfile,
} from '@modelhub/backstage-plugin-models-common';

/** A profile with what enforcing would refuse of it. */
export interface ProfileRow {
  id: string;
  title: string;
  /** Absent when governance does not know it any more. */
  profile?: AccessProfile;
  /** Absent when every call was covered. */
  use?: UncoveredProfile;
}

/**
 * Those that do not enforce yet first, of these the most calls first.
 *
 * @param seesAll - else the reader sees the profiles that they belong to
 */
export function profileRows(
  profiles: AccessProfile[] | undefined,
  uses: UncoveredProfile[],
  seesAll: boolean,
): ProfileRow[] {
  const known = (profiles ?? []).filter(({ mine }) => seesAll || mine);
  const gone = uses.filter(
    ({ profile }) => !profiles?.some(({ id }) => id === profile),
  );
  const rows: ProfileRow[] = [
    ...known.map(profile => ({
      id: profile.id,
      title: profile.title,
      profile,
      use: uses.find(use => use.profile === profile.id),
    })),
    ...gone.map(use => ({ id: use.profile, title: use.profile, use })),
  ];
  const rank = ({ profile }: ProfileRow) =>
    profile ? Number(profile.enforcement === 'enforce') : 2;
  return rows.sort(
    (a, b) =>
      rank(a) - rank(b) ||
      (b.use?.calls ?? 0) - (a.use?.calls ?? 0) ||
      a.title.localeCompare(b.title),
  );
}
