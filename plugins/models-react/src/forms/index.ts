export * from './ActionDialog';
export * from './ChoiceField';
export * from './EntityField';
export * from './FileButton';
export * from './useFieldStyles';
export * from './useSubmission';
export * from './useTyped';
