import {
  Entity,
  GroupEntity,
  RELATION_MEMBER_OF,
  UserEntity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';

/** One of the people whom a visitor of the demo can sign in as. */
export interface Person {
  /** Entity ref of the User, e.g. `user:default/jane`. */
  userEntityRef: string;
  name: string;
  teams: string[];
  /** What this person can do in the demo. */
  description?: string;
  picture?: string;
}

const isUser = (entity: Entity): entity is UserEntity => entity.kind === 'User';
const isGroup = (entity: Entity): entity is GroupEntity =>
  entity.kind === 'Group';

const groupTitle = (group: GroupEntity) =>
  group.spec.profile?.displayName ??
  group.metadata.title ??
  group.metadata.name;

/** Those who have a part in the story come first. */
const rank = ({ description }: Person) => (description ? 0 : 1);

/**
 * The people of a demo, with the display names of their teams: by name, those
 * of whom it is said what they can do first.
 */
export function listPeople(entities: Entity[]): Person[] {
  const titles = new Map(
    entities
      .filter(isGroup)
      .map(group => [stringifyEntityRef(group), groupTitle(group)]),
  );
  return entities
    .filter(isUser)
    .map(user => ({
      userEntityRef: stringifyEntityRef(user),
      name:
        user.spec.profile?.displayName ??
        user.metadata.title ??
        user.metadata.name,
      teams: (user.relations ?? [])
        .filter(relation => relation.type === RELATION_MEMBER_OF)
        .map(
          ({ targetRef }) =>
            titles.get(targetRef) ?? parseEntityRef(targetRef).name,
        )
        .sort((a, b) => a.localeCompare(b)),
      description: user.metadata.description,
      picture: user.spec.profile?.picture,
    }))
    .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}
