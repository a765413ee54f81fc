const METRICS = `
  _classification.accuracy_score _classification.balanced_accuracy_score
  _classification.f1_score _classification.fbeta_score _classification.precision_score
  _classification.recall_score _classification.jaccard_score _classification.log_loss
  _classification.matthews_corrcoef _classification.brier_score_loss
  _classification.cohen_kappa_score _classification.hamming_loss _classification.zero_one_loss
  _ranking.roc_auc_score _ranking.average_precision_score _ranking.top_k_accuracy_score
  _ranking.ndcg_score _ranking.dcg_score _ranking.label_ranking_average_precision_score
  _regression.r2_score _regression.explained_variance_score _regression.max_error
  _regression.mean_absolute_error _regression.mean_squared_error
  _regression.root_mean_squared_error _regression.mean_squared_log_error
  _regression.root_mean_squared_log_error _regression.median_absolute_error
  _regression.mean_absolute_percentage_error _regression.mean_poisson_deviance
  _regression.mean_gamma_deviance _regression.mean_tweedie_deviance
  cluster._supervised.adjusted_rand_score cluster._supervised.rand_score
  cluster._supervised.completeness_score cluster._supervised.homogeneity_score
  cluster._supervised.v_measure_score cluster._supervised.mutual_info_score
  cluster._supervised.adjusted_mutual_info_score cluster._supervised.fowlkes_mallows_score
  cluster._supervised.normalized_mutual_info_score cluster._unsupervised.silhouette_score
  pairwise.rbf_kernel pairwise.linear_kernel pairwise.polynomial_kernel
  pairwise.cosine_similarity pairwise.cosine_distances pairwise.euclidean_distances
  pairwise.manhattan_distances pairwise.pairwise_distances`
  .trim()
  .split(/\s+/)
  .map(name => `sklearn.metrics.${name}`)
  .join(' ');

/** scikit-learn, the boosters and joblib. */
export const LEARNING = `
  joblib.numpy_pickle.NumpyArrayWrapper joblib.numpy_pickle.ZNDArrayWrapper
  joblib.numpy_pickle_compat.NDArrayWrapper joblib.numpy_pickle_compat.ZNDArrayWrapper
  xgboost.core.Booster lightgbm.basic.Booster catboost.core.CatBoost
  sklearn.tree._tree.Tree sklearn.utils._bunch.Bunch sklearn._loss.link.Interval
  sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor
  sklearn.ensemble._hist_gradient_boosting.binning._BinMapper
  sklearn.metrics._dist_metrics.newObj sklearn.neighbors._kd_tree.newObj
  sklearn.neighbors._ball_tree.newObj sklearn.metrics._scorer._passthrough_scorer
  sklearn.compose._column_transformer._RemainderColsList
  sklearn.cluster._kmeans._kmeans_single_lloyd sklearn.cluster._kmeans._kmeans_single_elkan
  sklearn.feature_selection._univariate_selection.f_classif
  sklearn.feature_selection._univariate_selection.f_regression
  sklearn.feature_selection._univariate_selection.chi2
  sklearn.feature_selection._univariate_selection.r_regression
  sklearn.feature_selection._mutual_info.mutual_info_classif
  sklearn.feature_selection._mutual_info.mutual_info_regression
  ${METRICS}`;

export const LEARNING_PATTERNS = [
  /^sklearn\.(calibration|cluster|compose|covariance|cross_decomposition|decomposition|discriminant_analysis|dummy|ensemble|feature_extraction|feature_selection|frozen|gaussian_process|impute|isotonic|kernel_approximation|kernel_ridge|linear_model|manifold|mixture|model_selection|multiclass|multioutput|naive_bayes|neighbors|neural_network|pipeline|preprocessing|random_projection|semi_supervised|svm|tree)(\.[a-z_0-9]+)*\._?[A-Z][A-Za-z0-9]+$/,
  /^sklearn\._loss\.(loss|_loss)\.(__pyx_unpickle_)?[A-Z][A-Za-z0-9]*$/,
  /^sklearn\._loss\.link\.[A-Z][A-Za-z]*Link$/,
  /^sklearn\.metrics\._dist_metrics\.[A-Z][A-Za-z]*Distance(64|32)?$/,
  /^sklearn\.metrics\._scorer\._(Predict|Proba|Threshold)?Scorer$/,
  /^(xgboost\.sklearn\.XGB[A-Za-z]+|lightgbm\.sklearn\.(LGBM[A-Za-z]+|_LGBM[A-Za-z]+)|catboost\.core\.CatBoost[A-Za-z]+)$/,
];
