import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import type { EventsService } from '@backstage/plugin-events-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { ModelGovernanceClient } from '@modelhub/backstage-plugin-models-common';
import { USAGE_TOPIC } from '../budgets';
import { beginOf } from '../rollups';
import type { DriftAccess } from './DriftAccess';
import type { DriftEpisodes } from './DriftEpisodes';
import type { DriftStore } from './DriftStore';
import { sumOf } from './statistics';
import {
  WINDOW_DAYS,
  type ActionTaken,
  type EpisodeRecord,
  type VersionKey,
} from './types';
import { changeText, findingText } from './words';

export const dateOf = (day: number) =>
  new Date(beginOf('day', day)).toISOString().slice(0, 10);

/** Address of the page of a version. */
export const driftLink = ({ model, version }: VersionKey) =>
  `/model-usage/drift?${new URLSearchParams({ model, version })}`;

/** Tells owners and governance of drift: once for each episode, whichever replica does. */
export class DriftAlerts {
  static create(options: {
    auth: AuthService;
    logger: LoggerService;
    events: EventsService;
    notifications: NotificationService;
    governance: Pick<ModelGovernanceClient, 'reportDrift'>;
    access: DriftAccess;
    store: DriftStore;
    episodes: DriftEpisodes;
  }): DriftAlerts {
    return new DriftAlerts(options);
  }

  readonly #options: Parameters<typeof DriftAlerts.create>[0];

  private constructor(options: Parameters<typeof DriftAlerts.create>[0]) {
    this.#options = options;
  }

  async deliver(): Promise<void> {
    const { episodes, store, logger } = this.#options;
    const leased = await episodes.lease();
    const names = await store.names(leased.map(({ hash }) => hash));
    for (const episode of leased) {
      const version = names.get(episode.hash);
      if (!version) continue;
      try {
        await this.#handle(episode, version);
      } catch (error) {
        logger.warn(
          `Drift of ${version.model} ${version.version} is told again later: ${error}`,
        );
      }
    }
  }

  async #handle(episode: EpisodeRecord, version: VersionKey): Promise<void> {
    const { episodes, logger } = this.#options;
    const summary = await this.#summary(episode);
    let { taken } = episode;
    let failure: unknown;
    if (!episode.actedAt) {
      try {
        taken = await this.#act(episode, version, summary);
        await episodes.acted(episode.id, taken);
      } catch (error) {
        failure = error;
      }
    }
    if (!episode.toldAt) {
      await this.#tell(episode, version, summary, taken);
      await episodes.told(episode.id);
    }
    if (failure) {
      logger.warn(
        `What policy says about drift of ${version.model} ${version.version} is done later: ${failure}`,
      );
    }
  }

  /** The findings, with numbers in words. */
  async #summary({ hash, lastDay, features }: EpisodeRecord): Promise<string> {
    const { store } = this.#options;
    const reference = await store.reference(hash);
    if (!reference) return '';
    const [before, now] = await Promise.all([
      store.days(hash, reference.firstDay, reference.lastDay),
      store.days(hash, lastDay - WINDOW_DAYS + 1, lastDay),
    ]);
    return features
      .map(finding => {
        const countsOf = (days: typeof before) =>
          sumOf(
            days.map(({ day, histogram }) => ({
              day,
              counts: histogram.counts(finding.id),
            })),
          );
        return findingText(
          finding,
          changeText(finding.id, countsOf(before), countsOf(now)),
        );
      })
      .join('; ');
  }

  async #act(
    episode: EpisodeRecord,
    version: VersionKey,
    summary: string,
  ): Promise<ActionTaken[]> {
    const { auth, governance } = this.#options;
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: await auth.getOwnServiceCredentials(),
      targetPluginId: 'model-governance',
    });
    try {
      const { taken } = await governance.reportDrift(
        {
          body: {
            episode: episode.id,
            gatewayId: version.model,
            modelVersion: version.version,
            since: dateOf(episode.begunDay - WINDOW_DAYS + 1),
            summary,
            link: driftLink(version),
          },
        },
        { token },
      );
      return taken;
    } catch (error) {
      // Governance of an older release, or a model that it does not know.
      if (isError(error) && error.name === 'NotFoundError') return [];
      throw error;
    }
  }

  async #tell(
    episode: EpisodeRecord,
    version: VersionKey,
    summary: string,
    taken: ActionTaken[] | undefined,
  ): Promise<void> {
    const { events, notifications, access } = this.#options;
    const { model, version: modelVersion } = version;
    await events.publish({
      topic: USAGE_TOPIC,
      eventPayload: {
        type: 'drift.alert',
        episode: episode.id,
        model,
        modelVersion,
        day: dateOf(episode.begunDay),
        features: episode.features.map(({ id, psi, ks, calls }) => ({
          id,
          psi,
          ks,
          calls,
        })),
        summary,
        taken: taken ?? [],
      },
      metadata: { messageId: `${episode.id}:drift.alert` },
    });
    const known = await access.known(model);
    if (!known || known.owners.length === 0) return;
    const done = (taken ?? []).map(({ words }) => words);
    await notifications.send({
      recipients: { type: 'entity', entityRef: known.owners },
      payload: {
        title: `Calls of ${known.title} ${modelVersion} differ from its reference`,
        description: [`${summary}.`, ...done].join(' '),
        link: driftLink(version),
        severity: done.length > 0 ? 'high' : 'normal',
        topic: USAGE_TOPIC,
        // A second delivery replaces the first one.
        scope: `${USAGE_TOPIC}:drift:${episode.id}`,
      },
    });
  }
}
