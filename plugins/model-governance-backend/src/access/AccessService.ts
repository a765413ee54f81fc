import type {
  AccessProfile,
  Purpose,
} from '@modelhub/backstage-plugin-models-common';

/** Profiles and purposes, as other rooms of this backend need them. */
export interface AccessDirectory {
  profile(id: string): Promise<AccessProfile | undefined>;
  profiles(): Promise<AccessProfile[]>;
  purpose(id: string): Promise<Purpose | undefined>;
  purposes(): Promise<Purpose[]>;
  /** Whether the user, by themselves or by a group, is a member of the profile. */
  isMember(profileId: string, userRef: string): Promise<boolean>;
}
