const { createConfigForRole } = require('@backstage/cli/config/eslint-factory');

module.exports = createConfigForRole(__dirname, 'node-library', {
  // Callbacks of a measurement count in what is around them.
  rules: { 'no-loop-func': 'off' },
});
