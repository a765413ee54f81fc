import type { LicenceTerms } from './types';

const KEEP_TEXT =
  'Keep the copyright line and the licence text with copies of the weights.';
const GIVE_CREDIT =
  'Name the author, link the licence and say what you changed.';

const spdxUrl = (id: string) => `https://spdx.org/licenses/${id}.html`;

const permissive = (
  id: string,
  name: string,
  changes: Partial<LicenceTerms> = {},
): LicenceTerms => ({
  id,
  name,
  url: spdxUrl(id),
  commercialUse: 'yes',
  family: 'permissive',
  derivatives: 'notice',
  duties: [{ when: 'distribute', text: KEEP_TEXT }],
  ...changes,
});

const publicDomain = (id: string, name: string): LicenceTerms =>
  permissive(id, name, { duties: [] });

const copyleft = (
  id: string,
  name: string,
  family: string,
  changes: Partial<LicenceTerms> = {},
): LicenceTerms => ({
  id,
  name,
  url: spdxUrl(id),
  commercialUse: 'yes',
  family,
  derivatives: 'same-licence',
  duties: [
    { when: 'distribute', text: KEEP_TEXT },
    {
      when: 'derive',
      text: 'Put what you make from it under the same licence, with its sources, when you hand it on.',
    },
  ],
  ...changes,
});

const network: LicenceTerms['duties'] = [
  { when: 'distribute', text: KEEP_TEXT },
  {
    when: 'product',
    text: 'Offer the complete sources of a changed version to everybody who uses it over a network.',
  },
  {
    when: 'derive',
    text: 'Put what you make from it under the same licence, with its sources.',
  },
];

const creativeCommons = (
  id: string,
  name: string,
  changes: Partial<LicenceTerms>,
): LicenceTerms => ({
  id,
  name,
  url: `https://creativecommons.org/licenses/${id
    .slice(3)
    .toLowerCase()
    .replace(/-([\d.]+)$/, '/$1')}/`,
  commercialUse: 'yes',
  family: 'cc-by',
  derivatives: 'notice',
  duties: [{ when: 'distribute', text: GIVE_CREDIT }],
  ...changes,
});

const noCommerce: LicenceTerms['duties'] = [
  {
    when: 'use',
    text: 'Use it for nothing that serves commercial advantage or payment; work in a company usually does.',
  },
  { when: 'distribute', text: GIVE_CREDIT },
];

