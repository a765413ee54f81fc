import type {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import {
  modelAccessManagePermission,
  modelAllowlistReadPermission,
  type AccessProfile,
} from '@modelhub/backstage-plugin-models-common';
import type { AccessDirectory, Guard } from '../access';
import { callerOf, type Caller } from '../approvals/Caller';
import type { Organisation } from '../organisation';
import type { OnlineRecord } from './records';

/** Who looks, and what is theirs. */
export interface Onlooker {
  caller: Caller;
  /** Entity refs of the user and their groups. */
  mine: Set<string>;
  seesAll: boolean;
  managesAll: boolean;
}

/** What somebody may do about the experiments of a profile. */
export interface ProfileRights {
  profile: AccessProfile | undefined;
  maySee: boolean;
  mayPlan: boolean;
  mayConsent: boolean;
  mayNotConsentBecause?: string;
}

/** Who may plan, consent to, see and stop experiments. */
export class OnlineRights {
  static create(options: {
    auth: AuthService;
    guard: Guard;
    organisation: Organisation;
    directory: AccessDirectory;
  }): OnlineRights {
    return new OnlineRights(options);
  }

  readonly #options: Parameters<typeof OnlineRights.create>[0];

  private constructor(options: Parameters<typeof OnlineRights.create>[0]) {
    this.#options = options;
  }

  async onlooker(credentials: BackstageCredentials): Promise<Onlooker> {
    const { auth, guard, organisation } = this.#options;
    const caller = callerOf(auth, credentials);
    const [seesAll, managesAll, groups] = await Promise.all([
      guard.may(credentials, modelAllowlistReadPermission),
      guard.may(credentials, modelAccessManagePermission),
      caller.kind === 'user' ? organisation.groupsOf(caller.ref) : [],
    ]);
    return {
      caller,
      mine: new Set([caller.ref, ...groups]),
      seesAll,
      managesAll,
    };
  }

  /** Rights in all profiles, by id. */
  async ofProfiles(onlooker: Onlooker): Promise<Map<string, ProfileRights>> {
    const profiles = await this.#options.directory.profiles();
    return new Map(
      await Promise.all(
        profiles.map(
          async profile =>
            [profile.id, await this.#of(onlooker, profile)] as const,
        ),
      ),
    );
  }

  async ofProfile(onlooker: Onlooker, id: string): Promise<ProfileRights> {
    return this.#of(onlooker, await this.#options.directory.profile(id));
  }

  /** Who answers for a profile: leads of the group, or the person, that owns it. */
  async leadsOf(profile: AccessProfile | undefined): Promise<string[]> {
    const { organisation } = this.#options;
    const { owner } = profile ?? {};
    if (!owner) return [];
    return owner.startsWith('user:') ? [owner] : organisation.leadsOf(owner);
  }

  async #of(
    { caller, mine, seesAll, managesAll }: Onlooker,
    profile: AccessProfile | undefined,
  ): Promise<ProfileRights> {
    const { owner, members = [] } = profile ?? {};
    const leads = await this.leadsOf(profile);
    const isLead = leads.includes(caller.ref);
    const isOwner = isLead || (owner !== undefined && mine.has(owner));
    const isPerson = caller.kind === 'user' && caller.inPerson;
    const because = whyNoConsent({ profile, leads, isLead, isPerson });
    return {
      profile,
      maySee:
        seesAll || managesAll || isOwner || members.some(it => mine.has(it)),
      mayPlan: profile !== undefined && (managesAll || isOwner),
      mayConsent: because === undefined,
      mayNotConsentBecause: because,
    };
  }
}

function whyNoConsent(options: {
  profile: AccessProfile | undefined;
  leads: string[];
  isLead: boolean;
  isPerson: boolean;
}): string | undefined {
  const { profile, leads, isLead, isPerson } = options;
  if (!profile) return 'The access profile is gone.';
  if (!profile.owner) {
    return `Nobody owns the access profile “${profile.title}”, so nobody can consent. Give it an owner first.`;
  }
  if (leads.length === 0) {
    return `${profile.owner} has no lead, so nobody can consent. Set the annotation modelhub.dev/lead of the group.`;
  }
  if (!isLead) {
    return `Only who leads the owner of the access profile consents: ${leads.join(
      ', ',
    )}.`;
  }
  return isPerson
    ? undefined
    : 'Only a person consents, in their own session: no service and no agent on their behalf.';
}

/** Who may end an experiment early: its author, owners of the profile and administrators. */
export const mayStop = (
  it: Pick<OnlineRecord, 'createdBy' | 'state'>,
  { caller }: Onlooker,
  rights: ProfileRights,
): boolean =>
  (it.state === 'planned' || it.state === 'running') &&
  (it.createdBy === caller.ref || rights.mayPlan);
