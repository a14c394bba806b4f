// The standard rules, but for how the sheets are written: one rule a line, so that a whole part is seen at once.
export default {
  extends: 'stylelint-config-standard',
  rules: {
    'at-rule-empty-line-before': null,
    'color-hex-length': null,
    'comment-empty-line-before': null,
    'custom-property-empty-line-before': null,
    'declaration-block-single-line-max-declarations': null,
    'declaration-empty-line-before': null,
    // What browsers of 2021 understand.
    'media-feature-range-notation': 'prefix',
    'no-descending-specificity': null,
    'property-no-vendor-prefix': null,
    'rule-empty-line-before': null,
    'selector-class-pattern': '^[a-z][a-z_-]*$',
    // Names of fonts and of the system's colours.
    'value-keyword-case': ['lower', { ignoreProperties: ['font', 'font-family', /^--/], ignoreKeywords: [/Text$/, 'Highlight'] }],
  },
};
