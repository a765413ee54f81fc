import type { SimulatedTeam } from '../organisation';

/** Access profiles of the teams, as `modelGovernance.profiles` takes them. */
export function accessProfiles(teams: SimulatedTeam[]): object[] {
  return teams.map(team => ({
    id: team.name,
    title: team.title,
    description: team.description,
    owner: team.ref,
    members: [team.ref, ...team.components.map(it => it.ref)],
    enforcement: team.modes[team.modes.length - 1].mode,
  }));
}