/** Licences in the SPDX list, as far as models use them. */
export const openLicences: LicenceTerms[] = [
  permissive('Apache-2.0', 'Apache License 2.0', {
    aliases: ['apache2', 'apache-license-2.0', 'apache 2.0'],
    url: 'https://www.apache.org/licenses/LICENSE-2.0',
    duties: [
      {
        when: 'distribute',
        text: 'Keep the licence text and any NOTICE file with copies of the weights.',
      },
      { when: 'derive', text: 'Say what you changed in derived weights.' },
    ],
  }),
  permissive('MIT', 'MIT License', {
    url: 'https://opensource.org/license/mit',
  }),
  permissive('ISC', 'ISC License'),
  permissive('BSD-2-Clause', 'BSD 2-Clause License'),
  permissive('BSD-3-Clause', 'BSD 3-Clause License', { aliases: ['bsd'] }),
  permissive('BSD-3-Clause-Clear', 'BSD 3-Clause Clear License'),
  permissive('BSL-1.0', 'Boost Software License 1.0'),
  permissive('Zlib', 'zlib License'),
  permissive('NCSA', 'University of Illinois/NCSA License', {
    aliases: ['ncsa'],
  }),
  permissive('AFL-3.0', 'Academic Free License 3.0'),
  permissive('Artistic-2.0', 'Artistic License 2.0'),
  permissive('ECL-2.0', 'Educational Community License 2.0'),
  permissive('MS-PL', 'Microsoft Public License'),
  permissive('PostgreSQL', 'PostgreSQL License'),
  permissive('MulanPSL-2.0', 'Mulan Permissive Software License 2'),
  permissive('CDLA-Permissive-1.0', 'Community Data License: Permissive 1.0'),
  permissive('CDLA-Permissive-2.0', 'Community Data License: Permissive 2.0'),
  permissive('ODC-By-1.0', 'Open Data Commons Attribution License', {
    aliases: ['odc-by'],
  }),
  publicDomain('MIT-0', 'MIT No Attribution'),
  publicDomain('0BSD', 'BSD Zero Clause License'),
  publicDomain('Unlicense', 'The Unlicense'),
  publicDomain('WTFPL', 'Do What The F*ck You Want To Public License'),
  publicDomain('CC0-1.0', 'Creative Commons Zero 1.0'),
  publicDomain('PDDL-1.0', 'Public Domain Dedication & License 1.0'),
  creativeCommons('CC-BY-3.0', 'Creative Commons Attribution 3.0', {}),
  creativeCommons('CC-BY-4.0', 'Creative Commons Attribution 4.0', {}),
  ...['3.0', '4.0'].map(version =>
    creativeCommons(
      `CC-BY-SA-${version}`,
      `Creative Commons Attribution Share-Alike ${version}`,
      {
        family: 'cc-by-sa',
        derivatives: 'same-licence',
        duties: [
          { when: 'distribute', text: GIVE_CREDIT },
          {
            when: 'derive',
            text: 'Share what you make from it under the same licence.',
          },
        ],
      },
    ),
  ),
  ...['2.0', '3.0', '4.0'].map(version =>
    creativeCommons(
      `CC-BY-NC-${version}`,
      `Creative Commons Attribution Non-Commercial ${version}`,
      {
        family: 'cc-by-nc',
        commercialUse: 'no',
        derivatives: 'non-commercial',
        duties: noCommerce,
      },
    ),
  ),
  ...['3.0', '4.0'].map(version =>
    creativeCommons(
      `CC-BY-NC-SA-${version}`,
      `Creative Commons Attribution Non-Commercial Share-Alike ${version}`,
      {
        family: 'cc-by-nc-sa',
        commercialUse: 'no',
        derivatives: 'same-licence',
        duties: [
          ...noCommerce,
          {
            when: 'derive',
            text: 'Share what you make from it under the same licence.',
          },
        ],
      },
    ),
  ),
  ...['3.0', '4.0'].map(version =>
    creativeCommons(
      `CC-BY-NC-ND-${version}`,
      `Creative Commons Attribution Non-Commercial No-Derivatives ${version}`,
      {
        family: 'cc-by-nc-nd',
        commercialUse: 'no',
        derivatives: 'forbidden',
        duties: [
          ...noCommerce,
          { when: 'derive', text: 'Share nothing that you make from it.' },
        ],
      },
    ),
  ),
  creativeCommons(
    'CC-BY-ND-4.0',
    'Creative Commons Attribution No-Derivatives 4.0',
    {
      family: 'cc-by-nd',
      derivatives: 'forbidden',
      duties: [
        { when: 'distribute', text: GIVE_CREDIT },
        { when: 'derive', text: 'Share nothing that you make from it.' },
      ],
    },
  ),
  ...['2.0', '3.0'].flatMap(version =>
    ['only', 'or-later'].map(kind =>
      copyleft(
        `GPL-${version}-${kind}`,
        `GNU General Public License ${version}`,
        'gpl',
        {
          aliases: kind === 'only' ? [`gpl-${version}`] : [`gpl-${version}+`],
        },
      ),
    ),
  ),
  ...['2.1', '3.0'].flatMap(version =>
    ['only', 'or-later'].map(kind =>
      copyleft(
        `LGPL-${version}-${kind}`,
        `GNU Lesser General Public License ${version}`,
        'lgpl',
        {
          aliases: kind === 'only' ? [`lgpl-${version}`] : [`lgpl-${version}+`],
        },
      ),
    ),
  ),
  ...['only', 'or-later'].map(kind =>
    copyleft(
      `AGPL-3.0-${kind}`,
      'GNU Affero General Public License 3.0',
      'agpl',
      {
        aliases: kind === 'only' ? ['agpl-3.0'] : ['agpl-3.0+'],
        duties: network,
      },
    ),
  ),
  copyleft('MPL-2.0', 'Mozilla Public License 2.0', 'mpl'),
  copyleft('EUPL-1.2', 'European Union Public License 1.2', 'eupl'),
  copyleft('EPL-2.0', 'Eclipse Public License 2.0', 'epl'),
  copyleft('OSL-3.0', 'Open Software License 3.0', 'osl', { duties: network }),
  copyleft('ODbL-1.0', 'Open Database License 1.0', 'odbl'),
  copyleft('CDLA-Sharing-1.0', 'Community Data License: Sharing 1.0', 'cdla'),
];
