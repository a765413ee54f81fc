export { createPublishFolderAction } from './actions/createPublishFolderAction';
export { createRequireApprovalAction } from './actions/createRequireApprovalAction';
export { scaffolderModuleModels as default } from './module';
