module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  rules: {
    '@backstage/no-mixed-plugin-imports': [
      'error',
      // A test starts the backend that the actions ask.
      { excludedFiles: ['**/src/__testUtils__/**'] },
    ],
  },
});
