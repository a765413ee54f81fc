/** Who calls: a user, and the refs that the user owns things by. */
export interface Person {
  /** Entity ref of the user. */
  ref: string;
  /** Entity refs of the user and of the groups that the user is a member of. */
  refs: string[];
}

/** An evaluation endpoint that takes calls through the gateway. */
export interface UsableEndpoint {
  id: string;
  /** Entity ref of the model. */
  entityRef: string;
  title: string;
  gatewayId: string;
  modelVersion: string;
  /** What calls of the gateway name as `model`. */
  model: string;
  /** Entity ref of a group. */
  team: string;
  /** Entity ref of who started it. */
  owner: string;
  profile: string;
  purpose: string;
  /** ISO 8601. */
  endsAt: string;
  /** What an hour of it costs, where that is known. */
  perHour?: { amount: number; currency: string };
}

/** How the playground gets at endpoints. */
export interface EndpointAccess {
  /**
   * Those that are ready and belong to the person or to one of the person's
   * teams.
   */
  usable(
    person: Person,
    filter?: { profile?: string },
  ): Promise<UsableEndpoint[]>;

  /**
   * One of them with the secret of its gateway key: for the call and never to
   * be kept, logged or sent to anybody.
   *
   * @throws NotFoundError for one that the person may not use
   * @throws ConflictError for one that is not ready, or has no secret kept
   */
  open(
    person: Person,
    id: string,
  ): Promise<UsableEndpoint & { secret: string }>;
}
